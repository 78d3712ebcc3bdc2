import Essentials
import Evaluation
import Foundation
import TestSupport
import Testing

@testable import Workflows

@Suite struct ScorerJobTests {
    private func job(
        _ scorer: String, gold: String, predicted: String, variant: String? = nil, sentences: String? = nil
    ) throws -> ScorerJob {
        try ScorerJob(
            scorer: scorer, variant: variant, gold: gold, predicted: predicted, format: .auto, sentences: sentences,
            json: false)
    }

    private func write(_ path: String, _ text: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test func filesOfAnyFormatAreScored() throws {
        let fixture = SharedData.fixture("i2b2/2014-deid")
        let result = try job("i2b2-2014", gold: "\(fixture)/gold", predicted: "\(fixture)/system").result()
        #expect(result.documents == 2)
        #expect(
            result.measure("Strict")?.counts == Counts(truePositives: 28, falsePositives: 6, falseNegatives: 8))
        let brat = SharedData.fixture("i2b2/2018-track2")
        let events = try job("n2c2-2018-track2", gold: "\(brat)/gold", predicted: "\(brat)/system").result()
        #expect(events.measure("Relations strict")?.counts?.truePositives == 14)
    }

    @Test func unknownNamesAreErrorsWithTheNearest() throws {
        let error = #expect(throws: ScorerError.self) { try job("i2b22014", gold: "", predicted: "") }
        #expect(error?.description.contains("did you mean \"i2b2-2014\"?") == true)
        #expect(error?.exitCode == .usage)
        let brat = SharedData.fixture("i2b2/2018-track2")
        let nine = try job(
            "n2c2-2018-track2", gold: "\(brat)/gold", predicted: "\(brat)/system", variant: "nine-types")
        #expect(try nine.result().variant == "nine-types")
    }

    @Test func sentencesAreTheLinesOfFilesNamedAfterTheNotes() throws {
        try withTemporaryFolder { folder in
            try write("\(folder)/gold/1.txt", "Ana y Ruiz.")
            try write("\(folder)/gold/1.ann", "T1\tNOMBRE 0 3\tAna\nT2\tNOMBRE 6 10\tRuiz\n")
            try write("\(folder)/predicted/1.txt", "Ana y Ruiz.")
            try write("\(folder)/predicted/1.ann", "T1\tNOMBRE 0 3\tAna\n")
            func leak(_ lines: String) throws -> Double? {
                try write("\(folder)/sentences/1.ann", lines)
                return try job(
                    "meddocan", gold: "\(folder)/gold", predicted: "\(folder)/predicted",
                    sentences: "\(folder)/sentences"
                ).result().values["Leak"]
            }
            #expect(try leak("one\ntwo\n") == 0.5)
            #expect(try leak("one\ntwo\nthree\nfour") == 0.25)
            #expect(try leak("") == 0)
            #expect(throws: FileError.self) {
                try job(
                    "meddocan", gold: "\(folder)/gold", predicted: "\(folder)/predicted",
                    sentences: "\(folder)/nowhere"
                ).result()
            }
        }
    }
}
