import Lexicons

/// Words that belong to a mention they stand beside: `severe` before a disease, `bilaterally` behind a finding.
public struct Modifiers: Sendable {
    /// The modifiers as a lexicon, without types.
    public let lexicon: Lexicon
    /// On which side of the mention each of the lexicon's entries stands.
    public let sides: [Side]

    /// Reads a tab-separated table with the columns `modifier` and `side` and, if wanted, `flags`.
    ///
    /// - Throws: ``SourceFileError``, or `FileError` when the file is missing.
    public static func read(_ path: String) throws -> Modifiers {
        let (lexicon, marks) = try Lexicon.readMarked(
            path, term: "modifier", marks: [(column: "side", values: Side.allCases.map(\.rawValue))])
        return Modifiers(lexicon: lexicon, sides: marks.map { Side(rawValue: $0[0]) ?? .before })
    }
}
