import CorpusIO
import Essentials
import Evaluation
import Foundation
import TestSupport
import Testing
import TextProcessing

@testable import Workflows

@Suite(.serialized) struct AdaptWorkflowTests {
    @Test func theWholePathLeavesEveryFileOfTheRunFolder() throws {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            try AdaptWorkflow(run: experiment.open()).perform()
            let run = experiment.runFolder
            for path in [
                run.experiment, run.manifest, run.log, run.silver, run.labeling, run.pretraining,
                "\(run.encoder)/model.safetensors", "\(run.encoder)/vocab.txt", "\(run.bestTagger)/model.safetensors",
                "\(run.lastTagger)/clinner.json", run.training, run.predictions(.dev), run.predictions(.test),
                run.evaluation, run.report,
            ] {
                #expect(FileManager.default.fileExists(atPath: path), "\(path)")
            }
            #expect(!FileManager.default.fileExists(atPath: run.taggerCheckpoint))
            let evaluations = try JSONFile.read(
                [String: EvaluationResult].self, from: run.evaluation, madeBy: "evaluate")
            #expect(evaluations["test"]?.micro.gold == 3)
            let page = try String(contentsOfFile: run.report, encoding: .utf8)
            #expect(page.contains("tiny") && !page.contains("http://") && !page.contains("https://"))
        }
    }

    @Test func onlyTheOwnerReadsARun() throws {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            try LabelWorkflow(run: experiment.open()).perform()
            let manager = FileManager.default
            for (path, mode) in [(experiment.runFolder.path, 0o700), (experiment.runFolder.silver, 0o600)] {
                let found = try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(found == mode, "\(path)")
            }
        }
    }

    @Test func aFinishedRunIsResumedByDoingNothing() throws {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            try AdaptWorkflow(run: experiment.open()).perform()
            let weights = "\(experiment.runFolder.lastTagger)/model.safetensors"
            let before = try FileManager.default.attributesOfItem(atPath: weights)[.modificationDate] as? Date
            try AdaptWorkflow(run: experiment.open(resume: true)).perform()
            let after = try FileManager.default.attributesOfItem(atPath: weights)[.modificationDate] as? Date
            #expect(before == after)
        }
    }

    @Test func twoRunsOfOneSeedEndWithTheSameBytes() throws {
        let digests = try (0..<2).map { _ in
            try withTemporaryFolder { folder in
                let experiment = try TinyExperiment(in: folder)
                try AdaptWorkflow(run: experiment.open()).perform()
                return try Digest.sha256(fileAt: "\(experiment.runFolder.lastTagger)/model.safetensors")
            }
        }
        #expect(digests[0] == digests[1])
    }

    @Test func resumingWithAnotherConfigurationNamesWhatDiffers() throws {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            _ = try experiment.open()
            #expect(
                throws: ConfigurationError.runDiffers(
                    run: experiment.runFolder.path, file: experiment.configuration, keys: ["seed", "train"])
            ) { try experiment.open(resume: true, "seed=3", "train.dropout=0.5") }
            try AtomicFile.write("term\ngout\n", to: "\(folder)/terms.tsv")
            #expect(
                throws: ConfigurationError.runDiffers(
                    run: experiment.runFolder.path, file: experiment.configuration,
                    keys: ["the content of label.lexicons.0"])
            ) { try experiment.open(resume: true) }
        }
    }

    @Test func theTaggerPartsWordsAsItsRunDid() throws {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            // Only where `metoprolol-given` is one word is it a known drug's name for no part of it.
            try AtomicFile.write("given asthma-metoprolol, gout", to: "\(folder)/note.txt")
            var spans: [[String]] = []
            for parts in [true, false] {
                try AdaptWorkflow(
                    run: experiment.open("pretrain.enabled=false", "text.words.partsHyphens=\(parts)")
                ).perform()
                let output = "\(folder)/tagged-\(parts)"
                try TagJob(
                    model: experiment.runFolder.bestTagger, input: "\(folder)/note.txt", format: .auto, output: output,
                    outputFormat: .jsonl, threads: 1, quiet: true
                ).perform()
                let note = try CorpusReader.read(output, name: "tagged").corpus.documents[0]
                spans.append(note.entities.map { note.surface(of: $0) })
                let words = try JSONFile.read(
                    WordSplitter.Configuration.self, from: "\(experiment.runFolder.bestTagger)/words.json",
                    madeBy: "train")
                #expect(words.partsHyphens == parts)
            }
            #expect(!spans[1].contains { ["asthma", "metoprolol"].contains($0) }, "no end of a mention within a word")
        }
    }

    @Test func aTaggerTagsXMLAndTheXMLIsScored() throws {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            try AdaptWorkflow(run: experiment.open("pretrain.enabled=false")).perform()
            let output = "\(folder)/tagged"
            try TagJob(
                model: experiment.runFolder.bestTagger, input: "\(folder)/test", format: .auto, output: output,
                outputFormat: nil, threads: 1, quiet: true
            ).perform()
            let gold = try CorpusReader.read("\(folder)/test", name: "gold")
            let tagged = try CorpusReader.read(output, name: "tagged")
            #expect(tagged.format == .i2b2)
            #expect(tagged.corpus.documents.map(\.text) == gold.corpus.documents.map(\.text))
            let predicted = try CorpusReader.read(experiment.runFolder.predictions(.test), name: "test")
            #expect(
                tagged.corpus.documents.map { $0.entities.map(\.hull) }
                    == predicted.corpus.documents.map { $0.entities.map(\.hull) })
        }
    }
}
