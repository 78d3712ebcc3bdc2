import ClinicalText

/// A labeling under way: documents come in parts, after the labeler has learned from some.
///
/// What it keeps does not grow with the documents that it labels.
public struct SilverLabeling {
    private let labeler: SilverLabeler
    private let learned: SilverLabeler.Learned
    private var assembly: SilverEntities
    private var analyzer: LabelingAnalyzer

    /// Learns from the votes on `documents`, and from what is labeled there.
    ///
    /// - Parameter anchors: documents with true entities, which the hidden Markov model is held to.
    /// - Throws: ``WeakLabelingError``.
    public init(
        _ labeler: SilverLabeler, learningFrom documents: [SegmentedDocument], anchors: [SegmentedDocument] = []
    ) throws {
        self.init(
            labeler,
            learned: labeler.learned(
                from: try labeler.votes(on: documents), of: documents, anchors: try labeler.anchors(anchors)))
    }

    init(_ labeler: SilverLabeler, learned: SilverLabeler.Learned) {
        self.labeler = labeler
        self.learned = learned
        assembly = SilverEntities(
            types: labeler.types, minimumProbability: labeler.configuration.minimumProbability)
        analyzer = LabelingAnalyzer(functions: labeler.functions, types: labeler.types)
    }

    /// Replaces the entities of some documents by silver ones.
    ///
    /// - Parameter gold: for some document ids the true entities, which are only compared with.
    /// - Returns: the documents and, where the configuration asks for it, what is known of their tokens.
    /// - Throws: ``WeakLabelingError``.
    public mutating func label(
        _ documents: [SegmentedDocument], gold: [String: [Entity]] = [:]
    ) throws -> (documents: [Document], tokens: [TokenLabels]) {
        label(documents, votes: try labeler.votes(on: documents), gold: gold)
    }

    /// The same, where the votes on the documents are known.
    mutating func label(
        _ documents: [SegmentedDocument], votes: [DocumentVotes], gold: [String: [Entity]]
    ) -> (documents: [Document], tokens: [TokenLabels]) {
        let combination = labeler.combination(of: votes, by: learned)
        let mentions = labeler.mentions(of: combination, in: documents, by: &assembly, consistency: learned.consistency)
        var silver: [Document] = []
        for (index, document) in documents.enumerated() {
            var labeled = document.document
            labeled.entities = assembly.entities(mentions[index], in: document, votes: combination.votes[index])
            labeled.relations = []
            silver.append(labeled)
            analyzer.add(votes[index], of: document, silver: labeled.entities, gold: gold[document.document.id])
        }
        let tokens =
            labeler.configuration.writesTokens
            ? labeler.tokens(of: combination, mentions: mentions, in: documents) : []
        return (silver, tokens)
    }

    /// What each function did on the documents so far.
    public var analysis: LabelingAnalysis {
        var analysis = analyzer.analysis(accuracies: learned.model.estimatedAccuracies)
        analysis.belowMinimumProbability = assembly.belowMinimumProbability
        analysis.emptied = assembly.emptied
        return analysis
    }
}
