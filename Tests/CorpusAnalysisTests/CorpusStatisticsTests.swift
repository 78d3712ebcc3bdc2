import ClinicalText
import CorpusIO
import TestSupport
import Testing

@testable import CorpusAnalysis

@Suite struct CorpusStatisticsTests {
    private func statistics(_ documents: Document...) -> CorpusStatistics {
        let measurer = DocumentMeasurer()
        return documents.reduce(into: CorpusStatistics()) { $0.add(measurer.statistics(of: $1)) }
    }

    @Test func aNoteIsMeasured() throws {
        var note = document(
            marked: "Has [congestive heart failure|Problem] (CHF). Given [aspirin|Drug] 5 mg for [CHF|Problem].")
        note.relations = [Relation(id: "R1", type: "treats", arguments: [])]
        note.labels = [DocumentLabel(name: "SMOKING", value: "PAST SMOKER"), DocumentLabel(name: "OBESE")]
        note.entities[0].attributes = ["assertion": "present", "i2b2.element": "X"]
        let measured = statistics(note)
        #expect(measured.documents == 1 && measured.documentsWithoutMentions == 0)
        #expect(measured.sentences == 2)
        #expect(measured.words == 11)
        #expect(measured.tokens == 15)
        #expect(measured.characters == 63)
        #expect(measured.definitions == 1)
        #expect(measured.relations == ["treats": 1])
        #expect(measured.attributes == ["assertion": 1])
        #expect(measured.labels == ["SMOKING=PAST SMOKER": 1, "OBESE": 1])
        let problems = try #require(measured.types["Problem"])
        #expect(problems.mentions == 2 && problems.documents == 1 && problems.abbreviations == 1)
        #expect(problems.lengths == [.three: 1, .one: 1])
        #expect(problems.uniqueSurfaces == 2)
    }

    @Test func numbersAddUpAndSurfacesAreCountedOnce() throws {
        let first = document(marked: "[Chest\n pain|Problem]", id: "a")
        let second = document(marked: "[chest pain|Problem] and [cough|Problem]", id: "b")
        let all = statistics(first, second, Document(id: "c", text: "Nothing."))
        let problems = try #require(all.types["Problem"])
        #expect(problems.mentions == 3 && problems.documents == 2 && problems.uniqueSurfaces == 2)
        #expect(all.documents == 3 && all.documentsWithoutMentions == 1 && all.allTypes.documents == 2)
    }

    @Test func gapsAndNestingAreCounted() throws {
        let text = "left and right knee pain"
        let note = Document(
            id: "a", text: text,
            entities: [
                Entity(
                    id: "1", type: "A", spans: [TextSpan(start: 0, end: 4), TextSpan(start: 15, end: 24)]),
                Entity(id: "2", type: "A", spans: [TextSpan(start: 9, end: 24)]),
                Entity(id: "3", type: "B", spans: [TextSpan(start: 15, end: 19)]),
            ])
        let measured = statistics(note)
        #expect(measured.types["A"]?.discontinuous == 1)
        #expect(measured.types["A"]?.crossing == 1)
        #expect(measured.types["B"]?.nested == 1)
        #expect(measured.types["A"]?.lengths == [.three: 2])
    }

    @Test(arguments: [(0, "1"), (1, "1"), (2, "2"), (3, "3"), (4, "4-5"), (5, "4-5"), (6, "6+"), (60, "6+")])
    func lengthsHaveClasses(_ words: Int, _ name: String) {
        #expect(MentionLength(words: words).rawValue == name)
    }
}
