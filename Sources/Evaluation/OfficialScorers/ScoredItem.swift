import ClinicalText

/// What n2c2 2018, track 2, scores: mentions and links between them.
protocol ScoredItem {
    /// The type by which results are split.
    var type: String { get }
    /// What must be equal under any rule.
    var key: [String] { get }
    /// What must be equal, or overlap, depending on the rule.
    var spans: [TextSpan] { get }

    /// What counts as a match, in words.
    static func rule(_ mode: LenientPairing.Mode) -> String
}

/// A mention, by its hull.
struct ScoredMention: ScoredItem {
    let type: String
    let span: TextSpan

    var key: [String] { [type] }
    var spans: [TextSpan] { [span] }

    static func rule(_ mode: LenientPairing.Mode) -> String {
        mode == .strict ? "same type, start and end" : "same type and a common character; one prediction a gold mention"
    }
}

/// A link of two mentions.
struct ScoredLink: ScoredItem {
    let type: String
    let first: ScoredMention
    let second: ScoredMention

    var key: [String] { [type, first.type, second.type] }
    var spans: [TextSpan] { [first.span, second.span] }

    static func rule(_ mode: LenientPairing.Mode) -> String {
        "same type, and both mentions match: \(ScoredMention.rule(mode))"
    }
}
