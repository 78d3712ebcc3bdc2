import Foundation
import TestSupport
import Testing

@testable import Tokenization

@Suite struct TokenizerConfigurationTests {
    @Test(
        arguments: [
            ("{}", [true, true, true]), (#"{"do_lower_case": false}"#, [false, false, true]),
            (#"{"do_lower_case": true, "strip_accents": null, "vocab_size": 3}"#, [true, true, true]),
            (
                #"{"do_lower_case": false, "strip_accents": true, "tokenize_chinese_chars": false}"#,
                [false, true, false]
            ),
        ])
    func `the model's own settings count, then the reference's defaults`(json: String, expected: [Bool]) throws {
        let configuration = try read(json)
        #expect(
            [configuration.lowercases, configuration.stripsAccents, configuration.separatesIdeographs] == expected)
    }

    @Test func `a folder without the file is an uncased model's`() throws {
        let configuration = try withTemporaryFolder { try TokenizerConfiguration(folder: $0) }
        #expect(configuration == TokenizerConfiguration())
    }

    @Test(
        arguments: [
            ("[1]", "tokenizer_config.json: expected a JSON object"),
            ("{", "tokenizer_config.json: expected a JSON object"),
            (#"{"do_lower_case": "yes"}"#, "tokenizer_config.json: \"do_lower_case\" must be true, false or null"),
        ])
    func `a bad file is refused with its key`(json: String, expected: String) throws {
        do {
            _ = try read(json)
            Issue.record("no error")
        } catch let error as TokenizationError {
            #expect(error.description.replacing(/^.*\/(?=tokenizer_config)/, with: "") == expected)
        }
    }

    private func read(_ json: String) throws -> TokenizerConfiguration {
        try withTemporaryFolder { folder in
            try Data(json.utf8).write(to: URL(fileURLWithPath: "\(folder)/tokenizer_config.json"))
            return try TokenizerConfiguration(folder: folder)
        }
    }
}
