import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing
import TextProcessing

@testable import Tokenization

@Suite struct WordPieceTokenizerTests {
    private static let model = "\(SharedData.deps)/models/minilm-l6"
    private static let hasModel = FileManager.default.fileExists(atPath: "\(model)/vocab.txt")

    /// A case of `wordpiece.json`, made by `make_wordpiece.py` beside it; offsets count code points.
    private struct Reference: Decodable {
        struct Case: Decodable {
            var text: String
            var ids: [Int32]
            var tokens: [String]
            var offsets: [[Int]]
        }
        var cases: [Case]
    }

    @Test(.enabled(if: hasModel, "needs the pretrained encoder below CLINNER_DEPS"))
    func `ids and offsets are those of the reference`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: SharedData.fixture("reference/wordpiece.json")))
        let reference = try JSONDecoder().decode(Reference.self, from: data)
        let tokenizer = try WordPieceTokenizer(folder: Self.model)
        #expect(reference.cases.count > 150)
        for example in reference.cases {
            let encoding = tokenizer.encode(example.text[...])
            let offsets = TextOffsets(example.text)
            #expect(encoding.ids == example.ids, "\(example.text.debugDescription)")
            #expect(encoding.ids.map(tokenizer.vocabulary.piece(of:)) == example.tokens)
            let found = encoding.spans.map { offsets.codePoints(of: $0) }.map { [$0.lowerBound, $0.upperBound] }
            #expect(found == example.offsets, "\(example.text.debugDescription)")
        }
    }

    private static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "chest", "pain", "##ful", "##s", "a", "##a", "naive", "5", "mg",
        "##mg", "/", "kg", ",", "[", "]", "mask", "中", "cafe", "É", "é", "##é", "i", "##\u{307}", "İ", "Pain",
    ]

    @Test(
        arguments: [
            ("Painful chest pains", "pain ##ful chest pain ##s"), ("5mg/kg, 5 MG", "5 ##mg / kg , 5 mg"),
            ("naïve CAFÉ", "naive cafe"), ("xyz pain", "[UNK] pain"), ("painx pain", "[UNK] pain"),
            // Text never becomes a special piece.
            ("[MASK]", "[ mask ]"), ("中a中", "中 a 中"), ("pa\u{1}in\u{AD}ful\u{200B}", "pain ##ful"), (" \n\t", ""),
        ])
    func `words divide into the longest pieces`(text: String, expected: String) throws {
        let found = try pieces(of: text, TokenizerConfiguration())
        #expect(found == expected)
    }

    @Test func `a cased model keeps capitals and accents, ideographs may stay together`() throws {
        var configuration = TokenizerConfiguration()
        configuration.lowercases = false
        configuration.stripsAccents = false
        #expect(try pieces(of: "Pain É é aé İ", configuration) == "Pain É é a ##é İ")
        configuration.lowercases = true
        #expect(try pieces(of: "É İ", configuration) == "é i ##\u{307}")
        configuration.separatesIdeographs = false
        #expect(try pieces(of: "中a 中", configuration) == "中 ##a 中")
    }

    @Test(arguments: [(100, 100), (101, 1)])
    func `a word of more than a hundred characters is unknown`(count: Int, expected: Int) throws {
        for letter in ["a", "á"] {
            let text = String(repeating: letter, count: count)
            let encoding = try tokenizer(TokenizerConfiguration()).encode(text[...])
            #expect(encoding.ids.count == expected)
            #expect(encoding.spans.last?.end == text.utf8.count && encoding.spans.first?.start == 0)
        }
    }

    @Test func `a document's pieces are those of its tokens, one unknown for a token without any`() throws {
        let text = "5mg/kg \u{1}naïve\u{1} \u{E000} chest [**pain**]"
        let segmented = DocumentSegmenter(sectionHeaders: .none).segment(Document(id: "n", text: text))
        let tokenizer = try tokenizer(TokenizerConfiguration())
        let encoded = tokenizer.encode(segmented)
        let words = zip(segmented.segmentation.tokens, encoded.wordPieces).map { token, pieces in
            let word = segmented.document.text(of: token.span)
            let alone = tokenizer.encode(word).ids
            #expect(Array(encoded.ids[pieces]) == (alone.isEmpty ? [1] : alone))
            return encoded.ids[pieces].map(tokenizer.vocabulary.piece(of:)).joined(separator: " ")
        }
        #expect(words == ["5", "mg", "/", "kg", "naive", "[UNK]", "chest", "[ [UNK] [UNK] pain [UNK] [UNK] ]"])
        #expect(encoded.wordPieces.last?.upperBound == encoded.ids.count)
    }

    @Test(.enabled(if: hasModel, "needs the pretrained encoder below CLINNER_DEPS"))
    func `on random text spans rise, lie on code point boundaries and count from the slice's start`() throws {
        let tokenizer = try WordPieceTokenizer(folder: Self.model)
        var generator = SeededGenerator(seed: 41)
        for round in 0..<300 {
            let text = RandomText.make(count: round % 50, using: &generator)
            let bytes = Array(text.utf8)
            let encoding = tokenizer.encode(text[...])
            #expect(encoding.ids.count == encoding.spans.count)
            for (span, next) in zip(encoding.spans, encoding.spans.dropFirst()) {
                #expect(span.start <= next.start && span.end <= next.end)
            }
            for span in encoding.spans {
                #expect(!span.isEmpty && span.end <= bytes.count && bytes[span.start] & 0xC0 != 0x80)
                #expect(span.end == bytes.count || bytes[span.end] & 0xC0 != 0x80)
            }
            let padded = "zz " + text
            let slice = padded[padded.utf8.index(padded.startIndex, offsetBy: 3)...]
            #expect(tokenizer.encode(slice).spans == encoding.spans)
        }
    }

    private func pieces(of text: String, _ configuration: TokenizerConfiguration) throws -> String {
        let tokenizer = try tokenizer(configuration)
        return tokenizer.encode(text[...]).ids.map(tokenizer.vocabulary.piece(of:)).joined(separator: " ")
    }

    private func tokenizer(_ configuration: TokenizerConfiguration) throws -> WordPieceTokenizer {
        try withTemporaryFolder { folder in
            try Data(Self.pieces.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: "\(folder)/vocab.txt"))
            let vocabulary = try Vocabulary(contentsOf: "\(folder)/vocab.txt")
            return WordPieceTokenizer(vocabulary: vocabulary, configuration: configuration)
        }
    }
}
