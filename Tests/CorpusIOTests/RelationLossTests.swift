import ClinicalText
import CorpusIO
import TestSupport
import Testing

/// Events, equivalences and relations of events, of which most formats hold none, are counted.
@Suite struct RelationLossTests {
    @Test(arguments: [CorpusFormat.doccano, .prodigy, .labelStudio, .xmi, .spacy])
    func countsRelationsThatAreNotBetweenTwoEntities(_ format: CorpusFormat) throws {
        let text = "aspirin for pain"
        func relation(_ id: String, _ roles: [String], _ ids: [String]) -> Relation {
            Relation(
                id: id, type: "X", arguments: zip(roles, ids).map { .init(role: $0, entityID: $1) })
        }
        let document = Document(
            id: "n", text: text,
            entities: [try entity("1", "Drug", "aspirin", in: text), try entity("2", "Sign", "pain", in: text)],
            relations: [
                relation("E1", ["Trigger"], ["1"]), relation("R1", ["Arg1", "Arg2"], ["1", "2"]),
                relation("R2", ["Arg1", "Arg2"], ["E1", "2"]),
                relation("*1", ["Member", "Member", "Member"], ["1", "2", "1"]),
            ])
        let cycle = try FormatCycle([document], format)
        #expect(cycle.lost[.relation] == (format == .spacy ? 4 : 3))
        #expect(
            cycle.documents[0].relations.map { $0.arguments.map(\.entityID).count } == (format == .spacy ? [] : [2]))
        #expect(cycle.documents[0].entities.count == 2)
        #expect(cycle.faults.isEmpty)
    }
}
