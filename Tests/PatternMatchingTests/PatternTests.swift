import Dispatch
import Synchronization
import Testing

@testable import PatternMatching

@Suite struct PatternTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var pattern: String
        var text: String
        var matches: [String]
        var ignoringCase = false
        var testDescription: String { "\(pattern) in \(text)" }
    }

    static let cases = [
        Case(pattern: #"\d+ ?mg"#, text: "aspirin 81 mg, then 325mg", matches: ["81 mg", "325mg"]),
        Case(pattern: "", text: "aé", matches: ["", "", ""]),
        Case(pattern: "x*", text: "axxb", matches: ["", "xx", "", ""]),
        Case(pattern: "a|", text: "ba", matches: ["", "a", ""]),
        Case(pattern: #"(?<![\w.])\d+"#, text: "x1 2 .3 4", matches: ["2", "4"]),
        Case(pattern: "ÉTUDE", text: "une étude", matches: ["étude"], ignoringCase: true),
        Case(pattern: #"\b\w+\b"#, text: "naïve Ménière 😀 α-block", matches: ["naïve", "Ménière", "α", "block"]),
        Case(pattern: #"po\K\d"#, text: "po1 po2", matches: ["1", "2"]),
        Case(pattern: #"^.$"#, text: "😀", matches: ["😀"]),
        Case(pattern: #"(\w)\1"#, text: "aab ccd", matches: ["aa", "cc"]),
    ]

    @Test("finds all matches from left to right, by bytes of the text", arguments: cases)
    func findsMatches(_ example: Case) throws {
        let pattern = try Pattern(example.pattern, ignoringCase: example.ignoringCase)
        let found = try pattern.matches(in: example.text).map { match in
            String(decoding: Array(example.text.utf8)[match.range], as: UTF8.self)
        }
        #expect(found == example.matches)
    }

    @Test func tellsNamedGroupsByTheirPlaceAndLeavesUnusedOnesEmpty() throws {
        let pattern = try Pattern(#"(?<Dosage>\d+ mg)( now)?(?: (?<Route>po|iv))?"#)
        #expect(pattern.namedGroups.map(\.name) == ["Dosage", "Route"])
        #expect(pattern.namedGroups.map(\.index) == [0, 2])
        let matches = try pattern.matches(in: "é 5 mg po")
        #expect(matches == [PatternMatch(range: 3..<10, groups: [3..<7, nil, 8..<10])])
    }

    @Test func anInvalidPatternIsNamedWithOffsetAndReason() {
        #expect {
            try Pattern("(?<dose>\\d+", name: "dose")
        } throws: { error in
            "\(error)" == "pattern dose: offset 11: missing closing parenthesis"
        }
    }

    @Test func aPatternThatSplitsCharactersIsRefused() {
        #expect(throws: PatternError.self) { try Pattern(#"\C"#) }
    }

    @Test func aCatastrophicPatternIsStoppedAndNamedWithoutTheText() throws {
        let pattern = try Pattern("(a|aa)+$", name: "greedy")
        let text = String(repeating: "a", count: 60) + "b"
        let clock = ContinuousClock()
        let start = clock.now
        #expect {
            try pattern.matches(in: text)
        } throws: { error in
            guard case PatternError.limitReached("greedy", _) = error else { return false }
            return !"\(error)".contains("aaa")
        }
        #expect(clock.now - start < .seconds(2))
    }

    @Test func aRecursionThatNeedsTooMuchMemoryIsStopped() throws {
        let pattern = try Pattern("^(a(?1)?b)$")
        let text = String(repeating: "a", count: 300_000) + String(repeating: "b", count: 300_000)
        #expect {
            try pattern.matches(in: text)
        } throws: { error in
            guard case PatternError.limitReached = error else { return false }
            return true
        }
    }

    @Test func onePatternServesManyThreads() throws {
        let pattern = try Pattern(#"(\w+) (\d+)"#)
        let expected = try pattern.matches(in: "dose 12 and 13")
        let failures = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 200) { _ in
            if (try? pattern.matches(in: "dose 12 and 13")) != expected { failures.withLock { $0 += 1 } }
        }
        #expect(failures.withLock { $0 } == 0)
        #expect(expected.count == 2)
    }
}
