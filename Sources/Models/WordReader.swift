import ClinicalText
import Tokenization

/// Turns documents into what a network reads: the windows with pieces, characters and features of their words.
public struct WordReader: Sendable {
    /// The tokenizer of the pieces.
    public let tokenizer: WordPieceTokenizer
    /// How documents are cut.
    public let windows: WindowLayout
    private let readsCharacters: Bool
    private let features: (any WordFeatureSource)?

    /// A reader for networks of an architecture.
    ///
    /// - Parameter features: where the architecture has features, what tells which hold.
    public init(
        tokenizer: WordPieceTokenizer, windows: WindowLayout, architecture: TaggerArchitecture,
        features: (any WordFeatureSource)? = nil
    ) {
        precondition(
            (features?.names ?? []) == architecture.features, "the network was made for other features")
        self.tokenizer = tokenizer
        self.windows = windows
        readsCharacters = architecture.characterUnits > 0
        self.features = features
    }

    /// The windows of a document, in order, each with what a network reads of it.
    ///
    /// - Throws: what the features' source throws.
    public func windows(of document: SegmentedDocument) throws -> [(window: Window, sequence: PackedBatch.Sequence)] {
        let encoded = tokenizer.encode(document)
        let inputs = try inputs(of: document)
        return windows.windows(of: encoded, sentences: document.segmentation.sentences).map { window in
            var sequence = PackedBatch.Sequence(window, of: encoded, layout: windows)
            sequence.inputs = inputs[window.words]
            return (window, sequence)
        }
    }

    private func inputs(of document: SegmentedDocument) throws -> WordInputs {
        let tokens = document.segmentation.tokens
        guard readsCharacters || features != nil else { return WordInputs(unseen: tokens.count) }
        let holding = try features?.features(of: document)
        var inputs = WordInputs()
        for (index, token) in tokens.enumerated() {
            inputs.append(
                characters: readsCharacters
                    ? CharacterInventory.numbers(of: document.document.text(of: token.span)) : [],
                features: holding?[index] ?? [])
        }
        return inputs
    }
}
