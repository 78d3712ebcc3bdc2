import Essentials
import Foundation
import Tokenization
import TorchNN

/// A folder with a BERT in Hugging Face's layout: `config.json`, the weights (see ``openWeights(ofFolder:)``), and the
/// vocabulary as `vocab.txt` or within `tokenizer.json`.
struct EncoderFolder {
    let path: String

    /// The tokenizer's files beside the vocabulary; none must be there.
    private static let tokenizerFiles = ["tokenizer_config.json", "special_tokens_map.json", "tokenizer.json"]

    /// What `transformers` calls the heads of encoders that were fine-tuned; an encoder is taken without them.
    static let headsOfTasks = ["classifier.", "qa_outputs."]

    func configuration() throws -> BertConfiguration {
        try BertConfiguration(contentsOf: "\(path)/config.json")
    }

    /// Published encoders have their tensors below `bert.` or at the top.
    static func encoderScope(_ root: Scope, file: (any TensorFile)?) -> Scope {
        let scope = root / "bert"
        guard let file else { return scope }
        let isPrefixed = file.names.contains { $0.hasPrefix("bert.") }
        return scope.loading(from: file, at: isPrefixed ? "bert" : "")
    }

    /// The folder's weights.
    func weights() throws -> any TensorFile { try openWeights(ofFolder: path) }

    /// Throws when the vocabulary has more or fewer pieces than the weights have rows.
    func checkVocabulary(against configuration: BertConfiguration, of file: any TensorFile) throws {
        let vocabulary = Vocabulary.path(inFolder: path)
        let pieces =
            vocabulary.hasSuffix(".txt") ? try Self.lineCount(vocabulary) : try Vocabulary(folder: path).count
        guard pieces == configuration.vocabularySize else {
            throw ModelError.vocabularyMismatch(
                vocabulary: vocabulary, pieces: pieces, weights: file.path, rows: configuration.vocabularySize)
        }
    }

    private static func lineCount(_ path: String) throws -> Int {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "expected the vocabulary of the encoder")
        }
        let newline = UInt8(ascii: "\n")
        let lines = data.reduce(0) { $0 + ($1 == newline ? 1 : 0) }
        return lines + (data.last == newline || data.isEmpty ? 0 : 1)
    }

    /// Throws when the file holds tensors that neither a model used nor belong to parts that are left out on purpose:
    /// the pooler, the head of sentence order, copies of tied tensors and a buffer of row numbers.
    ///
    /// - Parameter prefixes: of further tensors that are left out.
    func checkNothingLeft(in file: any TensorFile, leavingOut prefixes: [String] = []) throws {
        let leftOut =
            ["pooler.", "embeddings.position_ids"].flatMap { [$0, "bert.\($0)"] }
            + ["cls.seq_relationship.", "cls.predictions.decoder."] + prefixes
        if let extra = file.namesNotTaken.first(where: { name in !leftOut.contains { name.hasPrefix($0) } }) {
            throw CheckpointError.unexpectedTensor(path: file.path, tensor: extra)
        }
    }

    /// Copies the tokenizer's files but `tokenizer.json`, with another vocabulary.
    func copyTokenizer(to folder: String, withVocabulary lines: Data) throws {
        try AtomicFile.write(lines, to: "\(folder)/vocab.txt")
        for name in Self.tokenizerFiles where name != "tokenizer.json" {
            guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else { continue }
            try AtomicFile.write(data, to: "\(folder)/\(name)")
        }
    }

    /// Copies the tokenizer's files, byte for byte; `vocab.txt` is made from `tokenizer.json` where there is none.
    func copyTokenizer(to folder: String) throws {
        let written = "\(folder)/vocab.txt"
        if let data = FileManager.default.contents(atPath: "\(path)/vocab.txt") {
            try AtomicFile.write(data, to: written)
        } else {
            try AtomicFile.write(Vocabulary(folder: path).lines, to: written)
        }
        for name in Self.tokenizerFiles {
            guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else { continue }
            try AtomicFile.write(data, to: "\(folder)/\(name)")
        }
    }
}
