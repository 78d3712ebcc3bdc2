import ClinicalText
import Essentials
import TestSupport
import Testing

@testable import CorpusIO

@Suite struct LineTokenOffsetsTests {
    private func place(_ firstLine: Int, _ firstToken: Int, _ lastLine: Int, _ lastToken: Int) -> LineTokenPlace {
        LineTokenPlace(
            first: LineTokenPosition(line: firstLine, token: firstToken),
            last: LineTokenPosition(line: lastLine, token: lastToken))
    }

    @Test(
        arguments: [
            ("took  aspirin\t81 mg", 1, 1, 1, 2, "aspirin\t81"), (" a\r\n\r\nb\u{A0}c \r\n", 3, 0, 3, 1, "b\u{A0}c"),
            (" a\r\n\r\nb c", 1, 0, 3, 0, "a\r\n\r\nb"), ("\u{3000}β-blocker\u{2003}stopped", 1, 0, 1, 0, "β-blocker"),
            ("e\u{301} \u{301}x", 1, 1, 1, 1, "\u{301}x"), ("a\rb", 1, 1, 1, 1, "b"), ("😷 👩‍⚕️", 1, 1, 1, 1, "👩‍⚕️"),
        ] as [(String, Int, Int, Int, Int, String)])
    func findsRunsWithoutWhiteSpace(
        _ text: String, _ line: Int, _ token: Int, _ lastLine: Int, _ lastToken: Int, _ surface: String
    ) throws {
        let place = place(line, token, lastLine, lastToken)
        let offsets = LineTokenOffsets(text)
        let span = try #require(offsets.span(of: place))
        #expect(Array(text.slice(span).utf8) == Array(surface.utf8))
        let found = try #require(offsets.place(of: span))
        #expect(found.place == place)
        #expect(found.isExact)
    }

    @Test(
        arguments: [
            ("took  aspirin", 2, 2, "aspirin"), ("took  aspirin", 1, 1, nil), (" a b\r", 2, 2, "b"),
            ("a\tb c", 0, 0, "a\tb"), ("a \tb c", 1, 1, "b"), ("a  b", 0, 2, "a  b"), ("", 0, 0, nil),
        ] as [(String, Int, Int, String?)])
    func countsPiecesBetweenSingleBlanks(_ text: String, _ first: Int, _ last: Int, _ surface: String?) {
        let span = LineTokenOffsets(text, tokens: .singleSpace).span(of: place(1, first, 1, last))
        #expect(span.map { String(text.slice($0)) } == surface)
    }

    @Test func saysWhyThereIsNoSuchPlace() {
        let offsets = LineTokenOffsets("one two\n\nthree\n")
        #expect(offsets.lineCount == 3)
        #expect(offsets.problem(with: place(1, 1, 1, 1)) == nil)
        #expect(offsets.problem(with: place(1, 1, 1, 0)) == .reversed)
        #expect(offsets.problem(with: place(3, 0, 1, 1)) == .reversed)
        #expect(offsets.problem(with: place(0, 0, 1, 1)) == .negative(LineTokenPosition(line: 0, token: 0)))
        #expect(offsets.problem(with: place(1, -1, 1, 1)) == .negative(LineTokenPosition(line: 1, token: -1)))
        #expect(offsets.problem(with: place(1, 0, 5, 0)) == .noLine(LineTokenPosition(line: 5, token: 0)))
        #expect(offsets.problem(with: place(2, 0, 3, 0)) == .noToken(LineTokenPosition(line: 2, token: 0), count: 0))
        #expect(
            offsets.problem(with: place(1, .max, .max, 0))
                == .noToken(LineTokenPosition(line: 1, token: .max), count: 2))
    }

    @Test(
        arguments: [
            (0, 3, "1:0 1:0", true), (1, 2, "1:0 1:0", false), (2, 9, "1:0 2:0", false), (3, 5, nil, false),
            (3, 7, "1:1 1:1", false), (8, 9, "2:0 2:0", true),
        ] as [(Int, Int, String?, Bool)])
    func widensSpansToWholeTokens(_ start: Int, _ end: Int, _ expected: String?, _ isExact: Bool) {
        let found = LineTokenOffsets("one  to\nx ").place(of: TextSpan(start: start, end: end))
        #expect(found.map { "\($0.place)" } == expected)
        #expect(found?.isExact ?? false == isExact)
    }

    @Test func agreesWithSplittingScalarByScalar() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<60 {
            let text = RandomText.make(count: 80, using: &generator)
            let offsets = LineTokenOffsets(text)
            var places: [LineTokenPlace: TextSpan] = [:]
            for (position, span) in Self.slowTokens(of: text) {
                places[LineTokenPlace(first: position, last: position)] = span
            }
            for (place, span) in places {
                #expect(offsets.span(of: place) == span)
                #expect(offsets.place(of: span)?.place == place)
            }
            let lines = text.unicodeScalars.count { $0 == "\n" } + 1
            for line in 1...lines {
                let count = places.keys.count { $0.first.line == line }
                #expect(offsets.span(of: place(line, count, line, count)) == nil)
            }
        }
    }

    /// Every token, found by walking over the code points.
    private static func slowTokens(of text: String) -> [(LineTokenPosition, TextSpan)] {
        var tokens: [(LineTokenPosition, TextSpan)] = []
        var line = 1
        var token = 0
        var start: Int?
        var offset = 0
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace, let first = start {
                tokens.append((LineTokenPosition(line: line, token: token), TextSpan(start: first, end: offset)))
                token += 1
                start = nil
            } else if !scalar.properties.isWhitespace {
                start = start ?? offset
            }
            if scalar == "\n" {
                line += 1
                token = 0
            }
            offset += UTF8.width(scalar)
        }
        if let start {
            tokens.append((LineTokenPosition(line: line, token: token), TextSpan(start: start, end: offset)))
        }
        return tokens
    }
}
