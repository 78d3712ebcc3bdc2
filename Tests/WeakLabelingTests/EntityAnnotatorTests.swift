import ClinicalText
import Lexicons
import TestSupport
import Testing
import TextProcessing

@testable import WeakLabeling

struct EntityAnnotatorTests {
    @Test("entities get the context that cues and sections put them into, and the codes of terms of their type")
    func annotation() throws {
        try withTemporaryFolder { folder in
            let table = "cue\tcontext\tdirection\ndenies\tnegated\tforward\nmother had\tfamily\tforward\n"
            try table.write(toFile: "\(folder)/cues.tsv", atomically: true, encoding: .utf8)
            let lexicon = Lexicon(
                name: "terms",
                entries: [
                    LexiconEntry(term: "gout", type: "Disease", code: "DOID:13189"),
                    LexiconEntry(term: "gout", type: "Medication", code: "X:1"),
                    LexiconEntry(term: "chest pain", type: nil, code: "HP:0100749"),
                ])
            let annotator = EntityAnnotator(
                lexicons: [lexicon], contextCues: try ContextCues.read("\(folder)/cues.tsv"), contextSections: [:])
            let text = "Has gout. He denies chest pain. Mother had gout."
            let note = DocumentSegmenter(sectionHeaders: .none).segment(Document(id: "a", text: text))
            func entity(_ words: String, _ type: String, last: Bool = false) throws -> Entity {
                let range = try #require(last ? text.ranges(of: words).last : text.ranges(of: words).first)
                let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
                return Entity(
                    type: type, spans: [TextSpan(start: start, end: start + words.utf8.count)],
                    provenance: .predicted(confidence: 0.9))
            }
            let found = try annotator.annotated(
                [
                    try entity("gout", "Disease"), try entity("chest pain", "Symptom"),
                    try entity("pain", "Symptom"), try entity("gout", "Disease", last: true),
                ], in: note)
            #expect(
                found.map { $0.attributes["assertion"] } == [nil, "absent", "absent", "associated_with_someone_else"])
            #expect(found.map(\.codes) == [["DOID:13189"], ["HP:0100749"], [], ["DOID:13189"]])
            #expect(found.allSatisfy { $0.provenance == .predicted(confidence: 0.9) })
        }
    }
}
