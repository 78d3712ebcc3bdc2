import Essentials
import Foundation
import TestSupport
import Testing

@testable import Tokenization

@Suite struct VocabularyTests {
    private static let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    @Test func `a piece's id is its line`() throws {
        let vocabulary = try read((Self.special + ["pain", "##ful", "é"]).joined(separator: "\n") + "\n")
        #expect(vocabulary.count == 8)
        #expect(vocabulary.id(of: "pain") == 5 && vocabulary.id(of: "##ful") == 6 && vocabulary.id(of: "é") == 7)
        #expect(vocabulary.id(of: "pai") == nil && vocabulary.id(of: "") == nil)
        #expect(vocabulary.piece(of: 6) == "##ful")
        #expect(
            [
                vocabulary.paddingID, vocabulary.unknownID, vocabulary.classificationID, vocabulary.separatorID,
                vocabulary.maskID,
            ] == [0, 1, 2, 3, 4])
        #expect((0..<8).map { vocabulary.isSpecial($0) } == [true, true, true, true, true, false, false, false])
    }

    @Test func `Windows line ends and a missing last one do not matter`() throws {
        let vocabulary = try read((Self.special + ["pain"]).joined(separator: "\r\n"))
        #expect(vocabulary.pieces == Self.special + ["pain"])
    }

    @Test(arguments: special)
    func `a vocabulary without a special piece is refused by name`(piece: String) throws {
        let rest = Self.special.filter { $0 != piece }.joined(separator: "\n")
        #expect(try message(rest) == "vocab.txt: the vocabulary has no \(piece); is it the vocabulary of a BERT model?")
    }

    @Test(
        arguments: [
            (
                "pain\nache\npain",
                "vocab.txt:8: the same piece stands on line 6; each line is one id, remove the wrong one"
            ),
            ("pain\n\nache", "vocab.txt:7: empty line; each line is one piece and its number the piece's id"),
        ])
    func `a bad line is refused with its number`(lines: String, expected: String) throws {
        #expect(try message(Self.special.joined(separator: "\n") + "\n" + lines) == expected)
    }

    @Test func `a missing file says what a model folder holds`() {
        #expect(
            throws: FileError.missing(
                path: "/nowhere/vocab.txt", hint: "a model folder holds the model's vocabulary as vocab.txt")
        ) {
            try Vocabulary(contentsOf: "/nowhere/vocab.txt")
        }
    }

    private func read(_ text: String) throws -> Vocabulary {
        try withTemporaryFolder { folder in
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/vocab.txt"))
            return try Vocabulary(contentsOf: "\(folder)/vocab.txt")
        }
    }

    /// The message of the error, without the folder.
    private func message(_ text: String) throws -> String {
        do {
            _ = try read(text)
            return "no error"
        } catch let error as TokenizationError {
            return error.description.replacing(/^.*\/(?=vocab.txt)/, with: "")
        }
    }
}
