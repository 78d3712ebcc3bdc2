import ClinicalText
import ErrorAnalysis
import Essentials
import Evaluation
import Foundation
import Reporting
import TextProcessing

/// The step `report`: one page of what the run reached, where it fails and how it came to be.
public struct ReportWorkflow {
    private let run: Run

    /// The step of a run.
    public init(run: Run) {
        self.run = run
    }

    /// Writes `report/index.html`.
    public func perform() throws {
        try run.step(.report) {
            let loader = try run.loader()
            let train = try loader.train(for: "report")
            let types = try loader.entityTypes(train: train)
            let evaluations = try JSONFile.read(
                [String: EvaluationResult].self, from: run.folder.evaluation, madeBy: "evaluate")
            // The test notes are what the report is about; without them, the dev notes are.
            let set: DocumentSet = evaluations[DocumentSet.test.rawValue] == nil ? .dev : .test
            let gold = try loader.documents(of: set, for: "report")
            let inventory =
                try run.experiment.text.abbreviations.isEmpty
                ? .empty : AbbreviationInventory(contentsOf: run.resolver.path(run.experiment.text.abbreviations))
            let errors = try ErrorAnalyzer.analyze(
                gold: gold, predicted: run.predictions(for: set), types: types,
                trainingSurfaces: TrainingSurfaces(documents: train.map(\.document)),
                isAbbreviation: { inventory.isAbbreviation($0) }, examplesPerOutcome: run.experiment.report.examples)
            var summary = RunSummary(
                name: run.experiment.name,
                title: run.experiment.title.isEmpty ? run.experiment.name : run.experiment.title,
                seed: run.experiment.seed, encoder: run.experiment.encoder,
                corpus: try corpus(loader, train: train, types: types),
                evaluations: DocumentSet.allCases.compactMap { set in
                    evaluations[set.rawValue].map { .init(name: set.rawValue, result: $0) }
                },
                analyzedSplit: set.rawValue, errors: errors,
                commands: ["clinner adapt \((run.file as NSString).lastPathComponent)"])
            summary.steps = StepName.allCases.compactMap { step in
                run.steps[step.rawValue].map { .init(name: step.rawValue, seconds: $0.seconds) }
            }
            summary.peakMemory = run.steps.values.map { Int($0.peakMemory * 1_048_576) }.max()
            if run.needsSilver { try addLabeling(to: &summary) }
            if run.experiment.pretrain.enabled { try addPretraining(to: &summary) }
            try addTraining(to: &summary)
            try AtomicFile.write(ErrorReportPage.render(summary), to: run.folder.report)
            run.say("report: \(run.folder.report)")
        }
    }

    private func corpus(
        _ loader: NoteLoader, train: [SegmentedDocument], types: [String]
    ) throws -> [RunSummary.CorpusSplit] {
        let known = Set(types)
        func split(_ name: String, _ notes: [SegmentedDocument]) -> RunSummary.CorpusSplit {
            RunSummary.CorpusSplit(
                name: name, notes: notes.count, tokens: notes.reduce(0) { $0 + $1.segmentation.tokens.count },
                entities: notes.reduce(0) { $0 + $1.document.entities.count { known.contains($0.type) } })
        }
        var splits = [split("train", train)]
        for set in DocumentSet.allCases where loader.has(set) {
            splits.append(split(set.rawValue, try loader.documents(of: set, for: "report")))
        }
        if run.needsSilver || run.experiment.pretrain.enabled {
            splits.append(split("unlabeled", try loader.unlabeled(for: "report")))
        }
        return splits
    }

    private func addLabeling(to summary: inout RunSummary) throws {
        let labeling = try JSONFile.read(LabelSummary.self, from: run.folder.labeling, madeBy: "label")
        summary.silver = labeling.types.map { .init(type: $0, count: labeling.entities[$0] ?? 0) }
        let checked = labeling.trainAnalysis?.functions ?? []
        summary.labeling = LabelingTable(
            rows: labeling.analysis.functions.map { function in
                LabelingTable.Row(
                    function, of: labeling.analysis, checked: checked.first { $0.name == function.name })
            })
    }

    private func addPretraining(to summary: inout RunSummary) throws {
        let pretraining = try JSONFile.read(PretrainSummary.self, from: run.folder.pretraining, madeBy: "pretrain")
        summary.pretraining = RunSummary.Pretraining(
            perplexityBefore: pretraining.perplexityBefore, perplexityAfter: pretraining.perplexityAfter,
            heldOutNotes: pretraining.heldOutNotes,
            curve: pretraining.curve.map { .init(step: $0.step, loss: $0.loss) })
    }

    private func addTraining(to summary: inout RunSummary) throws {
        let training = try JSONFile.read(TrainSummary.self, from: run.folder.training, madeBy: "train")
        summary.training = training.history.map { record in
            RunSummary.Epoch(
                stage: record.stage, epoch: record.epoch, loss: record.loss,
                devPrecision: record.scores["precision"] ?? .nan, devRecall: record.scores["recall"] ?? .nan,
                devF1: record.scores["f1"] ?? .nan)
        }
    }
}
