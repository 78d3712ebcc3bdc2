import Essentials
import Foundation
import Lexicons
import TestSupport
import Testing
import WeakLabeling

@testable import Workflows

@Suite struct LexiconJobTests {
    /// What a job prints, a line an element.
    private static func lines(json: Bool = false, _ job: (JobOutput) throws -> Void) throws -> [String] {
        var lines: [String] = []
        try job(JobOutput(json: json, print: { lines.append($0) }))
        return lines
    }

    private static let ontology = SharedData.fixture("lexicons/small.obo")

    @Test func whatIsBuiltIsDescribedAndFound() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/made.lexicon"
            try write(["more.obo": "[Term]\nid: MADE:9\nname: heart failure\n"], to: folder)
            var reading = LexiconImport()
            reading.type = "Disease"
            let built = try Self.lines { output in
                try LexiconBuildJob(
                    inputs: [Self.ontology, "\(folder)/more.obo"], output: path, reading: reading, display: output
                ).perform()
            }
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            #expect(built == ["\(path): 10 terms, \(size ?? 0) bytes", "not selected: 1 obsolete"])

            let info = try Self.lines { try LexiconInfoJob(path: path, reading: LexiconImport(), output: $0).perform() }
            #expect(info.contains { $0.hasPrefix("type Disease") && $0.hasSuffix(" 10") })
            #expect(info.contains { $0.hasPrefix("status abbreviation") && $0.hasSuffix(" 2") })
            let digests = try [Self.ontology, "\(folder)/more.obo"].map { try Digest.sha256(fileAt: $0) }
            #expect(info.contains("made from small.obo, 9 terms, SHA-256 \(digests[0])"))
            #expect(info.contains("made from more.obo, 1 terms, SHA-256 \(digests[1])"))

            let search = try Self.lines { output in
                try LexiconSearchJob(
                    path: path,
                    terms: ["renal cell carcinomas", "failure of the heart", "gout", "acute heart failure"],
                    reading: LexiconImport(), output: output
                ).perform()
            }
            #expect(
                search == [
                    "renal cell carcinomas: renal cell carcinoma (inflection), Disease, MADE:2, renal cell carcinoma, "
                        + "MADE:0002, MESH:D1, preferred, line 11",
                    "renal cell carcinomas: carcinoma, renal cell (wordOrder), Disease, MADE:2, renal cell carcinoma, "
                        + "MADE:0002, MESH:D1, synonym, line 16",
                    "failure of the heart: heart failure (wordOrder), Disease, MADE:9, heart failure, preferred, line 3",
                    "gout: not found",
                    "heart failure: heart failure (exact), Disease, MADE:9, heart failure, preferred, line 3",
                ])
            let json = try Self.lines(json: true) { output in
                try LexiconSearchJob(path: path, terms: ["RCC"], reading: LexiconImport(), output: output).perform()
            }
            #expect(json.count == 1 && json[0].contains("\"code\":\"MADE:2\"") && json[0].contains("\"line\":15"))
        }
    }

    @Test func nothingIsWrittenOverInputsForBadLinesOrWithoutTerms() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/made.lexicon"
            func build(_ input: String, to output: String, _ reading: LexiconImport = LexiconImport()) -> String {
                message {
                    try LexiconBuildJob(
                        inputs: [input], output: output, reading: reading, display: JobOutput(print: { _ in })
                    ).perform()
                }
            }
            #expect(build(Self.ontology, to: Self.ontology).contains("never written over"))
            #expect(
                build(SharedData.fixture("lexicons/bad.obo"), to: path).contains("bad.obo:5: synonym: unknown scope"))
            var reading = LexiconImport()
            reading.categories = ["nothing"]
            #expect(build(Self.ontology, to: path, reading).contains("no term is left by the filters (3 category"))
            #expect(!FileManager.default.fileExists(atPath: path))
            reading = LexiconImport()
            reading.format = .abbreviationLines
            reading.mode = .warn
            #expect(build(SharedData.fixture("lexicons/lines.txt"), to: path, reading).contains("1 bad line left out"))
            let kept = try LexiconStore(path: path)
            #expect(kept.count == 2)
        }
    }

    @Test func anExperimentNamesLexiconsOfEveryFormat() throws {
        try withTemporaryFolder { folder in
            let yaml = """
                label:
                  lexicons:
                    - { path: made.lexicon, variants: [spelling, edit] }
                    - { path: small.obo, typeMapping: { "MADE:1": Disease }, termTypes: [EXACT] }
                    - { path: columns.csv, columns: { term: name, code: rxcui }, codePrefix: RXNORM, type: Medication }
                """
            let label = try ConfigurationReader.decode(Experiment.self, yaml: yaml, file: "run.yml").label
            #expect(label.lexicons[0].variants == [.spelling, .edit])
            #expect(label.lexicons[1].typeMapping == ["MADE:1": "Disease"])
            #expect(label.lexicons[2].codePrefix == "RXNORM")
            for name in ["small.obo", "columns.csv"] {
                try FileManager.default.copyItem(
                    atPath: SharedData.fixture("lexicons/\(name)"), toPath: "\(folder)/\(name)")
            }
            try LexiconStore.write(
                [LexiconEntry(term: "haemorrhage", type: "Disease", code: "MADE:7", line: 3)],
                to: "\(folder)/made.lexicon", origin: "")
            let labeler = try SilverLabeler(
                configuration: label, relativeTo: folder, types: ["Disease", "Medication"])
            #expect(labeler.functions.prefix(3).map(\.name) == ["lexicon/made", "lexicon/small", "lexicon/columns"])
            #expect(
                message {
                    _ = try ConfigurationReader.decode(
                        Experiment.self, yaml: "label: { lexicons: [{ path: a, format: ob }] }", file: "run.yml")
                }.contains("label.lexicons.0.format"))
        }
    }
}
