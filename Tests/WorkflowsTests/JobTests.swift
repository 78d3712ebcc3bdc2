import ClinicalText
import CorpusIO
import Essentials
import Foundation
import Models
import TestSupport
import Testing
import Tokenization
import Torch

@testable import Workflows

@Suite struct JobTests {
    /// A tagger on the hospital's encoder, whose weights are large enough for varied tags.
    private func tagger(_ hospital: TinyHospital) throws -> String {
        let path = "\(hospital.folder)/tagger"
        let model = try TaggerNetwork(
            encoderFolder: hospital.encoder, types: ["Disease", "Medication", "Dosage"],
            architecture: .init(lstmUnits: 6), seed: 2)
        let classifier = try #require(model.parameters["classifier.weight"])
        classifier.withMutableFloats { for index in $0.indices { $0[index] *= 300 } }
        try model.save(
            to: path, tokenizerFrom: hospital.encoder, windows: WindowLayout(maxPieces: 24, overlap: 6))
        return path
    }

    private func tag(
        _ hospital: TinyHospital, input: String, output: String, as format: CorpusFormat? = nil
    ) throws -> [Document] {
        try TagJob(
            model: tagger(hospital), input: input, format: .auto, output: output, outputFormat: format, threads: 1,
            quiet: true
        ).perform()
        return try CorpusReader.read(output, name: "tagged").corpus.documents
    }

    @Test(arguments: [nil, CorpusFormat.i2b2, .brat, .jsonl])
    func taggedNotesReadBackWithTheirTextAndThePredictedEntities(format: CorpusFormat?) throws {
        try withHospital { hospital in
            // Characters of several bytes and of two UTF-16 units, so that offsets have to be counted.
            let notes = TinyHospital.notes("new", count: 3, from: 700).map { note in
                Document(id: note.id, text: "Größe 😷 R&D <5.\n" + note.text)
            }
            let input = "\(hospital.folder)/in"
            try CorpusWriter.write(notes, to: input, format: .i2b2)
            let output = "\(hospital.folder)/out" + (format == .jsonl ? ".jsonl" : "")
            let tagged = try tag(hospital, input: input, output: output, as: format)
            #expect(tagged.map(\.id) == notes.map(\.id) && tagged.map(\.text) == notes.map(\.text))
            let files = format == .jsonl ? [] : try FileManager.default.contentsOfDirectory(atPath: output).sorted()
            if format == nil { #expect(files == ["new-0.xml", "new-1.xml", "new-2.xml"]) }
            let loader = try hospital.loader()
            let expected = try NeuralTagger(folder: "\(hospital.folder)/tagger").entities(in: loader.segmented(notes))
            #expect(expected.reduce(0) { $0 + $1.count } > 10)
            for (document, entities) in zip(tagged, expected) {
                #expect(document.entities.map(\.spans) == entities.map(\.spans))
                #expect(document.entities.map(\.type) == entities.map(\.type))
            }
        }
    }

    @Test func whatTheNotesHadOfEntitiesIsNotInWhatIsWritten() throws {
        try withHospital { hospital in
            let output = "\(hospital.folder)/out.jsonl"
            let tagged = try tag(hospital, input: hospital.notesFolder("test"), output: output, as: .jsonl)
            let provenances = tagged.flatMap { $0.entities.map(\.provenance) }
            #expect(!provenances.isEmpty)
            #expect(provenances.allSatisfy { if case .predicted = $0 { true } else { false } })
        }
    }

    @Test func linesThatComeAreAnsweredInTheirOrder() throws {
        try withHospital { hospital in
            let notes = TinyHospital.notes("new", count: 70, from: 300)
            let tagging = try NoteTagging(folder: tagger(hospital))
            let (input, output) = ("\(hospital.folder)/in.jsonl", "\(hospital.folder)/out.jsonl")
            // The last line has no end, and one is empty.
            let lines = notes.map(\.jsonLine)
            try ("\n" + lines.joined(separator: "\n")).write(toFile: input, atomically: true, encoding: .utf8)
            try "".write(toFile: output, atomically: true, encoding: .utf8)
            try tagging.tagLines(
                of: #require(FileHandle(forReadingAtPath: input)), to: #require(FileHandle(forWritingAtPath: output)))
            let answers = try CorpusReader.read(output, name: "answers").corpus.documents
            #expect(answers.map(\.id) == notes.map(\.id))
            #expect(answers.map(\.metadata["file"]) == answers.map { _ in "out.jsonl" }, "\(answers[0].metadata)")
            #expect(try !String(contentsOfFile: output, encoding: .utf8).contains("standard input"))
            let alone = try notes.map { try tagging.tag([$0])[0] }
            #expect(answers.map { $0.entities.map(\.spans) } == alone.map { $0.entities.map(\.spans) })
            #expect(answers.map { $0.entities.map(\.type) } == alone.map { $0.entities.map(\.type) })
            #expect(answers.reduce(0) { $0 + $1.entities.count } > 70)

            try (lines[0] + "\n{\"id\": 3}\n").write(toFile: input, atomically: true, encoding: .utf8)
            let error = #expect(throws: CorpusError.self) {
                try tagging.tagLines(
                    of: #require(FileHandle(forReadingAtPath: input)),
                    to: #require(FileHandle(forWritingAtPath: output)))
            }
            #expect(error?.description.hasPrefix("standard input:2:") == true, "\(String(describing: error))")
        }
    }

    @Test func taggedEntitiesSayHowTheyAreMeant() throws {
        try withHospital { hospital in
            let folder = try tagger(hospital)
            let cues = "cue\tcontext\tdirection\nno\tnegated\tforward\n"
            try cues.write(toFile: "\(folder)/\(TaggerFolder.contextCuesFile)", atomically: true, encoding: .utf8)
            let notes = TinyHospital.notes("new", count: 12, from: 40)
            let entities = try NoteTagging(folder: folder).tag(notes).flatMap(\.entities)
            let negated = entities.count { $0.attributes["assertion"] == "absent" }
            #expect(negated > 0 && negated < entities.count)
        }
    }

    @Test func plainTextBecomesJSONLines() throws {
        try withHospital { hospital in
            try hospital.write("plain/a.txt", "Patient has gout.")
            let output = "\(hospital.folder)/out.jsonl"
            #expect(try tag(hospital, input: "\(hospital.folder)/plain", output: output).map(\.id) == ["a"])
        }
    }

    @Test func twoSetsOfNotesAreScored() throws {
        try withHospital { hospital in
            let gold = hospital.notesFolder("test")
            func evaluate(_ predicted: String, types: [String] = []) throws {
                try EvaluateJob(gold: gold, predicted: predicted, format: .auto, types: types, json: true).perform()
            }
            try evaluate(gold, types: ["Disease"])
            let unknown = #expect(throws: ConfigurationError.self) { try evaluate(gold, types: ["Diseas"]) }
            #expect(
                unknown?.description
                    == "\(gold): `--type`: no gold note has an entity of type `Diseas`; did you mean `Disease`?")
            #expect(unknown?.exitCode == .usage)
            let others = #expect(throws: (any Error).self) { try evaluate(hospital.notesFolder("dev")) }
            let error = try #require(others as? any UserFacingError)
            #expect(error.exitCode == .badData)
            #expect(
                error.description.hasPrefix(
                    "4 documents (test-0, test-1, test-2, test-3) in the gold without predictions"))
        }
    }
}
