import Essentials
import Foundation
import TestSupport
import Testing

@testable import Models

struct BertConfigurationTests {
    private static let valid: [String: String] = [
        "model_type": "\"bert\"", "vocab_size": "30", "hidden_size": "12", "num_hidden_layers": "2",
        "num_attention_heads": "3", "intermediate_size": "24", "max_position_embeddings": "64", "custom": "[1, 2]",
    ]

    private static func json(_ values: [String: String]) -> String {
        "{" + values.sorted { $0.key < $1.key }.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
    }

    @Test("sizes are read, what is missing has BERT's defaults, and saving keeps what is not interpreted")
    func reading() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/config.json"
            try AtomicFile.write(Self.json(Self.valid), to: path)
            let configuration = try BertConfiguration(contentsOf: path)
            #expect(configuration.hiddenSize == 12 && configuration.headCount == 3)
            #expect(configuration.layerNormEpsilon == 1e-12 && configuration.hiddenDropout == 0.1)
            try AtomicFile.write(configuration.encoded(architecture: "BertModel"), to: path)
            let values = try ConfigurationFile(path: path).values
            #expect(values["custom"] as? [Int] == [1, 2])
            #expect(values["architectures"] as? [String] == ["BertModel"])
            let again = try BertConfiguration(contentsOf: path)
            #expect(again.vocabularySize == 30 && again.intermediateSize == 24)
        }
    }

    @Test(
        "an unsupported or missing value is named with its key",
        arguments: [
            ("model_type", "\"roberta\"", "model_type is roberta; supported: bert"),
            ("hidden_act", "\"relu\"", "hidden_act is relu; supported: gelu"),
            (
                "position_embedding_type", "\"relative_key\"",
                "position_embedding_type is relative_key; supported: absolute"
            ),
            ("hidden_size", "0", "hidden_size is 0; supported: whole numbers from 1"),
            ("hidden_size", "\"12\"", "hidden_size is 12; supported: whole numbers from 1"),
            ("num_attention_heads", "5", "num_attention_heads is 5; supported: divisors of hidden_size, 12"),
            (
                "hidden_dropout_prob", "1.5",
                "hidden_dropout_prob is 1.5; supported: numbers from 0.0 to below 1.0"
            ),
            ("vocab_size", "null", "the key vocab_size is missing"),
        ])
    func unsupported(key: String, value: String, message: String) throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/config.json"
            try AtomicFile.write(Self.json(Self.valid.merging([key: value]) { $1 }), to: path)
            let error = #expect(throws: ModelError.self) { try BertConfiguration(contentsOf: path) }
            #expect(error?.description == "\(path): \(message)")
        }
    }

    @Test("a file that is no JSON object or not there is named")
    func unreadable() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/config.json"
            #expect(throws: FileError.self) { try BertConfiguration(contentsOf: path) }
            try AtomicFile.write("[1]", to: path)
            #expect(throws: ModelError.malformedConfiguration(path: path, reason: "not a JSON object")) {
                try BertConfiguration(contentsOf: path)
            }
        }
    }
}
