import ClinicalText
import TestSupport
import Testing

@testable import WeakLabeling

@Suite struct NamedHeadsTests {
    /// The surfaces that names before heads add to the last of some texts, in which mentions are marked.
    private static func added(_ texts: [String]) throws -> [String] {
        let documents = try texts.enumerated().map { try segmented($1, id: "n\($0)") }
        let mentions = documents.map { document in
            document.document.entities.map {
                Mention(tokens: document.segmentation.tokens(overlapping: $0.hull), label: 1)
            }
        }
        let heads = NamedHeads(documents, mentions: mentions)
        let document = try #require(documents.last)
        let known = try #require(mentions.last)
        return surfaces(
            heads.completed(known, of: document).filter { !known.contains($0) }.map(\.tokens), in: document)
    }

    private static let labeled = [
        "He has [Krabbe disease|A] now.", "She has [Tay-Sachs disease|A] too.", "With [Wilson's disease|A] in May.",
    ]

    @Test func namesBeforeAHeadThatIsMostlyLabeledAreMentions() throws {
        #expect(
            try Self.added(
                Self.labeled + ["A case of Fabry disease and Niemann-Pick disease, and of Brown car disease."])
                == ["Fabry disease", "Niemann-Pick disease"])
    }

    @Test func threeOfThemMustBeLabeled() throws {
        #expect(try Self.added(Self.labeled.dropLast() + ["A case of Fabry disease."]).isEmpty)
    }

    @Test func mostOfThemMustBeLabeled() throws {
        let silent = (0..<4).map { _ in "He saw Smith disease, Jones disease." }
        #expect(try Self.added(Self.labeled + silent).isEmpty)
    }

    @Test func aCapitalAtTheBeginningOfASentenceIsNoName() throws {
        #expect(
            try Self.added(Self.labeled + ["This disease is rare. Ehlers-Danlos disease is not."]) == [
                "Ehlers-Danlos disease"
            ])
    }

    @Test func whatIsLabeledAlreadyStaysAsItIs() throws {
        #expect(try Self.added(Self.labeled + ["[Classic Fabry disease|A] again."]).isEmpty)
    }
}
