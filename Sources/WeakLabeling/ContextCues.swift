import Lexicons

/// Words that say how what stands behind or before them is meant: negated, possible, hypothetical, past, somebody else's.
///
/// Source: H. Harkema et al., "ConText: an algorithm for determining negation, experiencer, and temporal status from
/// clinical reports", Journal of Biomedical Informatics 42 (2009).
public struct ContextCues: Sendable {
    /// Which way a cue works.
    public enum Direction: String, CaseIterable, Sendable {
        /// It speaks of what follows: `denies`, `no evidence of`.
        case forward
        /// It speaks of what precedes: `was ruled out`.
        case backward
        /// It speaks of both sides.
        case both
        /// It looks like a cue and is none: `no change`, `not only`.
        case pseudo
    }

    /// What a cue does.
    public struct Meaning: Hashable, Sendable {
        /// The context of what it speaks of; nothing if it ends the scope of other cues.
        public var context: AssertionContext?
        /// Which way it works.
        public var direction: Direction
    }

    /// The cues as a lexicon, without types; each cue once.
    public let lexicon: Lexicon
    /// What each of the lexicon's entries does.
    public let meanings: [[Meaning]]

    /// What stands in the table for a cue that ends scopes.
    static let terminator = "terminator"

    /// Reads a tab-separated table with the columns `cue`, `context` and `direction`; a cue with several meanings has
    /// several lines.
    ///
    /// - Throws: ``SourceFileError``, or `FileError` when the file is missing.
    public static func read(_ path: String) throws -> ContextCues {
        let (lines, marks) = try Lexicon.readMarked(
            path, term: "cue",
            marks: [
                (column: "context", values: AssertionContext.allCases.map(\.rawValue) + [terminator]),
                (column: "direction", values: Direction.allCases.map(\.rawValue)),
            ])
        var places: [String: Int] = [:]
        var entries: [LexiconEntry] = []
        var meanings: [[Meaning]] = []
        for (entry, mark) in zip(lines.entries, marks) {
            let meaning = Meaning(
                context: AssertionContext(rawValue: mark[0]), direction: Direction(rawValue: mark[1]) ?? .pseudo)
            if let place = places[entry.term.lowercased()] {
                meanings[place].append(meaning)
            } else {
                places[entry.term.lowercased()] = entries.count
                entries.append(entry)
                meanings.append([meaning])
            }
        }
        return ContextCues(
            lexicon: Lexicon(name: lines.name, entries: entries, path: path), meanings: meanings)
    }
}
