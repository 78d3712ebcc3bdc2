import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing

@testable import FeatureTagging

@Suite struct FeatureModelFilesTests {
    private static let model: FeatureModel? = try? FeatureTrainer(exactSettings(l1: 0.05), isQuiet: true)
        .train(smallCorpus()).model

    private func withSavedModel(_ body: (_ folder: String, _ model: FeatureModel) throws -> Void) throws {
        let model = try #require(Self.model)
        try withTemporaryFolder { folder in
            try model.save(to: "\(folder)/tagger", training: ["run": "test"])
            try body("\(folder)/tagger", model)
        }
    }

    @Test func aLoadedModelTagsAsTheSavedOne() throws {
        try withSavedModel { folder, model in
            let loaded = try FeatureModel(folder: folder)
            let notes = smallNotes + [segmented("he has colon cancer and takes Ménière daily")]
            #expect(try FeatureTagger(loaded).entities(in: notes) == FeatureTagger(model).entities(in: notes))
            for sentence in notes.flatMap({ FeatureContext().sentences(of: $0) }) {
                #expect(loaded.emissions(of: sentence) == model.emissions(of: sentence))
            }
            #expect(loaded.chain.transitions == model.chain.transitions && loaded.templates == model.templates)
            #expect(loaded.weightCount == model.weightCount && loaded.featureCount == model.featureCount)
            #expect(try FeatureTagger(folder: folder).entityTypes == ["Disease", "Drug"])
            let settings = try FeatureTaggerSettings(contentsOf: "\(folder)/clinner.json")
            #expect(settings.kind == "feature-crf" && settings.training == ["run": "test"])
        }
    }

    @Test func everyDamagedByteIsFound() throws {
        try withSavedModel { folder, _ in
            let path = "\(folder)/features.bin"
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 60)) {
                var damaged = whole
                damaged[place] ^= 0x41
                try damaged.write(to: URL(fileURLWithPath: path))
                #expect(throws: FeatureTaggingError.self, "byte \(place)") { try FeatureModel(folder: folder) }
            }
        }
    }

    @Test func filesThatAreCutOffAreFound() throws {
        try withSavedModel { folder, _ in
            let path = "\(folder)/features.bin"
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for count in [0, 4, 8, 10, 12, 63, 64, 75, 76, 100, whole.count / 2, whole.count - 1] {
                try whole.prefix(count).write(to: URL(fileURLWithPath: path))
                let text = message { _ = try FeatureModel(folder: folder) }
                #expect(text.hasPrefix("\(path): ") && text.contains("damaged"), "\(count) bytes: \(text)")
            }
        }
    }

    /// A right digest over wrong counts: what somebody made by hand.
    @Test(arguments: [
        (12, "the counts do not fit the content"), (16, "the counts do not fit the content"),
        (24, "the counts do not fit the content"), (32, "the counts do not fit the content"),
    ])
    func countsThatDoNotFitAreFound(place: Int, reason: String) throws {
        try withSavedModel { folder, _ in
            let path = "\(folder)/features.bin"
            var data = try Data(contentsOf: URL(fileURLWithPath: path)).dropLast(64)
            for wrong: UInt8 in [0, 1, 255] where data[place] != wrong {
                data[place] = wrong
                try (data + Data(Digest.sha256(data).utf8)).write(to: URL(fileURLWithPath: path))
                let text = message { _ = try FeatureModel(folder: folder) }
                #expect(text == "\(path): damaged: \(reason); train the tagger again")
            }
        }
    }

    @Test func weightsThatDoNotFitTogetherAreFound() throws {
        try withSavedModel { folder, model in
            let path = "\(folder)/features.bin"
            let whole = try Data(contentsOf: URL(fileURLWithPath: path)).dropLast(64)
            let texts = 40 + 4 * (25 + 5 + 5)
            let rows = texts + 8 * model.featureCount
            let tags = rows + 4 * (model.featureCount + 1) + 4 * model.weightCount
            let places = [
                (texts + 7, "the features' texts do not fit together"),
                (rows + 3, "the features' weights do not fit together"),
                (rows + 7, "the features' weights do not fit together"),
                (tags + 1, "the features' weights do not fit together"),
            ]
            for (place, reason) in places {
                var data = whole
                data[place] = 0x7F
                try (data + Data(Digest.sha256(data).utf8)).write(to: URL(fileURLWithPath: path))
                let text = message { _ = try FeatureModel(folder: folder) }
                #expect(text == "\(path): damaged: \(reason); train the tagger again", "byte \(place)")
            }
        }
    }

    @Test func otherFilesAreToldFromOurs() throws {
        try withSavedModel { folder, _ in
            let settings = "\(folder)/clinner.json"
            let text = try String(contentsOfFile: settings, encoding: .utf8)
            func loading(_ settingsText: String) throws -> String {
                try settingsText.write(toFile: settings, atomically: true, encoding: .utf8)
                return message { _ = try FeatureModel(folder: folder) }
            }
            #expect(
                try loading(text.replacingOccurrences(of: "feature-crf", with: "neural"))
                    == "\(settings): kind is neural; expected feature-crf, a feature-based tagger")
            #expect(
                try loading("{\"version\":1}")
                    == "\(settings): kind is not given; expected feature-crf, a feature-based tagger")
            #expect(try loading("{") == "\(settings): not the JSON of a tagger's settings")
            #expect(
                try loading(text.replacingOccurrences(of: "\"window\"", with: "\"windows\""))
                    == "\(settings): the key templates.window is missing")
            #expect(
                try loading(text.replacingOccurrences(of: "\"window\" : 2", with: "\"window\" : 200"))
                    == "\(settings): window is 200; supported: 0 to 20")
            #expect(
                try loading(text.replacingOccurrences(of: "\"version\" : 1", with: "\"version\" : 2"))
                    == "\(settings): format 2 is not supported; this version reads format 1")
            #expect(
                try loading(text.replacingOccurrences(of: "\"Drug\"", with: "\"Drug\", \"Dose\""))
                    == "\(folder)/features.bin: weights of 5 tags, but settings of 7; take both files from the same tagger"
            )
            _ = try loading(text)
            try Data("something else entirely, long enough to be read as a file of weights with a digest".utf8)
                .write(to: URL(fileURLWithPath: "\(folder)/features.bin"))
            #expect(message { _ = try FeatureModel(folder: folder) }.contains("not a file of weights"))
            try FileManager.default.removeItem(atPath: "\(folder)/features.bin")
            #expect(message { _ = try FeatureModel(folder: folder) }.contains("no such file or folder"))
        }
    }
}
