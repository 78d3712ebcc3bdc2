import Essentials
import Foundation
import Tokenization
import Torch
import TorchNN

/// More pieces for an encoder: whole words of the notes that its vocabulary shatters.
///
/// A new piece's vector is the mean of the vectors of the pieces that spelled the word before, so that the encoder
/// knows from the start roughly what it means; so is its bias in the masked-LM head.
///
/// Source: L. Gee et al., "Fast vocabulary transfer for language model compression", EMNLP 2022 (industry track).
public enum VocabularyExtension {
    /// The tensors with a row or value a piece.
    private static let tensors = [
        "embeddings.word_embeddings.weight", "cls.predictions.bias", "cls.predictions.decoder.weight",
        "cls.predictions.decoder.bias",
    ]

    /// Writes the encoder folder `source` with the words as further pieces to `folder`, which it replaces.
    ///
    /// A `tokenizer.json` is left out: it would still have the old vocabulary, and `vocab.txt` says the same.
    ///
    /// - Parameter words: each with the pieces that spell it; none is a piece of the vocabulary.
    /// - Throws: ``FileError``, ``ModelError``, ``CheckpointError`` or ``TokenizationError``.
    public static func write(words: [VocabularyReport.Word], from source: String, to folder: String) throws {
        let encoder = EncoderFolder(path: source)
        var configuration = try encoder.configuration()
        let file = try encoder.weights()
        try encoder.checkVocabulary(against: configuration, of: file)
        let vocabulary = try Vocabulary(folder: source)
        let spelled = words.map { $0.pieces.compactMap(vocabulary.id(of:)).map(Int.init) }
        let tensors = try file.names.map { name in
            let tensor = try file.tensor(named: name)
            let isTable = Self.tensors.contains { name == $0 || name == "bert.\($0)" }
            return (name: name, tensor: isTable ? extended(tensor, by: spelled) : tensor)
        }
        configuration.vocabularySize += words.count
        try AtomicFile.replaceFolder(folder) { folder in
            try SafetensorsWriter.write(tensors, to: "\(folder)/model.safetensors")
            try AtomicFile.write(
                configuration.encoded(architecture: "BertForMaskedLM"), to: "\(folder)/config.json")
            try encoder.copyTokenizer(to: folder, withVocabulary: vocabulary.lines + lines(words))
        }
    }

    private static func lines(_ words: [VocabularyReport.Word]) -> Data {
        Data(words.flatMap { Array($0.text.utf8) + [0x0A] })
    }

    /// The table with one more row a list, the mean of the rows that the list names.
    private static func extended(_ table: Tensor, by lists: [[Int]]) -> Tensor {
        let width = table.count / table.shape[0]
        var values = table.floats()
        values.reserveCapacity(values.count + lists.count * width)
        for rows in lists {
            for column in 0..<width {
                let sum = rows.reduce(Float(0)) { $0 + values[$1 * width + column] }
                values.append(sum / Float(rows.count))
            }
        }
        return Tensor(values, shape: [table.shape[0] + lists.count] + table.shape.dropFirst())
    }
}
