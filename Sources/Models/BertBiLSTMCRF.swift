import ClinicalText
import Essentials
import SequenceInference
import Torch
import TorchNN

/// The tagger's network: encoder, first piece of each word, bidirectional LSTM, linear map to tags, and a linear-chain
/// CRF over the words.
///
/// W words of all sequences together, K tags. The CRF is no part of the tape: its exact gradient by the emissions
/// starts the backward pass. What the chain knows of a document's ends counts only in windows that touch them.
public final class BertBiLSTMCRF {
    /// The sizes and dropout of what stands above the encoder.
    public struct Head: Hashable, Sendable, Codable {
        /// LSTM units a direction; 0 leaves the LSTM out.
        public var lstmUnits: Int
        /// The dropout before and after the LSTM, while training.
        public var dropout: Double

        /// How the words' scores become tags.
        public var decoder: Decoder

        /// Makes a head.
        public init(lstmUnits: Int = 200, dropout: Double = 0.1, decoder: Decoder = .crf) {
            self.lstmUnits = lstmUnits
            self.dropout = dropout
            self.decoder = decoder
        }

        /// Reads a head; taggers from before there was a choice have a CRF.
        public init(from decoder: any Swift.Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            lstmUnits = try values.decode(Int.self, forKey: .lstmUnits)
            dropout = try values.decode(Double.self, forKey: .dropout)
            self.decoder = try values.decodeIfPresent(Decoder.self, forKey: .decoder) ?? .crf
        }
    }

    /// How scores of words become tags.
    public enum Decoder: String, Hashable, Sendable, Codable, CaseIterable {
        /// A linear-chain CRF with learned transitions.
        case crf
        /// Each word alone, by softmax; in use, tags that cannot follow each other are still ruled out.
        case softmax
    }

    /// All parameters: below `bert.`, `lstm.`, `classifier.` and `crf.`.
    public let parameters: Parameters
    /// The tags.
    public let scheme: TagScheme
    /// What stands above the encoder.
    public let head: Head
    private let bert: Bert
    private let inputDropout: Dropout
    private let lstm: BidirectionalLSTM?
    private let outputDropout: Dropout
    private let classifier: Linear
    /// What the CRF has learned; nothing where each word is decoded alone.
    private let crf: (transitions: Tensor, startTransitions: Tensor, endTransitions: Tensor)?

    /// The sizes of its encoder.
    public var configuration: BertConfiguration { bert.configuration }

    /// Whether a parameter belongs to the encoder; encoder and head are trained at different rates.
    public static func isEncoderParameter(_ name: String) -> Bool { name.hasPrefix("bert.") }

