/// What a posting says about its term: the kind of variant that its words are, and what must be compared.
struct PostingMarks: Sendable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(variant: MatchVariant, isCaseSensitive: Bool, isInflected: Bool, isHyphenated: Bool) {
        rawValue = variant.number | (isCaseSensitive ? 8 : 0) | (isInflected ? 16 : 0) | (isHyphenated ? 32 : 0)
    }

    var variant: MatchVariant { MatchVariant(number: rawValue & 7) }
    var isCaseSensitive: Bool { rawValue & 8 != 0 }
    var isInflected: Bool { rawValue & 16 != 0 }
    var isHyphenated: Bool { rawValue & 32 != 0 }
}
