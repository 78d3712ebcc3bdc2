import ClinicalText
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct AgreementTests {
    private func agreement(_ first: String, _ second: String) throws -> AgreementResult {
        try Agreement.between([document(marked: first)], [document(marked: second)])
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let first: String
        let second: String
        let strict: AgreementCounts
        let overlapping: Int
        let kinds: [Disagreement.Kind]
    }

    static let cases: [Case] = [
        Case(
            testDescription: "the same", first: "on [aspirin|Drug]", second: "on [aspirin|Drug]",
            strict: AgreementCounts(matched: 1, first: 1, second: 1), overlapping: 1, kinds: []),
        Case(
            testDescription: "only in the first", first: "[on|X] [aspirin|Drug]", second: "on [aspirin|Drug]",
            strict: AgreementCounts(matched: 1, first: 2, second: 1), overlapping: 1, kinds: [.onlyInFirst]),
        Case(
            testDescription: "only in the second", first: "on aspirin", second: "on [aspirin|Drug]",
            strict: AgreementCounts(matched: 0, first: 0, second: 1), overlapping: 0, kinds: [.onlyInSecond]),
        Case(
            testDescription: "another boundary", first: "[old|S] [left leg|Site]", second: "[old|S] left [leg|Site]",
            strict: AgreementCounts(matched: 1, first: 2, second: 2), overlapping: 2, kinds: [.boundaryDiffers]),
        Case(
            testDescription: "another type", first: "a [rash|Problem]", second: "a [rash|Test]",
            strict: AgreementCounts(matched: 0, first: 1, second: 1), overlapping: 0, kinds: [.typeDiffers]),
        Case(
            testDescription: "another boundary and type", first: "a [bad rash|Problem]", second: "a bad [rash|Test]",
            strict: AgreementCounts(matched: 0, first: 1, second: 1), overlapping: 0, kinds: [.boundaryAndTypeDiffer]),
        Case(
            testDescription: "mentions that only touch", first: "a [rash|P]es", second: "a rash[es|P]",
            strict: AgreementCounts(matched: 0, first: 1, second: 1), overlapping: 0,
            kinds: [.onlyInFirst, .onlyInSecond]),
        Case(
            testDescription: "one mention over two", first: "[left|S] [arm|S]", second: "[left arm|S]",
            strict: AgreementCounts(matched: 0, first: 2, second: 1), overlapping: 1,
            kinds: [.boundaryDiffers, .onlyInFirst]),
        Case(
            testDescription: "nothing at all", first: "well", second: "well",
            strict: AgreementCounts(), overlapping: 0, kinds: []),
    ]

    @Test(arguments: cases) func mentionsArePairedOneToOne(_ one: Case) throws {
        let result = try agreement(one.first, one.second)
        #expect(result.strict == one.strict)
        #expect(result.overlapping.matched == one.overlapping)
        #expect(result.overlapping.first == one.strict.first && result.overlapping.second == one.strict.second)
        #expect(result.disagreements.map(\.kind) == one.kinds)
        #expect(result.types.map(\.strict).reduce(AgreementCounts(), +) == result.strict)
    }

    @Test(arguments: cases) func theOrderOfTheSidesDoesNotMatter(_ one: Case) throws {
        let result = try agreement(one.first, one.second)
        let turned = try agreement(one.second, one.first)
        #expect(result.strict.f1 == turned.strict.f1)
        #expect(result.overlapping.f1 == turned.overlapping.f1)
        #expect(result.words == turned.words)
        #expect(result.disagreements.count == turned.disagreements.count)
    }

    @Test func disagreementsTellOffsetsInCodePoints() throws {
        let result = try agreement("é😀 [bad rash|Problem], [pain|Problem]", "é😀 bad [rash|Problem], [pain|Test]")
        #expect(
            result.disagreements == [
                Disagreement(
                    document: "note", kind: .boundaryDiffers,
                    first: .init(id: "E0", type: "Problem", spans: [3..<11]),
                    second: .init(id: "E0", type: "Problem", spans: [7..<11])),
                Disagreement(
                    document: "note", kind: .typeDiffers, first: .init(id: "E1", type: "Problem", spans: [13..<17]),
                    second: .init(id: "E1", type: "Test", spans: [13..<17])),
            ])
        let json = String(decoding: try JSONEncoder().encode(result.disagreements[0].first), as: UTF8.self)
        #expect(json.contains("\"spans\":[[3,11]]"))
    }

    @Test func eachTypeIsCountedByItself() throws {
        let result = try agreement("[a|X] [b|X] [c|Y] d", "[a|X] [b|Y] [c|Y] [d|Z]")
        #expect(result.types.map(\.type) == ["X", "Y", "Z"])
        #expect(
            result.types.map(\.strict) == [
                AgreementCounts(matched: 1, first: 2, second: 1), AgreementCounts(matched: 1, first: 1, second: 2),
                AgreementCounts(matched: 0, first: 0, second: 1),
            ])
        #expect(result.strict.f1 == 4.0 / 7)
    }

    @Test func repeatedMentionsPairOnce() throws {
        let first = document(marked: "on [aspirin|Drug]")
        var second = first
        second.entities += first.entities
        let result = try Agreement.between([first], [second])
        #expect(result.strict == AgreementCounts(matched: 1, first: 1, second: 2))
        #expect(result.overlapping.matched == 1)
        #expect(result.disagreements.map(\.kind) == [.onlyInSecond])
    }

    /// Ten words; both call two of them X, the first calls two more X, the second one more.
    @Test func kappaIsCohens() throws {
        let result = try agreement("[a|X] [b|X] [c|X] [d|X] e f g h i j", "[a|X] [b|X] c d [e|X] f g h i j")
        #expect(result.words.words == 10)
        #expect(result.words.equal == 7)
        let chance = 0.4 * 0.3 + 0.6 * 0.7
        #expect(abs(try #require(result.words.kappa) - (0.7 - chance) / (1 - chance)) < 1e-12)
    }

    @Test func wordsAreRunsOfLettersAndDigitsOrSingleSigns() throws {
        let result = try agreement("naïve [5mg/kg|D], ok.", "naïve 5mg/[kg|D], ok.")
        #expect(result.words.words == 7)
        #expect(result.words.equal == 5)
    }

    @Test func kappaWithoutAnyDifferenceInTypesIsUndefined() throws {
        #expect(try agreement("a b", "a b").words.kappa == nil)
        #expect(try agreement("", "").words.kappa == nil)
        #expect(try agreement("[a|X] b", "[a|X] b").words.kappa == 1)
    }

    @Test func annotationsOfOtherNotesAreRefused() throws {
        let (a, b) = (document(marked: "a", id: "a"), document(marked: "b", id: "b"))
        func message(_ first: [Document], _ second: [Document]) -> String? {
            #expect(throws: AgreementError.self) { try Agreement.between(first, second) }?.description
        }
        #expect(
            message([a, b], [a])
                == "1 document (b) only in the first annotation; compare annotations of the same notes")
        #expect(
            message([a], [a, b])
                == "1 document (b) only in the second annotation; compare annotations of the same notes")
        #expect(
            message([a], [a, a])
                == "1 document (a) more than once in the second annotation; identifiers must be unique")
        #expect(
            message([a], [document(marked: "b", id: "a")])
                == "1 document (a) with different text in the two annotations, so that offsets cannot be compared; "
                + "both must annotate the same text")
    }

    @Test func aResultReadsBackFromJSON() throws {
        let result = try agreement("[a|X] [b|X] c", "[a|X] [b|Y] [c|Z]")
        let json = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(AgreementResult.self, from: json) == result)
    }
}
