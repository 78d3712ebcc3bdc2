/// One token's tag: `B-Disease`, `I-Disease`, `O`, and the letters of other schemes.
struct EntityTag: Equatable {
    /// What the letter says, whatever the scheme calls it.
    enum Position {
        /// `O`.
        case outside
        /// `B`: the first token of a mention.
        case begin
        /// `I`, or `M`: a further token.
        case inside
        /// `E`, or `L`: the last token.
        case end
        /// `S`, or `U` and `W`: the only token.
        case single
    }

    /// The type of mentions in files whose tags are bare letters.
    static let bareType = "Mention"
    static let outside = EntityTag(position: .outside, type: "")

    let position: Position
    /// Empty outside.
    let type: String

    init(position: Position, type: String) {
        self.position = position
        self.type = type
    }

    /// The tag that some bytes spell; nothing if they are none.
    init?(_ bytes: some BidirectionalCollection<UInt8>) {
        guard let first = bytes.first, let position = Self.position(of: first) else { return nil }
        let rest = bytes.dropFirst()
        if rest.isEmpty {
            self.init(position: position, type: position == .outside ? "" : Self.bareType)
            return
        }
        guard position != .outside, rest.count > 1, rest.first == UInt8(ascii: "-") else { return nil }
        self.init(position: position, type: String(decoding: rest.dropFirst(), as: UTF8.self))
    }

    /// Whether a mention starts with it whatever stands before.
    var isStart: Bool { position == .begin || position == .single }

    /// Whether a mention ends with it whatever follows.
    var isEnd: Bool { position == .end || position == .single }

    private static func position(of letter: UInt8) -> Position? {
        switch letter {
        case UInt8(ascii: "O"): .outside
        case UInt8(ascii: "B"): .begin
        case UInt8(ascii: "I"), UInt8(ascii: "M"): .inside
        case UInt8(ascii: "E"), UInt8(ascii: "L"): .end
        case UInt8(ascii: "S"), UInt8(ascii: "U"), UInt8(ascii: "W"): .single
        default: nil
        }
    }
}
