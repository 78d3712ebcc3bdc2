import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

/// Files of annotation tools damaged at random: each is either read, with entities that lie within their text, or
/// refused with an error of ours, in every mode. A crash would end the test run.
@Suite struct DamagedToolFilesTests {
    private static let pieces: [[UInt8]] = [
        [], [0x00], [0xFF], [0xC3], [0x0A], Array("\"".utf8), Array("\\".utf8), Array("99999999999999999999".utf8),
        Array("-1".utf8), Array("1.5".utf8), Array("null".utf8), Array("😷".utf8), Array("[[[".utf8), Array("}".utf8),
        Array("]".utf8), Array(",".utf8), Array(":".utf8), Array("{}".utf8), Array("\\ud800".utf8), Array("<a>".utf8),
        Array("&#10;".utf8), Array("/>".utf8),
    ]

    @Test(arguments: [CorpusFormat.doccano, .spacy, .prodigy, .labelStudio, .xmi, .brat])
    func damaged(_ format: CorpusFormat) throws {
        try withTemporaryFolder { folder in
            let isFolder = try CorpusWriter.writesFolder(format)
            let path = "\(folder)/all" + (isFolder ? "" : format == .labelStudio ? ".json" : ".jsonl")
            try CorpusWriter.write([FormatCycle.fullDocument()], to: path, format: format)
            let files = isFolder ? ["xmi", "ann"].map { "\(path)/note.\($0)" } : [path]
            let file = try #require(files.first { FileManager.default.fileExists(atPath: $0) })
            let original = try Array(Data(contentsOf: URL(fileURLWithPath: file)))
            var generator = SeededGenerator(seed: 7)
            var refused = 0
            for round in 0..<200 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let start = Int.random(in: 0..<bytes.count, using: &generator)
                    let end = min(bytes.count, start + Int.random(in: 0...4, using: &generator))
                    bytes.replaceSubrange(start..<end, with: try #require(Self.pieces.randomElement(using: &generator)))
                }
                try Data(bytes).write(to: URL(fileURLWithPath: file))
                let options = ReadOptions(format: format, mode: [.standard, .warn, .repair][round % 3])
                do {
                    let documents = try CorpusReader.read(isFolder ? path : file, name: "a", options: options).corpus
                        .documents
                    for document in documents {
                        let length = document.text.utf8.count
                        #expect(document.entities.allSatisfy { $0.hull.start >= 0 && $0.hull.end <= length })
                        #expect(Set(document.entities.map(\.id)).count == document.entities.count)
                    }
                    // What was read can be written.
                    try CorpusWriter.write(documents, to: "\(folder)/again.jsonl", format: .jsonl)
                } catch let error as CorpusError {
                    refused += 1
                    #expect(error.exitCode == .badData)
                }
            }
            #expect(refused > 0)
        }
    }
}
