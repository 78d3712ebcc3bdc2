import Tokenization

/// How long notes are cut into overlapping windows, the same in adaptation, training and tagging.
public struct WindowConfiguration: ConfigurationSection {
    /// The longest window in pieces, `[CLS]` and `[SEP]` counted.
    public var maxPieces = 128
    /// How many pieces neighbors share.
    public var overlap = 32

    /// The default layout.
    public init() {}

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(
            ("maxPieces", maxPieces >= 3, "3 or more: [CLS], [SEP] and one piece"),
            ("overlap", overlap >= 0, "0 or more"))
    }

    /// The layout as the tokenization knows it.
    public var layout: WindowLayout { WindowLayout(maxPieces: maxPieces, overlap: overlap) }
}
