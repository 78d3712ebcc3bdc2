import ClinicalText
import Essentials
import Evaluation
import LabelModels

/// Labels documents with weak sources: functions vote, a label model weighs the votes, runs of tokens become mentions,
/// and abbreviations and variants of these, wherever they stand, become mentions too.
///
/// The label model counts votes for a token and a type; where an entity begins is decided by the votes for its type.
public struct SilverLabeler: Sendable {
    /// The entity types of the experiment.
    public let types: [String]
    /// The functions, those that build on others behind these.
    public let functions: [any LabelingFunction]

    let configuration: LabelingConfiguration
    let layers: FunctionLayers
    private let strengths: [Double]

    /// Reads and compiles what the configuration names; paths are relative to `folder`.
    ///
    /// - Parameter predictions: the documents of each of the configuration's predictions.
    /// - Throws: ``WeakLabelingError``, `SourceFileError` or `FileError`, each naming file and line or key.
    public init(
        configuration: LabelingConfiguration, relativeTo folder: String, types: [String],
        predictions: [[Document]] = []
    ) throws {
        layers = try FunctionLayers(configuration, types: types, predictions: predictions) { name in
            name.hasPrefix("/") || folder.isEmpty ? name : "\(folder)/\(name)"
        }
        functions = layers.all
        strengths = functions.map { configuration.strengths[$0.name] ?? 1 }
        self.types = types
        self.configuration = configuration
    }

    /// Replaces the documents' entities by silver ones.
    ///
    /// - Parameters:
    ///   - gold: for some document ids the true entities, which are only compared with.
    ///   - anchors: documents with true entities, which the hidden Markov model is held to; they get no silver labels.
    /// - Throws: ``WeakLabelingError``.
    public func label(
        _ documents: [SegmentedDocument], gold: [String: [Entity]] = [:], anchors: [SegmentedDocument] = []
    ) throws -> SilverResult {
        let votes = try votes(on: documents)
        var labeling = SilverLabeling(
            self, learned: learned(from: votes, of: documents, anchors: try self.anchors(anchors)))
        let (silver, tokens) = labeling.label(documents, votes: votes, gold: gold)
        return SilverResult(documents: silver, analysis: labeling.analysis, tokens: tokens)
    }

    // MARK: From votes to mentions

    /// The votes that count, and what the label model makes of them.
    struct Combination {
        var votes: [DocumentVotes]
        var combined: CombinedVotes
    }

    /// What was learned from the votes on some documents.
    struct Learned: Sendable {
        var model: LearnedLabelModel
        /// What is labeled in these documents, where the configuration asks for it.
        var consistency: SurfaceConsistency?
    }

    /// Learns from the votes on documents.
    ///
    /// - Parameter anchors: the votes on documents whose true mentions are known, and these.
    func learned(
        from allVotes: [DocumentVotes], of documents: [SegmentedDocument],
        anchors: [(votes: DocumentVotes, gold: [LabeledSpan])] = []
    ) -> Learned {
        let votes = counted(allVotes + anchors.map(\.votes))
        let gold = Dictionary(uniqueKeysWithValues: anchors.enumerated().map { (allVotes.count + $0, $1.gold) })
        let model = LearnedLabelModel(
            configuration.labelModel, votes: votes, functionCount: functions.count, labelCount: types.count + 1,
            correlationDiscount: configuration.correlationDiscount, gold: gold)
        guard configuration.corpusConsistency else { return Learned(model: model) }
        var assembly = SilverEntities(types: types, minimumProbability: configuration.minimumProbability)
        let own = Array(votes.prefix(allVotes.count))
        let found = modeled(Combination(votes: own, combined: model.combined(own)), in: documents, by: &assembly)
        let mentions = stages.closed(found, of: documents)
        return Learned(
            model: model, consistency: SurfaceConsistency(documents, mentions: mentions.map { $0.map(\.plain) }))
    }

    /// The votes that count, and what the label model makes of them.
    func combination(of allVotes: [DocumentVotes], by learned: Learned) -> Combination {
        let votes = counted(allVotes)
        return Combination(votes: votes, combined: learned.model.combined(votes))
    }

