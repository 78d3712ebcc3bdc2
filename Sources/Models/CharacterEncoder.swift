import Torch
import TorchNN

/// The vector of a word from its characters: the last states of an LSTM in both directions.
///
/// Source: G. Lample and others, "Neural architectures for named entity recognition", NAACL 2016.
struct CharacterEncoder {
    private static let embeddingWidth = 32

    private let embedding: Embedding
    private let lstm: BidirectionalLSTM
    private let units: Int

    /// An encoder of `units` units a direction.
    init(_ scope: Scope, units: Int) throws {
        embedding = try Embedding(
            scope / "embeddings", count: CharacterInventory.count, width: Self.embeddingWidth)
        lstm = try BidirectionalLSTM(scope / "lstm", inputs: Self.embeddingWidth, units: units)
        self.units = units
    }

    /// The words' vectors, [W, 2 · units].
    func callAsFunction(_ inputs: WordInputs) -> Tensor {
        let starts = inputs.characterStarts
        let lengths = zip(starts, starts.dropFirst()).map { $1 - $0 }
        let states = lstm(embedding(Tensor(inputs.characters.map(Int64.init))), lengths: lengths)
        // The forward direction has read the word at its last character, the reverse one at its first.
        let lasts = Tensor(starts.dropFirst().map { Int64($0 - 1) })
        let firsts = Tensor(starts.dropLast().map(Int64.init))
        return .sideBySide([
            states.columns(0..<units).rows(at: lasts), states.columns(units..<2 * units).rows(at: firsts),
        ])
    }
}
