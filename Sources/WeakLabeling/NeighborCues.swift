import Lexicons

/// Words that tell what stands beside them: a disease behind `history of`, a drug behind `started on`, a drug before a
/// dosage.
public struct NeighborCues: Sendable {
    /// What a cue tells.
    public struct Meaning: Hashable, Sendable {
        /// On which side of the mention the cue stands.
        public var side: Side
        /// The mention's type.
        public var type: String
    }

    /// The cues that are words, as a lexicon without types.
    public let lexicon: Lexicon
    /// What each of the lexicon's entries tells.
    public let meanings: [Meaning]
    /// What a mention of a type tells, for the cues that are written `<Type>`.
    public let mentionCues: [(type: String, meaning: Meaning)]
    /// Where the table was read from.
    public let path: String
    /// For each entry, then for each of ``mentionCues``, its line.
    let lines: [Int]

    /// Reads a tab-separated table with the columns `cue`, `side` and `type`; a cue `<Dosage>` is any mention of a type.
    ///
    /// - Throws: ``SourceFileError``, or `FileError` when the file is missing.
    public static func read(_ path: String) throws -> NeighborCues {
        let (all, marks) = try Lexicon.readMarked(
            path, term: "cue",
            marks: [(column: "side", values: Side.allCases.map(\.rawValue)), (column: "type", values: [])])
        var entries: [LexiconEntry] = []
        var meanings: [Meaning] = []
        var mentionCues: [(type: String, meaning: Meaning)] = []
        var mentionLines: [Int] = []
        for (entry, mark) in zip(all.entries, marks) {
            let meaning = Meaning(side: Side(rawValue: mark[0]) ?? .before, type: mark[1])
            if entry.term.hasPrefix("<"), entry.term.hasSuffix(">") {
                mentionCues.append((String(entry.term.dropFirst().dropLast()), meaning))
                mentionLines.append(entry.line)
            } else {
                entries.append(entry)
                meanings.append(meaning)
            }
        }
        return NeighborCues(
            lexicon: Lexicon(name: all.name, entries: entries, path: path), meanings: meanings,
            mentionCues: mentionCues, path: path, lines: entries.map(\.line) + mentionLines)
    }
}
