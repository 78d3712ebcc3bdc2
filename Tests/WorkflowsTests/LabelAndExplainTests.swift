import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@testable import Workflows

/// The label step's files beyond the silver corpus, and why a label is there.
@Suite struct LabelAndExplainTests {
    @Test func theReportAndTheTokensAreWrittenWhereTheyAreAskedFor() throws {
        try withHospital { hospital in
            try LabelWorkflow(run: hospital.open()).perform()
            var files = try hospital.runFiles()
            #expect(files["silver/report/index.html"] == nil && files["silver/tokens.jsonl"] == nil)
            try LabelWorkflow(run: hospital.open(resume: false, "label.writesTokens=true"), writesReport: true)
                .perform()
            files = try hospital.runFiles()
            let page = String(decoding: try #require(files["silver/report/index.html"]), as: UTF8.self)
            #expect(page.contains("lexicon/lexicon") && page.contains("regex/dose") && page.contains("Boundaries"))
            let permissions =
                try FileManager.default.attributesOfItem(
                    atPath: hospital.run.labelingReport)[.posixPermissions] as? Int
            #expect(permissions == 0o600)
            let lines = String(decoding: try #require(files["silver/tokens.jsonl"]), as: UTF8.self)
                .split(separator: "\n")
            #expect(lines.count == 14)
            let first = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any]
            let tokens = try #require(first?["tokens"] as? [[Int]])
            #expect(first?["labels"] as? [String] == ["outside", "Disease", "Dosage", "Medication"])
            #expect((first?["probabilities"] as? [[Double]])?.count == tokens.count)
            #expect((first?["unknown"] as? [Int])?.first == 0 && tokens[0] == [0, 5])
        }
    }

    @Test func aModelThatLearnsFromAFewNotesLabelsAll() throws {
        try withHospital { hospital in
            try LabelWorkflow(run: hospital.open()).perform()
            let all = try hospital.runFiles()["silver/silver.jsonl"]
            try LabelWorkflow(run: hospital.open(resume: false, "label.learningNotes=2", "label.labelModel=majority"))
                .perform()
            let few = try CorpusReader.read(hospital.run.silver, name: "silver").corpus.documents
            #expect(few.count == 14 && few.allSatisfy { !$0.entities.isEmpty })
            let whole = String(decoding: try #require(all), as: UTF8.self).split(separator: "\n").count
            #expect(whole == 14)
        }
    }

    @Test func aSpanIsExplainedByItsVotesWithFileLineAndTerm() throws {
        try withHospital { hospital in
            let note = try CorpusReader.read(hospital.notesFolder("unlabeled"), name: "u").corpus.documents[0]
            // Diseases of the lexicon are the first three of five.
            let known = ["asthma", "gout", "anemia"].first { note.text.contains($0) }
            let word = try #require(known)
            let text = try ExplainJob(run: hospital.open(), note: note.id, span: SpanArgument(word)).text()
            #expect(text.contains("lexicon.tsv:") && text.contains("`\(word)`"), "\(text)")
            #expect(text.contains("for Disease") && text.contains("The label model (accuracy):"))
            #expect(text.contains("from lexicon/lexicon:"))
            let silent = try ExplainJob(run: hospital.open(), note: note.id, span: SpanArgument("0-5")).text()
            #expect(silent.contains("no function speaks") && silent.contains("unknown, taken as outside"))
            #expect(silent.contains("  none; they need a type"))
        }
    }

    @Test func whatIsNotThereIsNamed() throws {
        try withHospital { hospital in
            let run = try hospital.open()
            #expect {
                try ExplainJob(run: run, note: "unlabeled-7", span: SpanArgument("0-5")).text()
            } throws: { error in
                error as? WorkflowError == .unknownNote(id: "unlabeled-7", nearest: "unlabeled-0")
                    || "\(error)".contains("did you mean `unlabeled-")
            }
            for span in ["5-2", "0-100000", "Zyx"] {
                let error = #expect(throws: WorkflowError.self) {
                    try ExplainJob(run: run, note: "unlabeled-0", span: SpanArgument(span)).text()
                }
                #expect(error?.exitCode == .badData && !"\(error!)".contains("Zyx"))
            }
            #expect(throws: FileError.self) {
                try ExplainErrorJob(run: run, note: "test-0", span: SpanArgument("0-5")).text()
            }
        }
    }

    @Test func aPredictionIsFollowedBackToTheSilverMentionsAndTheirLines() throws {
        try withHospital { hospital in
            let run = try hospital.open()
            try LabelWorkflow(run: run).perform()
            var notes = try CorpusReader.read(hospital.notesFolder("test"), name: "t").corpus.documents
            for index in notes.indices {
                for entity in notes[index].entities.indices {
                    notes[index].entities[entity].provenance = .predicted(confidence: 0.9)
                    // What the tagger got wrong.
                    notes[index].entities[entity].type = "Medication"
                }
            }
            try AtomicFile.makeFolder("\(hospital.run.path)/predictions")
            try CorpusWriter.write(notes, to: hospital.run.predictions(.test), format: .jsonl)
            let known = notes.first { note in ["asthma", "gout", "anemia"].contains { note.text.contains($0) } }
            let note = try #require(known)
            let word = try #require(["asthma", "gout", "anemia"].first { note.text.contains($0) })
            let text = try ExplainErrorJob(run: hospital.open(), note: note.id, span: SpanArgument(word)).text()
            #expect(text.contains("predicted\n  Medication") && text.contains("Gold:\n  Disease"), "\(text)")
            #expect(text.contains("silver mentions are the same words"))
            #expect(text.contains("Disease ") && text.contains("×: lexicon/lexicon:") && text.contains("`\(word)`"))
        }
    }
}
