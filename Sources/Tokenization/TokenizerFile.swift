import Essentials
import Foundation

/// The `tokenizer.json` of a BERT: what Hugging Face's fast tokenizers read, with vocabulary and normalizer in one file.
///
/// Source: Hugging Face tokenizers, `models/wordpiece/serialization.rs` and `normalizers/bert.rs`.
struct TokenizerFile {
    /// The pieces in the order of their ids.
    let pieces: [String]
    /// Whether text is lower-cased.
    let lowercases: Bool
    /// Whether accents are removed; nothing where that follows from the case.
    let stripsAccents: Bool?
    /// Whether every Chinese character is a word.
    let separatesIdeographs: Bool

    /// Reads the file at `path`, which must hold a WordPiece model of BERT's kind.
    ///
    /// - Throws: ``FileError`` or ``TokenizationError/badConfiguration(path:key:expected:)``.
    init(contentsOf path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "a model folder holds the model's vocabulary as vocab.txt")
        }
        guard let root = TokenizerJSON(data), case .object = root else {
            throw TokenizationError.badConfiguration(path: path, key: "", expected: "a JSON object")
        }
        func refusal(_ key: String, _ expected: String) -> TokenizationError {
            .badConfiguration(path: path, key: key, expected: expected)
        }
        let model = root["model"]
        func requireText(_ key: String, _ expected: String) throws {
            guard let value = model?[key] else { return }
            guard case .string(expected) = value else { throw refusal("model.\(key)", "\"\(expected)\"") }
        }
        try requireText("type", "WordPiece")
        try requireText("unk_token", "[UNK]")
        try requireText("continuing_subword_prefix", "##")
        if let longest = model?["max_input_chars_per_word"] {
            guard case .number(let number) = longest, number == Double(WordPieceTokenizer.maxWordLength) else {
                throw refusal("model.max_input_chars_per_word", "\(WordPieceTokenizer.maxWordLength)")
            }
        }
        let normalizer = root["normalizer"]
        guard case .string("BertNormalizer") = normalizer?["type"] else {
            throw refusal("normalizer.type", "\"BertNormalizer\"")
        }
        func flag(_ key: String) throws -> Bool? {
            guard let value = normalizer?[key] else { return nil }
            guard case .bool(let flag) = value else { throw refusal("normalizer.\(key)", "true, false or null") }
            return flag
        }
        guard try flag("clean_text") ?? true else { throw refusal("normalizer.clean_text", "true") }
        lowercases = try flag("lowercase") ?? true
        stripsAccents = try flag("strip_accents")
        separatesIdeographs = try flag("handle_chinese_chars") ?? true
        pieces = try Self.pieces(root, refusal: refusal)
    }

    private static func pieces(
        _ root: TokenizerJSON, refusal: (String, String) -> TokenizationError
    ) throws -> [String] {
        let expected = "pieces with the ids from 0 on, each once"
        guard case .object(let vocabulary) = root["model"]?["vocab"] else { throw refusal("model.vocab", expected) }
        var ids: [(piece: String, id: Double)] = []
        for member in vocabulary {
            guard case .number(let id) = member.value else { throw refusal("model.vocab", expected) }
            ids.append((member.key, id))
        }
        // Tokens that were added to the model have rows behind those of its vocabulary.
        if case .array(let added) = root["added_tokens"] {
            for token in added {
                guard case .string(let piece) = token["content"], case .number(let id) = token["id"] else {
                    throw refusal("added_tokens", "an array of objects with content and id")
                }
                if id >= Double(vocabulary.count) { ids.append((piece, id)) }
            }
        }
        ids.sort { $0.id < $1.id }
        for (index, entry) in ids.enumerated() {
            guard entry.id == Double(index) else {
                throw refusal("model.vocab", "\(expected); there is not exactly one with id \(index)")
            }
            guard !entry.piece.isEmpty, !entry.piece.utf8.contains(0x0A), !entry.piece.utf8.contains(0x0D) else {
                throw refusal("model.vocab", "pieces of one line; that with id \(index) is empty or has a line break")
            }
        }
        return ids.map(\.piece)
    }
}