    /// A new network, all weights made from the seed.
    public convenience init(configuration: BertConfiguration, scheme: TagScheme, head: Head, seed: UInt64) throws {
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: seed))
        try self.init(
            root, bert: Bert(root / "bert", configuration: configuration), scheme: scheme, head: head)
    }

    /// A new linear head on an encoder in training, which it shares; only the head is among the parameters.
    public convenience init(probing encoder: BertForMaskedLM, scheme: TagScheme, seed: UInt64) throws {
        try self.init(
            Scope(parameters: Parameters(), generator: SeededGenerator(seed: seed)), bert: encoder.bert,
            scheme: scheme, head: Head(lstmUnits: 0, dropout: 0, decoder: .softmax))
    }

    /// A new head, made from the seed, on the encoder of a model folder.
    ///
    /// - Throws: ``FileError``, ``ModelError`` or ``CheckpointError``.
    public convenience init(encoderFolder path: String, scheme: TagScheme, head: Head, seed: UInt64) throws {
        let folder = EncoderFolder(path: path)
        let configuration = try folder.configuration()
        let file = try folder.weights()
        try folder.checkVocabulary(against: configuration, of: file)
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: seed))
        let bert = try Bert(EncoderFolder.encoderScope(root, file: file), configuration: configuration)
        try self.init(root, bert: bert, scheme: scheme, head: head)
        try folder.checkNothingLeft(in: file, leavingOut: ["cls."] + EncoderFolder.headsOfTasks)
    }

    /// Loads the network of a tagger folder.
    ///
    /// - Throws: ``FileError``, ``ModelError`` or ``CheckpointError``.
    public convenience init(taggerFolder path: String) throws {
        let folder = EncoderFolder(path: path)
        let settings = try TaggerSettings(contentsOf: "\(path)/\(TaggerSettings.fileName)")
        let configuration = try folder.configuration()
        let file = try folder.weights()
        try folder.checkVocabulary(against: configuration, of: file)
        let root = Scope(parameters: Parameters(), generator: SeededGenerator(seed: 0)).loading(from: file, at: "")
        try self.init(
            root, bert: Bert(root / "bert", configuration: configuration),
            scheme: TagScheme(types: settings.entityTypes), head: settings.head)
        try folder.checkNothingLeft(in: file)
    }

    private init(_ root: Scope, bert: Bert, scheme: TagScheme, head: Head) throws {
        parameters = root.parameters
        self.scheme = scheme
        self.head = head
        self.bert = bert
        var width = bert.configuration.hiddenSize
        inputDropout = Dropout(root, "words.dropout", probability: head.dropout)
        if head.lstmUnits > 0 {
            lstm = try BidirectionalLSTM(root / "lstm", inputs: width, units: head.lstmUnits)
            width = 2 * head.lstmUnits
        } else {
            lstm = nil
        }
        outputDropout = Dropout(root, "lstm.dropout", probability: head.dropout)
        classifier = try Linear(root / "classifier", inputs: width, outputs: scheme.count)
        guard head.decoder == .crf else {
            crf = nil
            return
        }
        // pytorch-crf's initialization and names.
        let scope = root / "crf"
        let initial = Scope.Initial.uniform(bound: 0.1)
        crf = (
            try scope.parameter("transitions", shape: [scheme.count, scheme.count], initial: initial),
            try scope.parameter("start_transitions", shape: [scheme.count], initial: initial),
            try scope.parameter("end_transitions", shape: [scheme.count], initial: initial)
        )
    }

    /// The encoder's vectors of the words, those of their first pieces; [W, H].
    public func words(_ batch: PackedBatch, _ mode: ForwardMode) -> Tensor {
        bert(batch, mode).rows(at: Tensor(batch.firstPieces))
    }

    /// The tags' scores for vectors of the width that the linear map takes, without dropout; [W, K].
    public func classify(_ words: Tensor) -> Tensor { classifier(words) }

    /// The tags' scores for each word before the chain, [W, K].
    public func emissions(_ batch: PackedBatch, _ mode: ForwardMode) -> Tensor {
        var words = words(batch, mode)
        if let lstm { words = lstm(inputDropout(words, mode), lengths: batch.wordCounts) }
        return classifier(outputDropout(words, mode))
    }

    /// The chain with today's parameters, over a whole document or over a window that does not touch its ends.
    ///
    /// The scheme's rules always hold between words; its rule for a first tag and the scores of the ends only at the
    /// document's ends, because a window may begin in the middle of an entity.
    public func chain(startsDocument: Bool = true, endsDocument: Bool = true) -> LinearChainCRF {
        chain(startsDocument: startsDocument, endsDocument: endsDocument, isConstrained: true)
    }

    private func chain(startsDocument: Bool, endsDocument: Bool, isConstrained: Bool) -> LinearChainCRF {
        let count = scheme.count
        let nothing = [Float](repeating: 0, count: count)
        return LinearChainCRF(
            tagCount: count, transitions: crf?.transitions.floats() ?? [Float](repeating: 0, count: count * count),
            startTransitions: startsDocument ? crf?.startTransitions.floats() ?? nothing : nothing,
            endTransitions: endsDocument ? crf?.endTransitions.floats() ?? nothing : nothing,
            constraints: TransitionConstraints(
                tagCount: count, canStart: { !isConstrained || !startsDocument || scheme.canStart(with: $0) },
                canFollow: { !isConstrained || scheme.canFollow($0, with: $1) }))
    }

    /// The mean negative log likelihood a word of `tags` (one a word of the batch), whose gradients are added up.
    ///
    /// - Parameters:
    ///   - weights: how much each sequence counts; all the same by default.
    ///   - words: what the sum over words is divided by, if not by the words of this batch; for gradients that are
    ///     added up over several batches.
    public func addGradients(
        of batch: PackedBatch, tags: [Int], weights: [Float]? = nil, words: Int? = nil, _ mode: ForwardMode
    ) -> Double {
        precondition(tags.count == batch.wordCount, "\(tags.count) tags for \(batch.wordCount) words")
        let count = scheme.count
        if tags.isEmpty { return 0 }
        let divisor = Float(words ?? batch.wordCount)
        let emissions = emissions(batch, mode)
        let emissionsGradient = Tensor.zeros([batch.wordCount, count])
        let ends = DocumentEnds(batch)
        var chains = ends.kinds.map { kind in
            (
                // Without transitions and rules the likelihood of the chain is the product of the words' softmax.
                chain: chain(startsDocument: kind.starts, endsDocument: kind.ends, isConstrained: crf != nil),
                gradient: LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: count)
            )
        }
        var loss = 0.0
        emissions.withFloats { scores in
            emissionsGradient.withMutableFloats { slopes in
                var word = 0
                for (sequence, length) in batch.wordCounts.enumerated() where length > 0 {
                    let weight = (weights?[sequence] ?? 1) / divisor
                    let range = word * count..<(word + length) * count
                    let kind = ends.kindOfSequence[sequence]
                    let logLikelihood = chains[kind].chain.addLogLikelihoodGradient(
                        emissions: UnsafeBufferPointer(rebasing: scores[range]), tags: tags[word..<word + length],
                        weight: -weight, emissionsGradient: UnsafeMutableBufferPointer(rebasing: slopes[range]),
                        gradient: &chains[kind].gradient)
                    loss -= Double(weight) * logLikelihood
                    word += length
                }
            }
        }
        emissions.backward(gradient: emissionsGradient)
        if let crf {
            for (kind, entry) in zip(ends.kinds, chains) {
                add(entry.gradient.transitions, to: crf.transitions)
                if kind.starts { add(entry.gradient.startTransitions, to: crf.startTransitions) }
                if kind.ends { add(entry.gradient.endTransitions, to: crf.endTransitions) }
            }
        }
        return loss
    }

    private func add(_ gradient: [Float], to parameter: Tensor) {
        guard parameter.requiresGradient else { return }
        let sum = parameter.grad ?? .zeros(parameter.shape)
        sum.withMutableFloats { values in
            for index in values.indices { values[index] += gradient[index] }
        }
        parameter.grad = sum
    }
}

/// Which of a document's ends the sequences of a batch touch: at most four kinds, in a fixed order.
private struct DocumentEnds {
    let kinds: [(starts: Bool, ends: Bool)] = [(true, true), (true, false), (false, true), (false, false)]
    let kindOfSequence: [Int]

    init(_ batch: PackedBatch) {
        kindOfSequence = zip(batch.startsDocument, batch.endsDocument).map { ($0 ? 0 : 2) + ($1 ? 0 : 1) }
    }
}
