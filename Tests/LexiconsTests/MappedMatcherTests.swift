import Essentials
import Foundation
import TestSupport
import Testing

@testable import Lexicons

@Suite struct MappedMatcherTests {
    private static let vocabulary = [
        "pain", "chest", "acute", "left", "arm", "fever", "B12", "x-ray", "PO", "5", "mg", "haemorrhage", "tumour",
        "of", "the", ",", "Crohn's", "biopsies", "post-operative", "metoprolol", "Sjögren", "failure", "heart",
    ]
    private static let misspelled = ["metroprolol", "xray", "hemorrhage", "tumors", "biopsy", "postoperative", "crohn"]

    private static func phrase(_ count: ClosedRange<Int>, _ words: [String], _ generator: inout SeededGenerator)
        -> String
    {
        (0..<Int.random(in: count, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }
            .joined(separator: " ")
    }

    /// The obvious way: at each word the longest entry whose words follow, entry by entry.
    private static func slowly(_ lexicon: Lexicon, _ text: String) -> [String] {
        let terms = lexicon.entries.map { entry in
            let words = FoldedWords(term: entry.term)
            return (0..<words.count).map { words[$0] }
        }
        var text = text
        let words = text.withUTF8 { FoldedWords(normalized: $0) }
        let folded = (0..<words.count).map { words[$0] }
        var results: [String] = []
        var place = 0
        while place < folded.count {
            var best: (count: Int, entry: Int)?
            for (entry, term) in terms.enumerated() where !term.isEmpty && folded[place...].starts(with: term) {
                if term.count > best?.count ?? 0 { best = (term.count, entry) }
            }
            if let best { results.append("\(place)+\(best.count):\(best.entry)") }
            place += best?.count ?? 1
        }
        return results
    }

    private static func fast(_ matcher: LexiconMatcher, _ text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            matcher.matches(in: FoldedWords(normalized: bytes), text: bytes)
                .map { "\($0.tokens.lowerBound)+\($0.tokens.count):\($0.entry)" }
        }
    }

    @Test func aMappedMatcherFindsWhatTheObviousSearchFinds() throws {
        var generator = SeededGenerator(seed: 11)
        try withTemporaryFolder { folder in
            for round in 0..<150 {
                let terms = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
                    Self.phrase(1...4, Self.vocabulary, &generator)
                }
                let text = Self.phrase(80...80, Self.vocabulary + Self.misspelled, &generator)
                let memory = lexicon(terms)
                let file = try mapped(memory, in: folder)
                #expect(Self.fast(LexiconMatcher([file]), text) == Self.slowly(memory, text), "round \(round)")
            }
        }
    }

    @Test func memoryAndFileAgreeInEverything() throws {
        var generator = SeededGenerator(seed: 12)
        try withTemporaryFolder { folder in
            for round in 0..<60 {
                let lexicons = (0..<3).map { number in
                    lexicon(
                        (0..<12).map { _ in Self.phrase(1...3, Self.vocabulary, &generator) }, name: "l\(number)")
                }
                let text = Self.phrase(120...120, Self.vocabulary + Self.misspelled, &generator)
                let files = try lexicons.map { try mapped($0, in: folder) }
                for overlap in LexiconMatching.Overlap.allCases {
                    for variants in [[MatchVariant.exact], [.exact, .inflection], MatchVariant.allCases] {
                        let options = LexiconMatching(variants: Set(variants), overlap: overlap)
                        let expected = found(LexiconMatcher(lexicons, options: options), text)
                        #expect(found(LexiconMatcher(files, options: options), text) == expected, "round \(round)")
                        let mixed = [lexicons[0], files[1], lexicons[2]]
                        #expect(found(LexiconMatcher(mixed, options: options), text) == expected, "round \(round)")
                    }
                }
            }
        }
    }

    @Test func moreVariantsLoseNoMatch() throws {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<60 {
            let terms = lexicon((0..<12).map { _ in Self.phrase(1...3, Self.vocabulary, &generator) })
            let text = Self.phrase(120...120, Self.vocabulary + Self.misspelled, &generator)
            let few = Set(found(LexiconMatcher([terms], options: LexiconMatching(overlap: .all)), text))
            var options = LexiconMatching.allVariants
            options.overlap = .all
            #expect(few.isSubset(of: found(LexiconMatcher([terms], options: options), text)))
        }
    }
}
