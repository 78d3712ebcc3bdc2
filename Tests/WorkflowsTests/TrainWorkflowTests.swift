import ClinicalText
import CorpusIO
import Essentials
import Foundation
import Models
import TestSupport
import Testing

@testable import Workflows

/// The family of taggers and the ways to learn, each through the step itself.
@Suite(.serialized) struct TrainWorkflowTests {
    private func trained(_ hospital: TinyHospital, _ overrides: String...) throws -> TrainSummary {
        var options = Run.Options()
        options.quiet = true
        options.overrides = overrides + ["pretrain.enabled=false"]
        func run() throws -> Run { try Run(configuration: hospital.configuration, options: options) }
        try LabelWorkflow(run: run()).perform()
        try TrainWorkflow(run: run()).perform()
        return try JSONFile.read(TrainSummary.self, from: hospital.run.training, madeBy: "train")
    }

    private static let gold =
        "train.stages=[{data: gold, epochs: 12, batchPieces: 40, learningRate: 2e-3, headLearningRate: 2e-2}]"

    @Test(
        "every member of the family learns, and tags from its folder as it did in training",
        arguments: [
            ["train.model=bert-linear"], ["train.model=feature-crf", "train.lexiconFeatures=true"],
            ["train.model=bert-crf", "train.layers=mixed"],
            ["train.model=bilstm-crf", "train.characterSize=6"],
            ["train.chains=perType", "train.pooling=mean"],
            ["train.lexiconFeatures=true", "train.averageDecay=0.5"],
        ])
    func family(overrides: [String]) throws {
        try withHospital { hospital in
            var options = Run.Options()
            options.quiet = true
            // A table of pieces alone has to move further.
            let rate = overrides[0].contains("bilstm-crf") ? "learningRate: 2e-2" : "learningRate: 2e-3"
            options.overrides =
                overrides + ["pretrain.enabled=false", Self.gold.replacing("learningRate: 2e-3", with: rate)]
            try TrainWorkflow(run: Run(configuration: hospital.configuration, options: options)).perform()
            let summary = try JSONFile.read(TrainSummary.self, from: hospital.run.training, madeBy: "train")
            #expect(
                summary.history.count == (overrides[0].contains("feature") ? 1 : 12) && summary.bestF1 > 0.3,
                "\(overrides): \(summary.bestF1)")
            let dev = try hospital.loader().documents(of: .dev, for: "test")
            let tagger = try TaggerFolder.load(hospital.run.bestTagger)
            #expect(try abs(tagger.strictScores(on: dev).f1 - summary.bestF1) < 1e-9, "\(overrides)")
            let card = try String(contentsOfFile: "\(hospital.run.bestTagger)/README.md", encoding: .utf8)
            #expect(card.contains("- Medication") && card.contains("F1 \(percent(summary.bestF1))"), "\(card)")
        }
    }

    @Test(
        "silver is learned from as it is, softly, in part, beside gold, and from a teacher",
        arguments: [
            "[{data: silver, epochs: 2, targets: soft}]",
            "[{data: silver, epochs: 2, targets: partial, unknownIsOutside: false}]",
            "[{data: mixed, epochs: 2, targets: hard, silverWeight: 0.5}]",
            "[{data: mixed, epochs: 2, targets: hard, weightsByConfidence: true}]",
            "[{data: gold, epochs: 2}, {data: teacher, epochs: 2, minimumConfidence: 0.2}]",
            "[{data: gold, epochs: 3, frozenEpochs: 2, layerDecay: 0.8}]",
        ])
    func stages(stages: String) throws {
        try withHospital { hospital in
            let summary = try trained(hospital, "train.stages=\(stages)")
            #expect(summary.history.allSatisfy { $0.loss.isFinite && $0.loss > 0 }, "\(stages)")
            let isTaught = stages.contains("teacher")
            #expect(
                FileManager.default.fileExists(atPath: hospital.run.teacherLabels(stage: 1)) == isTaught)
            #expect(
                FileManager.default.fileExists(atPath: hospital.run.silverTokens)
                    == (stages.contains("soft") || stages.contains("partial") || stages.contains("Confidence: true")))
        }
    }

    @Test("a budget of gold sentences is drawn once, and other seeds draw others")
    func budget() throws {
        try withHospital { hospital in
            func sentences(_ overrides: String...) throws -> [String] {
                var options = Run.Options()
                options.quiet = true
                options.overrides = overrides
                let run = try Run(configuration: hospital.configuration, options: options)
                let train = try run.loader().train(for: "train")
                return try StageNotes(run: run, loader: run.loader(), train: train).gold.map {
                    let span = $0.segmentation.sentences[0].span
                    #expect($0.segmentation.sentences.count == 1)
                    #expect($0.document.entities.allSatisfy { $0.hull.start >= span.start && $0.hull.end <= span.end })
                    return "\($0.document.id) \(span)"
                }
            }
            let first = try sentences("train.goldSentences=5")
            #expect(first.count == 5 && Set(first).count == 5)
            #expect(try sentences("train.goldSentences=5") == first)
            #expect(try sentences("train.goldSentences=5", "seed=8") != first)
            #expect(try sentences("train.goldSentences=10000").count > 8)
        }
    }

    @Test("a teacher that has learned nothing is refused")
    func teacherFirst() {
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationReader.decode(
                Experiment.self, yaml: "name: a\ntrain:\n  stages:\n    - { data: teacher }\n", file: "run.yml")
        }
        #expect(error?.description.contains("`train.stages.0.data` must be silver, gold or mixed") == true)
    }

    @Test("what cannot be learned from is named")
    func messages() throws {
        try withHospital { hospital in
            let noLexicons = #expect(throws: ConfigurationError.self) {
                try trained(hospital, "train.lexiconFeatures=true", "label.lexicons=[]", Self.gold)
            }
            #expect(noLexicons?.description.contains("label.lexicons") == true)
            _ = try trained(hospital, "train.stages=[{data: silver, epochs: 1, targets: soft}]")
            let tokens = try String(contentsOfFile: hospital.run.silverTokens, encoding: .utf8)
            try "{}\n".write(toFile: hospital.run.silverTokens, atomically: true, encoding: .utf8)
            #expect(throws: WorkflowError.damagedTokens(path: hospital.run.silverTokens, line: 1)) {
                try SilverTokens(path: hospital.run.silverTokens)
            }
            try tokens.write(toFile: hospital.run.silverTokens, atomically: true, encoding: .utf8)
            let read = try SilverTokens(path: hospital.run.silverTokens)
            let dev = try hospital.loader().documents(of: .dev, for: "test")
            #expect(throws: WorkflowError.self) { try read.distributions(of: dev[0]) }
        }
    }
}
