import TestSupport
import Testing

@testable import ClinicalText

@Suite struct TagAlignmentTests {
    private let scheme = TagScheme(types: ["Disease", "Medication"])

    @Test func `entities whose ends are token ends become tags and back`() {
        let segmented = segment(document(marked: "takes [aspirin|Medication] for [chest pain|Disease] now"))
        let (tags, alignment) = scheme.tags(of: segmented)
        #expect(tags.map(scheme.name(of:)) == ["O", "B-Medication", "O", "B-Disease", "I-Disease", "O"])
        #expect(alignment.exact == 2 && alignment.kept == 2 && alignment.lost == 0)
        #expect(scheme.runs(in: tags).map(\.tokens) == [1..<2, 3..<5])
    }

    @Test func `every entity is counted under what became of it`() {
        var note = document(marked: "[heart|Disease]burn and [acid|Medication] reflux")
        func add(_ type: String, _ spans: [(Int, Int)]) {
            note.entities.append(Entity(type: type, spans: spans.map { TextSpan(start: $0, end: $1) }))
        }
        add("Route", [(0, 5)])
        add("Disease", [(0, 9), (19, 25)])
        add("Disease", [(9, 10)])
        add("Disease", [(14, 25)])
        let (tags, alignment) = scheme.tags(of: segment(note))
        #expect(alignment.widened == 1)
        #expect(alignment.otherType == 1)
        #expect(alignment.discontinuous == 1)
        #expect(alignment.empty == 1)
        #expect(alignment.overlapping == 1)
        #expect(alignment.exact == 1)
        // The longer one of two that overlap is kept.
        #expect(tags.map(scheme.name(of:)) == ["B-Disease", "O", "B-Disease", "I-Disease"])
        #expect(alignment.kept + alignment.lost + alignment.otherType == note.entities.count)
    }

    @Test func `counts of several documents add`() {
        var total = TagAlignment()
        for _ in 0..<3 { total += scheme.tags(of: segment(document(marked: "[flu|Disease] [x|Route]"))).alignment }
        #expect(total.exact == 3 && total.otherType == 3)
    }

    /// Tokens are what stands between blanks.
    private func segment(_ document: Document) -> SegmentedDocument {
        var tokens: [Token] = []
        var start: Int?
        for (offset, byte) in (Array(document.text.utf8) + [0x20]).enumerated() {
            if byte == 0x20, let first = start {
                tokens.append(Token(span: TextSpan(start: first, end: offset)))
                start = nil
            } else if byte != 0x20, start == nil {
                start = offset
            }
        }
        return SegmentedDocument(
            document: document, segmentation: Segmentation(sections: [], sentences: [], tokens: tokens))
    }
}