    private func counted(_ votes: [DocumentVotes]) -> [DocumentVotes] {
        configuration.prefersLongerVotes ? votes.map { $0.withoutPartsOfLongerVotes() } : votes
    }

    /// The mentions that are probable enough, with those that abbreviations and variants add.
    func mentions(
        of combination: Combination, in documents: [SegmentedDocument], by assembly: inout SilverEntities,
        consistency: SurfaceConsistency?
    ) -> [[SilverMention]] {
        stages.completed(modeled(combination, in: documents, by: &assembly), of: documents, consistency: consistency)
    }

    private var stages: SilverStages {
        SilverStages(
            closesAbbreviations: configuration.abbreviationClosure,
            compounds: Set(types.indices.filter { layers.compoundTypes.contains(types[$0]) }.map { $0 + 1 }))
    }

    /// The mentions that the label model's labels make, as far as they are probable enough.
    private func modeled(
        _ combination: Combination, in documents: [SegmentedDocument], by assembly: inout SilverEntities
    ) -> [[SilverMention]] {
        documents.enumerated().map { index, document in
            let found = assembly.mentions(
                in: document, votes: combination.votes[index], labels: combination.combined.labels[index],
                probabilities: combination.combined.probabilities[index])
            return assembly.probable(found)
        }
    }

    func anchors(_ documents: [SegmentedDocument]) throws -> [(votes: DocumentVotes, gold: [LabeledSpan])] {
        guard configuration.labelModel == .hmm, !documents.isEmpty else { return [] }
        let scheme = TagScheme(types: types)
        return zip(try votes(on: documents), documents).map { votes, document in
            let mentions = Mention.all(of: document.document.entities, in: document, scheme: scheme).mentions
            return (votes, mentions.map { LabeledSpan(tokens: $0.tokens, label: $0.label, probability: 1) })
        }
    }

    /// What is known of each token, where the stages' mentions are as probable as they say.
    func tokens(
        of combination: Combination, mentions: [[SilverMention]], in documents: [SegmentedDocument]
    ) -> [TokenLabels] {
        documents.enumerated().map { index, document in
            let votes = combination.votes[index]
            var distribution = combination.combined.distributions[index]
            var isUnknown = (0..<votes.tokenCount).map { !votes.hasVotes(on: $0) }
            let count = types.count + 1
            for mention in mentions[index] where mention.evidence != nil {
                for token in mention.tokens {
                    for label in 0..<count { distribution[token * count + label] = 0 }
                    distribution[token * count + mention.label] = mention.probability
                    distribution[token * count] = 1 - mention.probability
                    isUnknown[token] = false
                }
            }
            return TokenLabels(
                document: document.document.id, spans: document.segmentation.tokens.map(\.span), labelCount: count,
                probabilities: distribution, isUnknown: isUnknown)
        }
    }

    // MARK: Votes

    /// The votes on each document; documents are independent of each other and shared out over the processors.
    func votes(on documents: [SegmentedDocument]) throws -> [DocumentVotes] {
        try documents.concurrentMap { try votes(on: $0) }
    }

    private func votes(on document: SegmentedDocument) throws -> DocumentVotes {
        var context = try layers.resources.context(of: document)
        var casts: [DocumentVotes.Cast] = []
        var column = 0
        for layer in layers.layers {
            var votes: [Vote] = []
            for function in layer {
                for var vote in try function.votes(on: context) {
                    vote.strength *= strengths[column]
                    casts.append(cast(vote, column))
                    votes.append(vote)
                }
                column += 1
            }
            context.add(votes)
        }
        return DocumentVotes(
            tokenCount: document.segmentation.tokens.count, casts: casts, contexts: context.contexts,
            abbreviations: context.abbreviations)
    }

    private func cast(_ vote: Vote, _ column: Int) -> DocumentVotes.Cast {
        func label(_ type: String) -> Int { (types.firstIndex(of: type) ?? -1) + 1 }
        return switch vote.claim {
        case .type(let type): DocumentVotes.Cast(function: column, label: label(type), vote: vote)
        case .outside: DocumentVotes.Cast(function: column, label: LabelMatrix.outside, vote: vote)
        case .against(let type):
            DocumentVotes.Cast(function: column, label: label(type), isAgainst: true, vote: vote)
        }
    }
}
