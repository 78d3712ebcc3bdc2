import Essentials
import Foundation
import TorchNN

/// A folder with a BERT in Hugging Face's layout: `config.json`, `model.safetensors`, `vocab.txt`.
struct EncoderFolder {
    let path: String

    var weights: String { "\(path)/model.safetensors" }
    var vocabulary: String { "\(path)/vocab.txt" }

    /// The tokenizer's files; only the vocabulary must be there.
    private static let tokenizerFiles = [
        "vocab.txt", "tokenizer_config.json", "special_tokens_map.json", "tokenizer.json",
    ]

    func configuration() throws -> BertConfiguration {
        try BertConfiguration(contentsOf: "\(path)/config.json")
    }

    /// Published encoders have their tensors below `bert.` or at the top.
    static func encoderScope(_ root: Scope, file: SafetensorsFile?) -> Scope {
        let scope = root / "bert"
        guard let file else { return scope }
        let isPrefixed = file.names.contains { $0.hasPrefix("bert.") }
        return scope.loading(from: file, at: isPrefixed ? "bert" : "")
    }

    /// Throws when the vocabulary has more or fewer pieces than the weights have rows.
    func checkVocabulary(against configuration: BertConfiguration) throws {
        guard let data = FileManager.default.contents(atPath: vocabulary) else {
            throw FileError.missing(path: vocabulary, hint: "expected the vocabulary of the encoder")
        }
        let newline = UInt8(ascii: "\n")
        let lines = data.reduce(0) { $0 + ($1 == newline ? 1 : 0) }
        let pieces = lines + (data.last == newline || data.isEmpty ? 0 : 1)
        guard pieces == configuration.vocabularySize else {
            throw ModelError.vocabularyMismatch(
                vocabulary: vocabulary, pieces: pieces, weights: weights, rows: configuration.vocabularySize)
        }
    }

    /// Throws when the file holds tensors that neither a model used nor belong to parts that are left out on purpose:
    /// the pooler, the head of sentence order, copies of tied tensors and a buffer of row numbers.
    func checkNothingLeft(in file: SafetensorsFile, leavingOut prefixes: [String] = []) throws {
        let leftOut =
            ["pooler.", "embeddings.position_ids"].flatMap { [$0, "bert.\($0)"] }
            + ["cls.seq_relationship.", "cls.predictions.decoder."] + prefixes
        if let extra = file.namesNotTaken.first(where: { name in !leftOut.contains { name.hasPrefix($0) } }) {
            throw CheckpointError.unexpectedTensor(path: file.path, tensor: extra)
        }
    }

    /// Copies the tokenizer's files, byte for byte.
    func copyTokenizer(to folder: String) throws {
        for name in Self.tokenizerFiles {
            let source = "\(path)/\(name)"
            guard let data = FileManager.default.contents(atPath: source) else {
                if name == "vocab.txt" { throw FileError.missing(path: source, hint: "expected the vocabulary") }
                continue
            }
            try AtomicFile.write(data, to: "\(folder)/\(name)")
        }
    }
}
