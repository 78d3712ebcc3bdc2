import Lexicons

/// Words that negate what stands behind or before them, in the manner of NegEx.
///
/// Source: W. Chapman et al., "A simple algorithm for identifying negated findings and diseases in discharge
/// summaries", Journal of Biomedical Informatics 34 (2001).
public struct NegationCues: Sendable {
    /// Which way a cue works.
    public enum Direction: String, CaseIterable, Sendable {
        /// What follows is negated: `denies`, `no evidence of`.
        case forward
        /// What precedes is negated: `was ruled out`.
        case backward
        /// Looks like a cue and negates nothing: `no change`, `not only`.
        case pseudo
    }

    /// The cues as a lexicon, without types.
    public let lexicon: Lexicon
    /// The direction of each of the lexicon's entries.
    public let directions: [Direction]

    /// Reads a tab-separated table with the columns `cue` and `direction`.
    ///
    /// - Throws: ``SourceFileError``, or `FileError` when the file is missing.
    public static func read(_ path: String) throws -> NegationCues {
        let (lexicon, directions) = try Lexicon.readMarked(
            path, term: "cue", mark: "direction", marks: Direction.allCases)
        return NegationCues(lexicon: lexicon, directions: directions)
    }
}
