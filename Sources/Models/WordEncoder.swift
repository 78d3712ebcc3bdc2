import Torch
import TorchNN

/// Makes the vectors of words: the encoder's of their pieces, and beside it those of their characters and features.
///
/// N pieces and W words of all sequences together, H values a piece.
struct WordEncoder {
    private enum Pieces {
        case bert(Bert, mix: (weights: Tensor, scale: Tensor)?)
        case embeddings(Embedding, Dropout)
    }

    /// How many values a word's vector has.
    let width: Int
    private let pieces: Pieces
    private let pooling: TaggerArchitecture.Pooling
    private let characters: CharacterEncoder?
    private let featureCount: Int

    /// An encoder whose own parameters stand at `root` and whose encoder's at `encoderScope`.
    init(
        _ root: Scope, encoderScope: Scope, configuration: BertConfiguration, architecture: TaggerArchitecture
    ) throws {
        switch architecture.encoder {
        case .bert:
            try self.init(
                root, bert: Bert(encoderScope, configuration: configuration), architecture: architecture)
        case .embeddings:
            let table = try Embedding(
                encoderScope / "embeddings" / "word_embeddings", count: configuration.vocabularySize,
                width: configuration.hiddenSize)
            let dropout = Dropout(root, "pieces.dropout", probability: architecture.dropout)
            try self.init(
                root, pieces: .embeddings(table, dropout), width: configuration.hiddenSize, architecture: architecture)
        }
    }

    /// An encoder on a BERT that stands elsewhere.
    init(_ root: Scope, bert: Bert, architecture: TaggerArchitecture) throws {
        var mix: (Tensor, Tensor)?
        if architecture.layers == .mixed {
            let scope = root / "layers"
            mix = (
                try scope.parameter("weights", shape: [bert.stateCount], initial: .constant(0)),
                try scope.parameter("scale", shape: [1], initial: .constant(1))
            )
        }
        try self.init(
            root, pieces: .bert(bert, mix: mix), width: bert.configuration.hiddenSize, architecture: architecture)
    }

    private init(_ root: Scope, pieces: Pieces, width: Int, architecture: TaggerArchitecture) throws {
        self.pieces = pieces
        pooling = architecture.pooling
        characters =
            architecture.characterUnits > 0
            ? try CharacterEncoder(root / "characters", units: architecture.characterUnits) : nil
        featureCount = architecture.features.count
        self.width = width + 2 * architecture.characterUnits + featureCount
    }

    /// The vectors of the words, [W, width].
    func callAsFunction(_ batch: PackedBatch, _ mode: ForwardMode) -> Tensor {
        var parts = [pooled(hidden(batch, mode), batch)]
        if let characters { parts.append(characters(batch.inputs)) }
        if featureCount > 0 { parts.append(features(of: batch.inputs)) }
        return .sideBySide(parts)
    }

    /// The vectors of the pieces, [N, H].
    private func hidden(_ batch: PackedBatch, _ mode: ForwardMode) -> Tensor {
        switch pieces {
        case .bert(let bert, nil): bert(batch, mode)
        case .bert(let bert, let mix?): .mix(bert.states(batch, mode), weights: mix.weights, scale: mix.scale)
        case .embeddings(let table, let dropout): dropout(table(Tensor(batch.ids)), mode)
        }
    }

    private func pooled(_ hidden: Tensor, _ batch: PackedBatch) -> Tensor {
        switch pooling {
        case .first: hidden.rows(at: Tensor(batch.firstPieces))
        case .mean: hidden.meanRows(starts: batch.firstPieces.map { Int($0) }, counts: batch.pieceCounts)
        }
    }

    /// One for each feature that holds, zero for the others; [W, features].
    private func features(of inputs: WordInputs) -> Tensor {
        var values = [Float](repeating: 0, count: inputs.count * featureCount)
        for word in 0..<inputs.count {
            for feature in inputs.features[inputs.featureStarts[word]..<inputs.featureStarts[word + 1]] {
                values[word * featureCount + Int(feature)] = 1
            }
        }
        return Tensor(values, shape: [inputs.count, featureCount])
    }
}
