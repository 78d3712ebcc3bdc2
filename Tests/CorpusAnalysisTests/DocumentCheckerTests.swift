import ClinicalText
import CorpusIO
import TestSupport
import Testing
import TextProcessing

@testable import CorpusAnalysis

@Suite struct DocumentCheckerTests {
    private func faults(_ document: Document) -> [CorpusFault] {
        let places = DocumentPlaces(file: "a.txt", annotationFile: "a.ann", entityLines: ["T1": 1, "T2": 2])
        return DocumentChecker.faults(
            of: document, places: places, segmenter: DocumentSegmenter(sectionHeaders: .none))
    }

    private func document(_ text: String, _ spans: (Int, Int)...) -> Document {
        Document(
            id: "a", text: text,
            entities: spans.enumerated().map {
                Entity(id: "T\($0 + 1)", type: $0 == 0 ? "Problem" : "Test", spans: [TextSpan(start: $1.0, end: $1.1)])
            })
    }

    @Test func aCleanNoteHasNone() {
        #expect(faults(TestSupport.document(marked: "Has [fever|Problem] and [chest pain|Problem].")).isEmpty)
    }

    @Test func anEndWithinAWordIsWidened() {
        #expect(
            faults(document("Fever é hypertension.", (9, 14))) == [
                CorpusFault(
                    .withinWord, file: "a.ann", line: 1, offset: 8, document: "a",
                    message: "entity T1 begins or ends within a word", fix: "widen it to 8-20")
            ])
    }

    @Test func tokensThatPartAreEndsOfWords() {
        #expect(faults(document("Given 5mg/kg.", (6, 7), (7, 9))).isEmpty)
    }

    @Test func aSpanOverSentencesIsTold() {
        let found = faults(document("He has fever. She has a cough.", (7, 17)))
        #expect(found.map(\.kind) == [.acrossSentences])
        #expect(found.first?.message == "entity T1 goes over the end of a sentence")
        #expect(found.first?.offset == 7)
    }

    @Test func nestingIsInformation() {
        let found = faults(document("severe chest pain", (0, 17), (7, 17)))
        #expect(
            found == [
                CorpusFault(
                    .nested, severity: .information, file: "a.ann", line: 2, offset: 7, document: "a",
                    message: "entity T2 (Test) lies within entity T1 (Problem)",
                    fix: "nothing, if it is meant; tags of columns hold only one of the two")
            ])
    }

    @Test func crossingIsAWarning() {
        let found = faults(document("severe chest pain", (0, 12), (7, 17)))
        #expect(found.map(\.kind) == [.crossing])
        #expect(found.first?.severity == .warning)
        #expect(found.first?.message == "entity T2 (Test) crosses entity T1 (Problem)")
    }

    @Test func aNoteOfWhiteSpaceIsEmpty() {
        let found = faults(Document(id: "a", text: " \n\u{A0}\n"))
        #expect(found.map(\.kind) == [.emptyText] && found.first?.file == "a.txt")
    }

    @Test func mixedLineEndsAreCounted() {
        let found = faults(Document(id: "a", text: "é\none\r\ntwo\nthree\r"))
        #expect(found.map(\.kind) == [.mixedLineEndings])
        #expect(found.first?.message == "the note's lines end in different ways: 2 in LF, 1 in CR LF, 1 in CR")
        #expect(found.first?.offset == 5)
        #expect(faults(Document(id: "a", text: "one\r\ntwo\r\n")).isEmpty)
    }

    @Test func charactersOfAKindAreOneFault() {
        let found = faults(Document(id: "a", text: "é\u{0C}a\u{0C} \u{FFFD} Ã©"))
        #expect(
            found.map(\.message) == [
                "the control character U+000C; the note has 2 of the kind",
                "the replacement character U+FFFD, where a character was lost",
                "the bytes of one UTF-8 character stand as several characters",
            ])
        #expect(found.map(\.offset) == [1, 5, 7])
        #expect(found.map(\.kind) == [.oddCharacter, .oddCharacter, .encoding])
        #expect(
            found.last?.fix
                == "put U+00E9 there; the source was UTF-8 and read as Windows-1252 or Latin-1")
    }

    @Test func relationsMustLeadSomewhere() {
        var note = document("severe chest pain", (0, 6), (7, 17))
        note.uninterpreted = ["E1\tProblem:T1"]
        note.relations = [
            Relation(
                id: "R1", type: "x", arguments: [.init(role: "a", entityID: "T1"), .init(role: "b", entityID: "E1")]),
            Relation(
                id: "R2", type: "x", arguments: [.init(role: "a", entityID: "T2"), .init(role: "b", entityID: "T9")]),
        ]
        let found = faults(note)
        #expect(found.map(\.kind) == [.danglingReference])
        #expect(found.first?.message == "relation R2 refers to T9, which the document does not have")
    }

    /// Messages go to logs and screens, so no word of a note may be in them.
    @Test func messagesHoldNoTextOfTheNote() {
        let note = document("Xylophonitis. Quetzalosis\u{0C} Ã© xylo\r\n\n", (2, 20), (5, 27))
        for fault in faults(note) {
            #expect(!"\(fault) \(fault.fix ?? "")".lowercased().contains("xylo"))
            #expect(!"\(fault) \(fault.fix ?? "")".lowercased().contains("quetz"))
        }
    }
}
