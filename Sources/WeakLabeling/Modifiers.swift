import Lexicons

/// Words that belong to a mention they stand beside: `severe` before a disease, `bilaterally` behind a finding.
public struct Modifiers: Sendable {
    /// On which side of the mention a modifier stands.
    public enum Side: String, CaseIterable, Sendable {
        /// `acute` pancreatitis.
        case before
        /// Glipizide `XL`.
        case after
    }

    /// The modifiers as a lexicon, without types.
    public let lexicon: Lexicon
    /// The side of each of the lexicon's entries.
    public let sides: [Side]

    /// Reads a tab-separated table with the columns `modifier` and `side` and, if wanted, `flags`.
    ///
    /// - Throws: ``SourceFileError``, or `FileError` when the file is missing.
    public static func read(_ path: String) throws -> Modifiers {
        let (lexicon, sides) = try Lexicon.readMarked(path, term: "modifier", mark: "side", marks: Side.allCases)
        return Modifiers(lexicon: lexicon, sides: sides)
    }
}
