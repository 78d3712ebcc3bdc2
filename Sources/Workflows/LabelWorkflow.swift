import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation
import Reporting
import WeakLabeling

/// The step `label`: weak labels for the unlabeled notes, the silver corpus.
public struct LabelWorkflow {
    private let run: Run
    private let writesReport: Bool

    /// The step of a run; `writesReport` asks for the labeling report, which takes a run of the label model a function.
    public init(run: Run, writesReport: Bool = false) {
        self.run = run
        self.writesReport = writesReport
    }

    /// Writes `silver/silver.jsonl` and `silver/labeling.json`, `silver/tokens.jsonl` if the experiment wants it and
    /// `silver/report/index.html` if that is asked for.
    public func perform() throws {
        try run.step(.label) {
            let loader = try run.loader()
            let train = loader.hasTrain ? try loader.train(for: "label") : []
            let types = try loader.entityTypes(train: train)
            let labeler = try run.labeler(types: types)
            let (sample, ids, total) = try self.sample(loader)
            var labeling = try SilverLabeling(
                labeler, learningFrom: sample, anchors: Array(train.prefix(run.experiment.label.anchorNotes)))
            let counts = try label(with: &labeling, loader: loader, ids: ids, total: total, types: types)
            // Where gold exists it only fills columns of the table; the silver labels do not depend on it.
            let gold = Dictionary(uniqueKeysWithValues: train.map { ($0.document.id, $0.document.entities) })
            var checked = train.isEmpty ? nil : try labeler.label(train, gold: gold)
            if writesReport, !train.isEmpty {
                let gains = try labeler.marginalGains(on: train, gold: gold).gains
                for (index, gain) in gains.enumerated() { checked?.analysis.functions[index].marginalGain = gain }
            }
            let quality = try checked.map {
                try Evaluator.evaluate(
                    gold: train.map(\.document), predicted: $0.documents, types: types,
                    bootstrapSamples: run.experiment.evaluate.bootstrapSamples, seed: run.experiment.seed)
            }
            let analysis = labeling.analysis
            let summary = LabelSummary(
                types: types, documents: total, entities: counts, analysis: analysis, trainAnalysis: checked?.analysis,
                trainEvaluation: quality)
            try JSONFile.write(summary, to: run.folder.labeling)
            if writesReport {
                let builder = LabelingReportBuilder(
                    title: run.experiment.title.isEmpty ? run.experiment.name : run.experiment.title,
                    runName: run.experiment.name, notes: total, analysis: analysis,
                    checked: checked?.analysis, train: train)
                try AtomicFile.makeFolder((run.folder.labelingReport as NSString).deletingLastPathComponent)
                try AtomicFile.write(LabelingReportPage.render(builder.report()), to: run.folder.labelingReport)
                run.say("label: \(run.folder.labelingReport)")
            }
            run.say(
                "label: \(counts.values.reduce(0, +)) silver entities in \(total) notes"
                    + (quality.map { "; strict F1 on the train notes \(percent($0.micro.f1))" } ?? ""))
        }
    }

    /// As many notes as the label model learns from, drawn so that each note is as likely as any other, in their order; and
    /// the ids of all and how many there are.
    private func sample(
        _ loader: NoteLoader
    ) throws -> (notes: [SegmentedDocument], ids: Set<String>, total: Int) {
        let size = run.experiment.label.learningNotes
        var generator = SeededGenerator(seed: run.experiment.seed).derived("label")
        var drawn: [(place: Int, document: Document)] = []
        var ids: Set<String> = []
        var total = 0
        try loader.forEachUnlabeled(for: "label", size: partSize, reports: true, given: nil) { documents in
            for document in documents {
                ids.insert(document.id)
                if drawn.count < size {
                    drawn.append((total, document))
                } else {
                    // Reservoir sampling: J. Vitter, "Random sampling with a reservoir", ACM TOMS 11 (1985).
                    let place = Int.random(in: 0...total, using: &generator)
                    if place < size { drawn[place] = (total, document) }
                }
                total += 1
            }
        }
        guard total > 0 else {
            throw WorkflowError.missingNotes(file: run.file, key: "corpus.unlabeled", step: "label")
        }
        return (try loader.segmented(drawn.sorted { $0.place < $1.place }.map(\.document)), ids, total)
    }

    /// Labels all notes part by part and writes them; returns the silver entities a type.
    private func label(
        with labeling: inout SilverLabeling, loader: NoteLoader, ids: Set<String>, total: Int, types: [String]
    ) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let progress = Progress("label", total: total, unit: "notes", quiet: run.options.quiet)
        func labelAll(_ writeTokens: ((TokenLabels, Document) throws -> Void)?) throws {
            try CorpusWriter.write(to: run.folder.silver, format: .jsonl) { write in
                try loader.forEachUnlabeled(for: "label", size: partSize, reports: false, given: ids) { documents in
                    let (silver, tokens) = try labeling.label(try loader.segmented(documents))
                    for document in silver {
                        for entity in document.entities { counts[entity.type, default: 0] += 1 }
                        try write(document)
                    }
                    for (tokens, document) in zip(tokens, silver) { try writeTokens?(tokens, document) }
                    progress.advance(by: documents.count)
                }
            }
        }
        if run.labeling.writesTokens {
            try AtomicFile.write(to: run.folder.silverTokens) { file in
                let writer = TokenLabelWriter(types: types)
                try labelAll { try file.write(writer.line($0, of: $1)) }
            }
        } else {
            try labelAll(nil)
        }
        progress.finish()
        return counts
    }

    /// So many notes are labeled side by side.
    private var partSize: Int { 256 }
}

extension Run {
    /// The labeler that the section `label` describes.
    func labeler(types: [String]) throws -> SilverLabeler {
        let configuration = labeling
        return try SilverLabeler(
            configuration: configuration, relativeTo: "", types: types,
            predictions: configuration.predictions.map { reference in
                try CorpusReader.read(reference.path, name: "label.predictions").corpus.documents
            })
    }

    /// The section `label` with its paths resolved.
    var labeling: LabelingConfiguration {
        var labeling = experiment.label
        labeling.writesTokens = labeling.writesTokens || experiment.train.needsSilverTokens
        for index in labeling.lexicons.indices {
            labeling.lexicons[index].path = resolver.path(labeling.lexicons[index].path)
        }
        for index in labeling.modifiers.indices {
            labeling.modifiers[index].path = resolver.path(labeling.modifiers[index].path)
        }
        labeling.rules = labeling.rules.map(resolver.path)
        for index in labeling.predictions.indices {
            labeling.predictions[index].path = resolver.path(labeling.predictions[index].path)
        }
        labeling.contextCues = labeling.contextCues.map(resolver.path)
        labeling.neighborCues = labeling.neighborCues.map(resolver.path)
        labeling.handVotes = labeling.handVotes.map(resolver.path)
        labeling.abbreviations = labeling.abbreviations.map(resolver.path)
        return labeling
    }
}

/// What the label step leaves for the report.
struct LabelSummary: Codable {
    var types: [String]
    var documents: Int
    /// Silver entities, a type.
    var entities: [String: Int]
    /// The functions' votes over the silver notes.
    var analysis: LabelingAnalysis
    /// The same over the train notes, with precision and recall.
    var trainAnalysis: LabelingAnalysis?
    /// The silver labels of the train notes against their gold.
    var trainEvaluation: EvaluationResult?
}

/// A share as people read it: `83.4 %`.
func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
