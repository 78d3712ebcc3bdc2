import ClinicalText
import Essentials
import Foundation
import Lexicons
import SequenceInference
import Testing

@testable import FeatureTagging

@Suite struct FeatureTaggerTests {
    private static let model: FeatureModel? = try? FeatureTrainer(exactSettings(l1: 0.02, l2: 0.02), isQuiet: true)
        .train(smallCorpus()).model

    /// Notes of other words than those that were learned from, some with nothing in them.
    private static let others = [
        segmented("patient has [colon cancer|Disease] today\nhe takes ibuprofen daily\nshe denies stroke"),
        segmented(""),
        segmented("no sign of Ménière noted"),
        segmented(
            (0..<150).map { "line \($0) has breast cancer today and takes aspirin daily" }.joined(separator: "\n")),
        segmented("stopped warfarin after HIV"),
    ]

    @Test func entitiesStandWhereTheyAreMarked() throws {
        let tagger = FeatureTagger(try #require(Self.model))
        let found = try tagger.entities(in: smallNotes)
        for (note, entities) in zip(smallNotes, found) {
            #expect(entities.map(\.type) == note.document.entities.map(\.type))
            #expect(entities.map(\.spans) == note.document.entities.map(\.spans))
            #expect(entities.map(\.id) == entities.indices.map { "E\($0)" })
        }
        #expect(tagger.entityTypes == ["Disease", "Drug"])
    }

    @Test func aDocumentsEntitiesDependNeitherOnOthersNorOnProcessors() throws {
        var tagger = FeatureTagger(try #require(Self.model))
        let documents = Self.others + smallNotes
        let together = try tagger.entities(in: documents)
        let alone = try documents.map { try tagger.entities(in: [$0])[0] }
        tagger.isParallel = false
        let serial = try tagger.entities(in: documents)
        #expect(together == alone && together == serial)
        // More sentences than one piece of work holds.
        #expect(together[1].isEmpty && together[3].count >= 150)
        #expect(together[3].map(\.id) == together[3].indices.map { "E\($0)" })
        #expect(try tagger.entities(in: []).isEmpty)
    }

    /// The sum over all paths of a sentence that hold exactly the entity.
    @Test func confidencesAreTheProbabilitiesOfWholeEntities() throws {
        let model = try #require(Self.model)
        let note = segmented("has colon cancer today")
        let found = try FeatureTagger(model).entities(in: [note])[0]
        #expect(!found.isEmpty)
        let emissions = model.emissions(of: FeatureContext().sentences(of: note)[0])
        var paths: [[Int]] = [[]]
        for _ in 0..<4 { paths = paths.flatMap { path in (0..<5).map { path + [$0] } } }
        for entity in found {
            let tokens = note.segmentation.tokens(overlapping: entity.hull)
            let type = try #require(smallScheme.index(of: entity.type))
            let holding = paths.filter { path in
                smallScheme.runs(in: path).contains { $0.tokens == tokens && $0.typeIndex == type }
            }
            let expected = holding.reduce(0) { $0 + exp(model.chain.logLikelihood(emissions: emissions, tags: $1)) }
            #expect(abs((entity.provenance.probability ?? -1) - expected) < 1e-9)
        }
    }

    private struct Terms: MentionSource {
        let terms: [String: String]

        func mentions(in document: SegmentedDocument) -> [(tokens: Range<Int>, type: String)] {
            document.segmentation.tokens.enumerated().compactMap { place, token in
                terms[String(document.document.text(of: token.span))].map { (place..<place + 1, $0) }
            }
        }
    }

    @Test func aLexiconTeachesWordsThatWereNeverSeen() throws {
        let context = FeatureContext(lexicon: Terms(terms: ["stroke": "Disease", "HIV": "Disease", "gout": "Disease"]))
        var templates = FeatureTemplates()
        (templates.window, templates.prefixLength, templates.suffixLength) = (0, 0, 0)
        (templates.bigrams, templates.shape, templates.collapsedShape) = (false, false, false)
        let model = try FeatureTrainer(exactSettings(l2: 0.1), isQuiet: true).train(smallCorpus(templates, context))
            .model
        let note = segmented("reports gout again")
        let with = try FeatureTagger(model, context: context).entities(in: [note])[0]
        let without = try FeatureTagger(model).entities(in: [note])[0]
        #expect(with.map(\.type) == ["Disease"] && with[0].spans == [TextSpan(start: 8, end: 12)])
        #expect(without.isEmpty)
    }

    @Test func partsOfSpeechComeFromTheCaller() throws {
        let context = FeatureContext(partsOfSpeech: { $0.segmentation.tokens.map { "\($0.span.count)" } })
        let sentences = context.sentences(of: segmented("a bb\nccc"))
        #expect(sentences.map(\.partsOfSpeech) == [["1", "2"], ["3"]])
    }

    @Test func theLongestMentionThatCoversAWordCounts() {
        struct Overlapping: MentionSource {
            func mentions(in document: SegmentedDocument) -> [(tokens: Range<Int>, type: String)] {
                [(1..<2, "Site"), (0..<2, "Disease"), (3..<4, "B"), (3..<4, "A"), (2..<4, "Z"), (4..<5, "Q")]
            }
        }
        let note = segmented("breast cancer in situ now")
        #expect(Overlapping().tags(of: note) == ["B-Disease", "I-Disease", "B-Z", "I-Z", "B-Q"])
    }

    @Test func lexiconsFindMentionsInNotesAsTheyWereTyped() {
        let lexicon = Lexicon(
            name: "terms",
            entries: [LexiconEntry(term: "Crohn's disease", type: "Disease"), LexiconEntry(term: "mg", type: nil)])
        let source = LexiconMentions(LexiconMatcher([lexicon]))
        let note = segmented("Crohn’s diseases need 5 mg\ncrohns\ndisease")
        #expect(source.tags(of: note) == ["B-Disease", "I-Disease", "", "", "B-terms", "", ""])
    }
}
