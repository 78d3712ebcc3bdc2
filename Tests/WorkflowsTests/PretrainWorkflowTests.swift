import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing
import TorchNN

@testable import Models
@testable import Workflows

/// What the pretrain step does beside masked-LM training of whole words.
@Suite struct PretrainWorkflowTests {
    private func summary(_ hospital: TinyHospital) throws -> PretrainSummary {
        try JSONFile.read(PretrainSummary.self, from: hospital.run.pretraining, madeBy: "pretrain")
    }

    @Test func everySourceIsADomainAndMonitoredNotesAreOnlyMeasured() throws {
        try withHospital { hospital in
            try PretrainWorkflow(
                run: hospital.open(
                    "pretrain.monitored=[{path: notes/test, domain: general}]", "pretrain.heldOutShare=0.5")
            ).perform()
            let summary = try summary(hospital)
            #expect(summary.domains.map(\.name).sorted() == ["general", "train", "unlabeled"])
            let general = try #require(summary.domains.first { $0.name == "general" })
            #expect(!general.isTrainedOn && general.notes == 4)
            #expect(summary.trainNotes + summary.heldOutNotes == 14)
            #expect(summary.domains.filter(\.isTrainedOn).reduce(0) { $0 + $1.notes } == summary.heldOutNotes)
            for domain in summary.domains {
                #expect(domain.perplexityBefore > 1 && domain.perplexityAfter > 1)
                #expect(domain.perplexityAfter == summary.history.last?.scores["perplexity \(domain.name)"])
            }
            let page = try String(contentsOfFile: hospital.run.pretrainingReport, encoding: .utf8)
            #expect(page.contains("<th scope=\"row\">general</th><td>only measured</td>"))
            // What is only measured is an input all the same.
            try hospital.replace("today", by: "now", in: "notes/test/test-0.xml")
            #expect(throws: ConfigurationError.self) {
                try hospital.open(
                    resume: true, "pretrain.monitored=[{path: notes/test, domain: general}]",
                    "pretrain.heldOutShare=0.5")
            }
        }
    }

    @Test func monitoredNotesNeedANameOfTheirOwn() throws {
        try withHospital { hospital in
            let error = #expect(throws: ConfigurationError.self) {
                try PretrainWorkflow(
                    run: hospital.open("pretrain.monitored=[{path: notes/test, domain: unlabeled}]")
                ).perform()
            }
            #expect(
                error?.description.hasSuffix(
                    "`pretrain.monitored.0.domain` must be another name than that of notes to train on, `unlabeled`")
                    == true)
        }
    }

    @Test func aProbeIsMeasuredBeforeAndAfterAndCanEndTheAdaptation() throws {
        try withHospital { hospital in
            // At this rate nothing changes, so the first epoch is the best and the second one the last.
            let run = try hospital.open(
                "pretrain.probe=true", "pretrain.patience=1", "pretrain.epochs=5", "pretrain.learningRate=1e-12")
            try PretrainWorkflow(run: run).perform()
            let summary = try summary(hospital)
            #expect(summary.history.map(\.isBest) == [true, false])
            #expect(summary.probeBefore == summary.probeAfter && summary.probeAfter != nil)
            #expect(summary.history.allSatisfy { $0.scores["probe f1"] != nil })
            #expect(!FileManager.default.fileExists(atPath: hospital.run.bestEncoder))
        }
    }

    @Test func withPatienceTheBestEncoderIsKept() throws {
        try withHospital { hospital in
            // A rate that ruins the encoder, and the patience to see it.
            let overrides = [
                "pretrain.patience=3", "pretrain.epochs=4", "pretrain.learningRate=0.5", "pretrain.warmup=0.7",
            ]
            try PretrainWorkflow(
                run: hospital.open(overrides[0], overrides[1], overrides[2], overrides[3])
            ).perform()
            let summary = try summary(hospital)
            let perplexities = summary.history.compactMap { $0.scores["perplexity"] }
            #expect(summary.perplexityAfter == perplexities.min())
            #expect(perplexities.last != perplexities.min(), "the last epoch was not to be the best: \(perplexities)")
        }
    }

    @Test func shatteredWordsAreListedAndBecomePieces() throws {
        try withHospital { hospital in
            // Without `stable` the word is spelled with what is left.
            let pieces = TinyHospital.pieces.filter { $0 != "stable" } + ["sta", "##ble"]
            try hospital.write("vocabulary/vocab.txt", pieces.joined(separator: "\n") + "\n")
            let sizes = BertConfiguration(
                vocabularySize: pieces.count, hiddenSize: 32, layerCount: 2, headCount: 2, intermediateSize: 64,
                maximumPositions: 64)
            try BertForMaskedLM(configuration: sizes, seed: 1).save(
                to: hospital.encoder, tokenizerFrom: "\(hospital.folder)/vocabulary")
            try PretrainWorkflow(run: hospital.open("pretrain.newPieces=1")).perform()
            let summary = try summary(hospital)
            #expect(summary.vocabulary.added.map(\.text) == ["stable"])
            #expect(summary.vocabulary.added.first?.pieces == ["sta", "##ble"])
            let table = try String(contentsOfFile: hospital.run.vocabularyReport, encoding: .utf8)
            #expect(table.hasPrefix("word\tpieces\tcount\tnotes\tcost\tadded\n"))
            #expect(table.contains("stable\tsta ##ble\t\(summary.trainNotes)\t"))
            let adapted = try BertForMaskedLM(folder: hospital.run.encoder, seed: 1)
            #expect(adapted.configuration.vocabularySize == pieces.count + 1 && !adapted.headIsNew)
            #expect(!FileManager.default.fileExists(atPath: hospital.run.extendedEncoder))
            // The later steps work on the larger vocabulary.
            try LabelWorkflow(run: hospital.open("pretrain.newPieces=1")).perform()
        }
    }

    @Test func silverEntitiesAreMaskedAndMustBeThere() throws {
        try withHospital { hospital in
            let overrides = ["pretrain.masking.words=0", "pretrain.masking.entities=1"]
            let error = #expect(throws: FileError.self) {
                try PretrainWorkflow(run: hospital.open(overrides[0], overrides[1])).perform()
            }
            #expect(
                error?.description.hasSuffix("run `clinner label` first, or set pretrain.masking.entities=0") == true)
            #expect(error?.exitCode == .missingInput)
            try LabelWorkflow(run: hospital.open(overrides[0], overrides[1])).perform()
            let run = try hospital.open(overrides[0], overrides[1])
            let notes = try PretrainingNotes(run: run, generator: SeededGenerator(seed: 1))
            let windows = notes.windows(tokenizer: try .init(folder: hospital.encoder), run: run)
            let words = windows.train.flatMap { window in
                window.entities.map { entity in
                    window.sequence.pieces[window.sequence.firstPieces[entity.lowerBound]]
                }
            }
            let vocabulary = try WordPieces(hospital.encoder)
            #expect(Set(words.map(vocabulary.piece)).isSuperset(of: ["asthma", "gout"]))
            try PretrainWorkflow(run: run).perform()
        }
    }

    @Test func copiedNotesAreSeenLessOften() throws {
        try withHospital { hospital in
            let note = try String(
                contentsOfFile: "\(hospital.notesFolder("unlabeled"))/unlabeled-0.xml", encoding: .utf8)
            for copy in 0..<5 {
                try hospital.write(
                    "notes/unlabeled/copy-\(copy).xml", note.replacing("unlabeled-0", with: "copy-\(copy)"))
            }
            let run = try hospital.open("pretrain.heldOutShare=0")
            let notes = try PretrainingNotes(run: run, generator: SeededGenerator(seed: 1))
            let windows = notes.windows(tokenizer: try .init(folder: hospital.encoder), run: run)
            #expect(windows.repeats.notes >= 5 && windows.repeats.share > 0.2)
            #expect(windows.train.contains { $0.weight < 0.3 })
            let kept = try hospital.open("pretrain.heldOutShare=0", "pretrain.downweightsRepeats=false")
            let all = try PretrainingNotes(run: kept, generator: SeededGenerator(seed: 1))
                .windows(tokenizer: .init(folder: hospital.encoder), run: kept)
            #expect(all.train.allSatisfy { $0.weight == 1 } && all.repeats.notes == windows.repeats.notes)
        }
    }

    private struct WordPieces {
        let pieces: [String]

        init(_ folder: String) throws {
            pieces = try String(contentsOfFile: "\(folder)/vocab.txt", encoding: .utf8).split(separator: "\n").map(
                String.init)
        }

        func piece(_ id: Int32) -> String { pieces[Int(id)] }
    }
}
