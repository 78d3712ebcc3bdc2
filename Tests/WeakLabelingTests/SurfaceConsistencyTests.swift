import ClinicalText
import Testing
import WeakLabeling

@Suite struct SurfaceConsistencyTests {
    /// The surfaces of a corpus' mentions after completion; marked mentions have label 1.
    private static func completed(_ texts: [String]) throws -> [[String]] {
        let documents = try texts.enumerated().map { try segmented($1, id: "\($0)") }
        let mentions = documents.map { document in
            document.document.entities.map {
                Mention(tokens: document.segmentation.tokens(overlapping: $0.hull), label: 1)
            }
        }
        let consistency = SurfaceConsistency(documents, mentions: mentions)
        return zip(documents, mentions).map { document, mentions in
            surfaces(consistency.completed(mentions, of: document).map(\.tokens), in: document)
        }
    }

    @Test func variantsOfLabeledMentionsAreLabeledElsewhere() throws {
        #expect(
            try Self.completed(["Has [Parkinson disease|D] and [anemia|D].", "Parkinson's disease, anaemia, fever."])
                == [["Parkinson disease", "anemia"], ["Parkinson's disease", "anaemia"]])
    }

    @Test func aTermThatIsMostlyNotLabeledAddsNothing() throws {
        #expect(
            try Self.completed(["[Cold|D] today.", "Cold water, cold hands, cold feet, cold."]) == [["Cold"], []])
    }

    @Test func whatLiesWithinAnotherMentionStays() throws {
        #expect(
            try Self.completed(["[pain|D] now", "[chest pain|D] and pain"]) == [["pain"], ["chest pain", "pain"]])
    }
}
