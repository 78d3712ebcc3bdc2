import Dispatch
import Essentials
import Synchronization
import Testing

@testable import PatternMatching

@Suite struct PatternSetTests {
    private static let sources: [(source: String, ignoringCase: Bool)] = [
        (#"(?<![\w.])\d+(?:\.\d+)?\s?(?:mg|mcg|g|mL|units?)\b"#, true),
        (#"\bq\d{1,2}h\b(?! prn)"#, false),
        (#"(?<=chest )pain"#, false),
        (#"(\w+) \1"#, true),
        (#"\b\p{Lu}{2,5}\b"#, false),
        (#"\p{Greek}+"#, false),
        (#"(?(?=a)ab|c)"#, false),
        (#"x*"#, false),
        (#"\R"#, false),
        (#"(?>a+)b"#, true),
        (#"^\W*\w+"#, false),
        (#"kSß"#, true),
        (#"\bα-?\w+"#, true),
        (#"[^\x00-\x7F]+\d"#, false),
        (#"mg$"#, false),
        (#"(?x) \d+ \s* (?i: PO ) # by mouth"#, false),
        (#"(a(?:b|(?1))c)"#, false),
        (#"\p{N}\p{S}"#, false),
    ]

    private static func patterns() throws -> [Pattern] {
        try sources.map { try Pattern($0.source, ignoringCase: $0.ignoringCase) }
    }

    /// The obvious way: every pattern on every text.
    private static func oneByOne(_ patterns: [Pattern], _ text: String) throws -> [[PatternMatch]] {
        try patterns.map { try $0.matches(in: text) }
    }

    private static func grouped(_ set: PatternSet, _ text: String) throws -> [[PatternMatch]] {
        var result = [[PatternMatch]](repeating: [], count: set.patterns.count)
        for (pattern, match) in try set.matches(in: text) { result[pattern].append(match) }
        return result
    }

    @Test func theFilterChangesNoMatchOnRandomText() throws {
        let patterns = try Self.patterns()
        let set = PatternSet(patterns, filteringAfter: 0)
        let pieces = [
            "5", "12", " ", " ", "mg", "mL", "unit", "q6h", "prn", "chest pain", "pain", "PO", "po", "aab", "ab", "c",
            ".",
            "\n", "α-blocker", "Ω", "ß", "ſ", "K", "kSß", "\u{2028}", "½", "≥", "→", "é", "e\u{301}", "😀", "\u{13A0}",
            "\u{0561}", "\u{0342}", "\u{20BF}", "\u{1C80}", "the the", "_", "MCA", "abcc", "x",
        ]
        var generator = SeededGenerator(seed: 11)
        var filtered = 0
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 0...12, using: &generator))
                .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            #expect(try Self.grouped(set, text) == Self.oneByOne(patterns, text), "text of \(text.utf8.count) bytes")
            var copy = text
            filtered += copy.withUTF8 { set.candidates(in: $0).count } < patterns.count ? 1 : 0
        }
        #expect(filtered > 500, "the filter must leave something out for the comparison to mean anything")
    }

    @Test func patternsTheFilterRefusesAreAlwaysRun() throws {
        let set = PatternSet(try Self.patterns(), filteringAfter: 0)
        var text = "nothing of interest"
        let candidates = text.withUTF8 { set.candidates(in: $0) }.map { Self.sources[$0].source }
        #expect(candidates.contains(#"\R"#))
        #expect(candidates.contains(#"x*"#))
        #expect(candidates.contains("(a(?:b|(?1))c)"))
        #expect(!candidates.contains(#"(?<=chest )pain"#))
    }

    @Test func theFilterIsUsedOnlyWhenEnoughTextHasComeBy() throws {
        let set = PatternSet([try Pattern("mg"), try Pattern("po")], filteringAfter: 10)
        var text = "5 mg"
        let counts = text.withUTF8 { text in (0..<4).map { _ in set.candidates(in: text).count } }
        #expect(counts == [2, 2, 1, 1])
    }

    @Test func manyThreadsGetTheSameMatchesWhileTheFilterIsCompiled() throws {
        let set = PatternSet(try Self.patterns(), filteringAfter: 2000)
        let text = "Started metoprolol 25 mg po q6h for chest pain the the MCA"
        let expected = try Self.oneByOne(set.patterns, text)
        let failures = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 200) { _ in
            if (try? Self.grouped(set, text)) != expected { failures.withLock { $0 += 1 } }
        }
        #expect(failures.withLock { $0 } == 0)
    }

    @Test func theFilterJudgesEveryASCIICharacterAsPCRE2Does() throws {
        let classes = [
            #"\w"#, #"\W"#, #"\d"#, #"\D"#, #"\s"#, #"\S"#, #"\h"#, #"\v"#, #"\p{L}"#, #"\P{L}"#, #"\p{Lu}"#,
            #"\p{Ll}"#, #"\p{P}"#, #"\p{S}"#, #"\p{N}"#, #"\p{Z}"#, #"\p{C}"#, #"\p{Latin}"#, "[[:alpha:]]",
            "[[:punct:]]", "[[:upper:]]", #"[^\W\d_]"#, ".", "[a-f]", "[^a-f]", #"a\b."#, #"a\B."#, "k", "s", "K", "ſ",
            "$", "^", #"\Aa$"#, "a.$",
        ]
        // A set a class: one automaton over all of them takes half a minute to compile.
        for source in classes {
            let patterns = [try Pattern(source), try Pattern(source, ignoringCase: true)]
            let set = PatternSet(patterns, filteringAfter: 0)
            for value in UInt8(0)..<128 {
                for prefix in ["", "a"] {
                    var text = prefix + String(Unicode.Scalar(value))
                    let candidates = text.withUTF8 { set.candidates(in: $0) }
                    for (place, pattern) in patterns.enumerated() where try !pattern.matches(in: text).isEmpty {
                        #expect(candidates.contains(place), "\(source), byte \(value)")
                    }
                }
            }
        }
    }

    @Test func emptySetsAndEmptyTextsMatchNothing() throws {
        #expect(try PatternSet([]).matches(in: "5 mg").isEmpty)
        #expect(try PatternSet([Pattern("a")], filteringAfter: 0).matches(in: "").isEmpty)
    }

    @Test func aStoppedSearchNamesItsPattern() throws {
        let set = PatternSet([try Pattern("b"), try Pattern("(a|aa)+(?=c)", name: "greedy")], filteringAfter: 0)
        #expect {
            try set.matches(in: String(repeating: "a", count: 60) + "b")
        } throws: { error in
            guard case PatternError.limitReached("greedy", _) = error else { return false }
            return true
        }
    }
}
