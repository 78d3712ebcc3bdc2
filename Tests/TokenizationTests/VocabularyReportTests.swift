import ClinicalText
import Foundation
import TestSupport
import Testing
import TextProcessing

@testable import Tokenization

@Suite struct VocabularyReportTests {
    private static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hypo", "##nat", "##rem", "##ia", "pain", "john", "##s", "##on",
        "5", "-", "beta", "block", "##er", ".",
    ]

    private func report(_ notes: [String]) throws -> VocabularyReport {
        let vocabulary = try withTemporaryFolder { folder in
            try Data(Self.pieces.map { "\($0)\n" }.joined().utf8).write(to: URL(fileURLWithPath: "\(folder)/vocab.txt"))
            return try Vocabulary(contentsOf: "\(folder)/vocab.txt")
        }
        let tokenizer = WordPieceTokenizer(vocabulary: vocabulary, configuration: TokenizerConfiguration())
        var report = VocabularyReport(vocabulary: tokenizer.vocabulary)
        let segmenter = DocumentSegmenter(sectionHeaders: .none, words: .init())
        for (index, text) in notes.enumerated() {
            let note = segmenter.segment(Document(id: "\(index)", text: text))
            report.add(note, encoded: tokenizer.encode(note))
        }
        return report
    }

    @Test func wordsAndTheirPiecesAreCounted() throws {
        let report = try report(["Hyponatremia, pain 5.", "hyponatremia and pain", "pain"])
        // `and` cannot be spelled; the number and the punctuation marks are no words.
        #expect(report.wordCount == 6 && report.unknownCount == 1)
        #expect(report.pieceCount == 2 * 4 + 3 + 1)
        #expect(report.wordsByPieces == [4, 0, 0, 2])
        let word = try #require(report.shattered.first)
        #expect(report.shattered.count == 1)
        #expect(word.text == "hyponatremia" && word.pieces == ["hypo", "##nat", "##rem", "##ia"])
        #expect(word.count == 2 && word.notes == 2 && word.capitalized == 1 && word.cost == 6)
    }

    @Test func theCostliestComesFirst() throws {
        let report = try report(["blocker blocker pain", "hyponatremia"])
        #expect(report.shattered.map(\.text) == ["hyponatremia", "blocker"])
        #expect(report.shattered.map(\.cost) == [3, 2])
    }

    @Test func namesAndWordsOfFewNotesAreNoCandidates() throws {
        let note = "Johnson has hyponatremia on a blocker."
        let report = try report([note, note, note, "blocker beta-blocker"])
        #expect(report.shattered.map(\.text).contains("johnson"))
        func candidates(_ notes: Int) -> [String] {
            report.shattered.filter { report.isCandidate($0, notes: notes) }.map(\.text)
        }
        #expect(candidates(3) == ["hyponatremia", "blocker"])
        #expect(candidates(4) == ["blocker"])
        #expect(candidates(5).isEmpty)
    }
}
