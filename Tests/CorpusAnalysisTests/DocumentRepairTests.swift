import ClinicalText
import CorpusIO
import Essentials
import TestSupport
import Testing

@testable import CorpusAnalysis

@Suite struct DocumentRepairTests {
    private func note(_ text: String, _ words: String...) throws -> Document {
        let entities = try words.enumerated().map { index, word in
            let range = try #require(text.utf8.firstRange(of: word.utf8))
            let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
            return Entity(
                id: "T\(index + 1)", type: "A", spans: [TextSpan(start: start, end: start + word.utf8.count)])
        }
        return Document(id: "a", text: text, entities: entities)
    }

    private func surfaces(_ document: Document) -> [String] { document.entities.map { document.surface(of: $0) } }

    @Test func mentionsMoveWithTheText() throws {
        let damaged = try note("Ã©tat\r\nfÃ©brile\u{0C}38 Â°C\nnaÃ¯f\rfin", "Ã©tat", "fÃ©brile", "38 Â°C", "fin")
        let result = DocumentRepair.repaired(damaged)
        #expect(result.document.text == "état\nfébrile 38 °C\nnaïf\nfin")
        #expect(surfaces(result.document) == ["état", "fébrile", "38 °C", "fin"])
        #expect(result.repaired == [.encoding: 4, .oddCharacter: 1, .mixedLineEndings: 1])
        #expect(result.removed.isEmpty)
    }

    @Test func aMentionOfHalfADamagedCharacterCoversTheWholeOne() throws {
        let result = DocumentRepair.repaired(try note("en Ã©tat", "©tat", "en Ã"))
        #expect(surfaces(result.document) == ["état", "en é"])
    }

    @Test func aMentionOfNothingElseGoes() throws {
        let result = DocumentRepair.repaired(try note("one\r\ntwo\n", "\r", "two"))
        #expect(surfaces(result.document) == ["two"])
        #expect(result.removed == [.entity: 1])
    }

    @Test func aCleanNoteStays() throws {
        let clean = try note("Größe 😷\r\nR&D\r\n", "😷\r\nR")
        let result = DocumentRepair.repaired(clean)
        #expect(result.document.text == clean.text && result.document.entities == clean.entities)
        #expect(result.repaired.isEmpty)
    }

    /// Whatever the text, a mention's text after the repair is the repair of the mention's text.
    @Test func mentionsOfAnyTextMoveWithIt() {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<300 {
            let pieces = (0..<6).map { _ in RandomText.make(count: 12, using: &generator) + " x\u{0C}Ã©y " }
            var text = ""
            var spans: [TextSpan] = []
            for piece in pieces {
                text += "a"
                let start = text.utf8.count
                text += piece
                spans.append(TextSpan(start: start, end: text.utf8.count))
            }
            let document = Document(
                id: "a", text: text, entities: spans.map { Entity(type: "A", spans: [$0]) })
            let repaired = DocumentRepair.repaired(document).document
            #expect(OddCharacters.find(in: repaired.text).allSatisfy { $0.replacement == nil || $0.kind == .mojibake })
            #expect(!LineEndings(of: repaired.text).areMixed)
            #expect(surfaces(repaired).count == pieces.count)
            for (piece, surface) in zip(pieces, surfaces(repaired)) {
                // A line end may be put right because of other pieces, and a mark at the start of a text may stay.
                let alone = Document(id: "b", text: "a" + piece + "\r\n\n")
                let expected = DocumentRepair.repaired(alone).document.text
                if LineEndings(of: text).areMixed { #expect("a" + surface + "\n\n" == expected) }
            }
        }
    }
}
