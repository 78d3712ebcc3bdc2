import Foundation

@testable import Lexicons

/// A match as tests compare it.
struct FoundTerm: Hashable, CustomStringConvertible {
    var lexicon: String
    var surface: String
    var term: String
    var variant: MatchVariant

    var description: String { "\(lexicon): \(surface) = \(term) (\(variant))" }
}

/// What a matcher finds in a normalized text.
func found(_ matcher: LexiconMatcher, _ text: String) -> [FoundTerm] {
    var text = text
    return text.withUTF8 { bytes in
        let words = FoldedWords(normalized: bytes)
        return matcher.matches(in: words, text: bytes).map { match in
            let span = words.span(of: match.tokens.lowerBound).start..<words.span(of: match.tokens.upperBound - 1).end
            return FoundTerm(
                lexicon: matcher.lexicons[match.lexicon].name, surface: String(decoding: bytes[span], as: UTF8.self),
                term: matcher.lexicons[match.lexicon].entries[match.entry].term, variant: match.variant)
        }
    }
}

/// A lexicon of terms; one that begins with `=` is case-sensitive.
func lexicon(_ terms: [String], name: String = "l") -> Lexicon {
    Lexicon(
        name: name,
        entries: terms.enumerated().map { index, term in
            LexiconEntry(
                term: term.hasPrefix("=") ? String(term.dropFirst()) : term, type: "T",
                isCaseSensitive: term.hasPrefix("="), line: index + 2)
        })
}

/// The same lexicon, written to a file in `folder` and mapped.
func mapped(_ lexicon: Lexicon, in folder: String) throws -> Lexicon {
    let path = "\(folder)/\(lexicon.name).lexicon"
    try LexiconStore.write(lexicon.entries, to: path, origin: "tests")
    return Lexicon(name: lexicon.name, store: try LexiconStore(path: path))
}
