import ClinicalText
import Testing

@testable import CorpusAnalysis

@Suite struct OddCharactersTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let kind: OddCharacters.Kind?
        var replacement: String?
        var testDescription: String { text.debugDescription }
    }

    static let cases: [Case] = [
        Case(text: "Fever 38.2 °C, état, 😷 isolation\tnow\r\n", kind: nil),
        Case(text: "page\u{0C}two", kind: .control, replacement: " "),
        Case(text: "null\u{0}byte", kind: .control, replacement: " "),
        Case(text: "delete\u{7F}", kind: .control, replacement: " "),
        Case(text: "none\u{FFFF}", kind: .control, replacement: " "),
        Case(text: "don\u{92}t", kind: .control, replacement: "’"),
        Case(text: "lost \u{FFFD} one", kind: .replacement),
        Case(text: "a \u{FEFF}mark", kind: .mark, replacement: ""),
        Case(text: "\u{FEFF}first", kind: nil),
        Case(text: "Ã©tat", kind: .mojibake, replacement: "é"),
        Case(text: "38 Â°C", kind: .mojibake, replacement: "°"),
        Case(text: "itâ€™s", kind: .mojibake, replacement: "’"),
        Case(text: "5 Âµg", kind: .mojibake, replacement: "µ"),
        Case(text: "ð\u{178}\u{2DC}\u{B7}", kind: .mojibake, replacement: "😷"),
        // Letters that are meant.
        Case(text: "NÃO, SÃO", kind: nil),
        Case(text: "château, Âge", kind: nil),
        Case(text: "l’été “naïve” – Ärger", kind: nil),
    ]

    @Test(arguments: cases) func areTold(_ example: Case) {
        let found = OddCharacters.find(in: example.text)
        #expect(found.map(\.kind) == (example.kind.map { [$0] } ?? []))
        #expect(found.first?.replacement == example.replacement)
    }

    @Test func spansCoverAllCharactersOfADamagedOne() {
        let text = "é Ã© itâ€™s"
        let found = OddCharacters.find(in: text)
        #expect(found.map { String(text.slice($0.span)) } == ["Ã©", "â€™"])
    }

    /// Every character of Latin-1 that was damaged is found and comes back, in both ways of damaging it.
    @Test(arguments: [true, false]) func everyAccentComesBack(asWindows1252: Bool) throws {
        for value in UInt32(0xA0)...0xFF {
            let scalar = try #require(Unicode.Scalar(value))
            let damaged = String(scalar).utf8.map { byte -> Unicode.Scalar in
                (asWindows1252 ? Windows1252.scalar(of: byte) : nil) ?? Unicode.Scalar(byte)
            }
            let found = OddCharacters.find(in: String(String.UnicodeScalarView(damaged)))
            #expect(found.map(\.replacement) == [String(scalar)])
        }
    }
}
