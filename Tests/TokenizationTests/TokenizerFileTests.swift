import Essentials
import Foundation
import TestSupport
import Testing

@testable import Tokenization

@Suite struct TokenizerFileTests {
    private static let vocabulary = ###"{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"[MASK]":4,"pain":5,"##ful":6}"###
    private static let normalizer = #"{"type":"BertNormalizer","lowercase":false}"#

    @Test func `vocabulary and settings come from the file where the others are missing`() throws {
        let cased = SharedData.fixture("checkpoints/safetensors-sharded")
        let uncased = SharedData.fixture("checkpoints/bin-sharded")
        let lines = try Vocabulary(contentsOf: SharedData.fixture("checkpoints/bin/vocab.txt")).pieces
        #expect(try Vocabulary(folder: cased).pieces == lines && Vocabulary(folder: uncased).pieces == lines)
        func pieces(_ folder: String) throws -> String {
            let tokenizer = try WordPieceTokenizer(folder: folder)
            let text = "Pain painful chests É é"
            return tokenizer.encode(text[...]).ids.map(tokenizer.vocabulary.piece(of:)).joined(separator: " ")
        }
        // As the tokenizers library answers.
        #expect(try pieces(cased) == "Pain pain ##ful chest ##s [UNK] é")
        #expect(try pieces(uncased) == "pain pain ##ful chest ##s e e")
    }

    @Test(
        arguments: [
            (nil, "true", "null", [true, true, false]), (nil, "false", "true", [false, true, false]),
            (nil, "true", "false", [true, false, false]),
            (#"{"do_lower_case": true}"#, "false", "false", [true, true, true]),
            (#"{"do_lower_case": null, "tokenize_chinese_chars": true}"#, "false", "null", [false, false, true]),
        ] as [(String?, String, String, [Bool])])
    func `tokenizer_config.json counts before tokenizer.json`(
        config: String?, lowercase: String, strip: String, expected: [Bool]
    ) throws {
        try withTemporaryFolder { folder in
            let normalizer =
                #"{"type":"BertNormalizer","lowercase":\#(lowercase),"strip_accents":\#(strip),"#
                + #""handle_chinese_chars":false}"#
            try write(["tokenizer.json": Self.json(normalizer: normalizer)], to: folder)
            if let config { try write(["tokenizer_config.json": config], to: folder) }
            let found = try TokenizerConfiguration(folder: folder)
            #expect([found.lowercases, found.stripsAccents, found.separatesIdeographs] == expected)
        }
    }

    @Test func `pieces that differ only in spelling stay apart, added tokens follow`() throws {
        // The signs of ohm and angstrom are canonically equal to letters; the second emoji is a surrogate pair.
        let vocabulary =
            Self.vocabulary.dropLast()
            + #","\u2126":7,"\u03a9":8,"\u212b":9,"\u00c5":10,"A\u030a":11,"\ud83d\ude00":12}"#
        let added = #"[{"id":0,"content":"[PAD]"},{"id":13,"content":"[NEW]"}]"#
        try withTemporaryFolder { folder in
            try write(["tokenizer.json": Self.json(vocabulary: String(vocabulary), added: added)], to: folder)
            let read = try Vocabulary(folder: folder)
            #expect(read.count == 14)
            #expect(Array(read.piece(of: 7).utf8) == Array("\u{2126}".utf8))
            #expect(Array(read.piece(of: 8).utf8) == Array("\u{3A9}".utf8))
            #expect(read.piece(of: 12) == "😀" && read.piece(of: 13) == "[NEW]")
            try read.lines.write(to: URL(fileURLWithPath: "\(folder)/vocab.txt"))
            let again = try Vocabulary(folder: folder)
            #expect(again.pieces.map { Array($0.utf8) } == read.pieces.map { Array($0.utf8) })
        }
    }

    @Test(
        arguments: [
            ("", "expected a JSON object"), ("[]", "expected a JSON object"), ("{\"a\":", "expected a JSON object"),
            (String(repeating: "[", count: 100_000), "expected a JSON object"),
            (json() + "x", "expected a JSON object"),
            (json(model: #""type":"BPE","#), #""model.type" must be "WordPiece""#),
            (json(model: #""unk_token":"<unk>","#), #""model.unk_token" must be "[UNK]""#),
            (
                json(model: #""continuing_subword_prefix":"@@","#),
                ###""model.continuing_subword_prefix" must be "##""###
            ),
            (json(model: #""max_input_chars_per_word":50,"#), #""model.max_input_chars_per_word" must be 100"#),
            (json(normalizer: "null"), #""normalizer.type" must be "BertNormalizer""#),
            (json(normalizer: #"{"type":"Sequence"}"#), #""normalizer.type" must be "BertNormalizer""#),
            (
                json(normalizer: #"{"type":"BertNormalizer","clean_text":false}"#),
                #""normalizer.clean_text" must be true"#
            ),
            (
                json(normalizer: #"{"type":"BertNormalizer","lowercase":1}"#),
                #""normalizer.lowercase" must be true, false or null"#
            ),
            (
                json(vocabulary: #"{"[PAD]":0,"a":2}"#),
                #""model.vocab" must be pieces with the ids from 0 on, each once; there is not exactly one with id 1"#
            ),
            (json(vocabulary: #"{"a":0,"b":0}"#), "there is not exactly one with id 1"),
            (json(vocabulary: #"{"a":"0"}"#), #""model.vocab" must be pieces with the ids from 0 on, each once"#),
            (json(vocabulary: #"{"a\n":0}"#), "that with id 0 is empty or has a line break"),
            (json(added: "[1]"), #""added_tokens" must be an array of objects with content and id"#),
            (json(vocabulary: #"{"a":0}"#), "the vocabulary has no [PAD]"),
        ] as [(String, String)])
    func `what is not a BERT's is refused with its key`(text: String, expected: String) throws {
        try withTemporaryFolder { folder in
            try write(["tokenizer.json": text], to: folder)
            let message = message { _ = try Vocabulary(folder: folder) }
            #expect(message.hasPrefix("\(folder)/tokenizer.json: ") && message.contains(expected), "\(message)")
        }
    }

    @Test func `a folder without a vocabulary asks for vocab.txt`() throws {
        try withTemporaryFolder { folder in
            #expect(Vocabulary.path(inFolder: folder) == "\(folder)/vocab.txt")
            #expect(throws: FileError.self) { try Vocabulary(folder: folder) }
        }
    }

    private static func json(
        model: String = "", vocabulary: String = vocabulary, normalizer: String = normalizer, added: String = "[]"
    ) -> String {
        #"{"added_tokens":\#(added),"normalizer":\#(normalizer),"model":{\#(model)"vocab":\#(vocabulary)}}"#
    }
}
