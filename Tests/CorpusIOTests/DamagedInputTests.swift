import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

/// Files damaged at random: each is either read, with entities that lie within their text, or refused with an error of
/// ours. A crash would end the test run.
@Suite struct DamagedInputTests {
    private static let pieces: [[UInt8]] = [
        [], [0x00], [0xFF], [0xC3], [0x0D], [0x0A], Array("<".utf8), Array("&".utf8), Array("\"".utf8),
        Array("]]>".utf8),
        Array("99999999999999999999".utf8), Array("-1".utf8), Array("\t".utf8), Array(";".utf8), Array(" ".utf8),
        Array("😷".utf8), Array("[[[".utf8), Array("}".utf8), Array("\\ud800".utf8),
    ]

    @Test(arguments: [
        "2014-deid/gold/901-01.xml", "2014-risk/complete/801-01.xml", "2012-temporal/9001.xml",
        "2006-deid/deid_synthetic.xml", "2006-smoking/smokers_synthetic.xml",
        "2008-obesity/obesity_records_synthetic.xml",
    ])
    func damagedXML(_ fixture: String) throws {
        try damage(SharedData.fixture("i2b2/\(fixture)")) { bytes in
            try withFile("a.xml", bytes) { try CorpusReader.read($0, name: "test") }
        }
    }

    @Test func damagedAnnotationsOfBrat() throws {
        let text = try Data(contentsOf: URL(fileURLWithPath: SharedData.fixture("i2b2/2018-track2/gold/900901.txt")))
        try damage(SharedData.fixture("i2b2/2018-track2/gold/900901.ann")) { bytes in
            try withTemporaryFolder { folder in
                try text.write(to: URL(fileURLWithPath: "\(folder)/a.txt"))
                try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/a.ann"))
                return try CorpusReader.read(folder, name: "test")
            }
        }
    }

    @Test func damagedJSONLines() throws {
        try withTemporaryFolder { folder in
            let documents = try CorpusReader.read(SharedData.fixture("i2b2/2018-track2/gold"), name: "f").corpus
                .documents
            try CorpusWriter.write(documents, to: "\(folder)/a.jsonl", format: .jsonl)
            try damage("\(folder)/a.jsonl") { bytes in
                try withFile("a.jsonl", bytes) { try CorpusReader.read($0, name: "test") }
            }
        }
    }

    private func damage(_ path: String, read: ([UInt8]) throws -> ReadResult) throws {
        let original = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for _ in 0..<150 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let start = Int.random(in: 0..<bytes.count, using: &generator)
                let end = min(bytes.count, start + Int.random(in: 0...4, using: &generator))
                let piece = try #require(Self.pieces.randomElement(using: &generator))
                bytes.replaceSubrange(start..<end, with: piece)
            }
            do {
                let result = try read(bytes)
                for document in result.corpus.documents {
                    let length = document.text.utf8.count
                    #expect(document.entities.allSatisfy { $0.hull.start >= 0 && $0.hull.end <= length })
                    #expect(Set(document.entities.map(\.id)).count == document.entities.count)
                }
            } catch let error as CorpusError {
                refused += 1
                #expect(error.exitCode == .badData)
            }
        }
        #expect(refused > 0)
    }
}
