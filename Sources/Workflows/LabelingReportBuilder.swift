import ClinicalText
import ErrorAnalysis
import Evaluation
import Reporting
import WeakLabeling

/// Makes the labeling report's values of what the label step found out.
struct LabelingReportBuilder {
    let title: String
    let runName: String
    let notes: Int
    let analysis: LabelingAnalysis
    /// The same over the train notes, with gold.
    let checked: LabelingAnalysis?
    let train: [SegmentedDocument]

    func report() -> LabelingReport {
        let documents = Dictionary(train.map { ($0.document.id, $0) }) { first, _ in first }
        let types = Set(analysis.silverCounts.keys).union(checked?.silver?.keys ?? [:].keys).sorted()
        return LabelingReport(
            title: title, runName: runName, notes: notes, goldNotes: checked == nil ? 0 : train.count,
            coverage: analysis.tokenCount > 0 ? Double(analysis.votedTokenCount) / Double(analysis.tokenCount) : 0,
            types: types.map { ($0, analysis.silverCounts[$0] ?? 0, checked?.silver?[$0]) },
            functions: analysis.functions.map { function in
                let train = checked?.functions.first { $0.name == function.name }
                return LabelingReport.Function(
                    row: LabelingTable.Row(function, of: analysis, checked: train),
                    agreement: train?.gold.map { agreement($0, in: documents) }, marginalGain: train?.marginalGain)
            },
            pairs: analysis.pairs.map { .init(first: $0.first, second: $0.second, redundancy: $0.redundancy) },
            abbreviations: analysis.abbreviations.map {
                .init(name: $0.abbreviation, senses: $0.senses, undecided: $0.undecided)
            })
    }

    private func agreement(
        _ gold: LabelingAnalysis.GoldAgreement, in documents: [String: SegmentedDocument]
    ) -> LabelingReport.Agreement {
        LabelingReport.Agreement(
            spans: gold.spans, leftTooEarly: gold.boundary.leftTooEarly, leftTooLate: gold.boundary.leftTooLate,
            rightTooEarly: gold.boundary.rightTooEarly, rightTooLate: gold.boundary.rightTooLate,
            byLength: gold.byLength, byKind: gold.byKind,
            examples: gold.examples.compactMap { example in
                guard let document = documents[example.document],
                    let span = TextOffsets(document.document.text).span(ofCodePoints: example.start, example.end)
                else { return nil }
                let beside = document.document.entities.filter { $0.hull.overlaps(span) }
                let mention = beside.first { $0.type == example.type } ?? beside.first
                let vote = Entity(type: example.type, spans: [span], provenance: .gold)
                return ErrorExample(outcome(of: example.kind), gold: mention, predicted: vote, in: document)
            })
    }

    private func outcome(of kind: VoteExample.Kind) -> Outcome {
        switch kind {
        case .boundary: .wrongBoundary
        case .type: .wrongType
        case .spurious: .spurious
        }
    }
}

extension LabelingTable.Row {
    /// What a function did over some notes and, where `checked` has compared it with gold, how right it was.
    init(
        _ function: LabelingAnalysis.Function, of analysis: LabelingAnalysis, checked: LabelingAnalysis.Function?
    ) {
        let spans = checked?.gold?.spans
        self.init(
            function: function.name, types: function.types, votes: function.votes,
            coverage: analysis.coverage(of: function), overlap: analysis.overlap(of: function),
            conflict: analysis.conflict(of: function), estimatedAccuracy: function.estimatedAccuracy,
            precision: spans.flatMap { $0.predicted > 0 ? $0.precision : nil },
            recall: spans.flatMap { $0.gold > 0 ? $0.recall : nil })
    }
}
