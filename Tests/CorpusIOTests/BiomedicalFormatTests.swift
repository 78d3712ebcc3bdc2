import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

/// Formats of the biomedical corpora: told from each other, read as streams, safe on damaged files.
@Suite struct BiomedicalFormatTests {
    private static let samples: [(name: String, content: String, format: CorpusFormat)] = [
        ("a.txt", "\n1|t|Title\n1|a|b\n", .pubtator),
        ("a", "1|t|Title\n", .pubtator),
        ("a.txt", "Pain 1|t|2 times a day\n", .text),
        ("a.txt", "a\tO\nb\tB-X\n", .conll),
        ("a.txt", "-DOCSTART- -X- O O\n\nEU NNP B-NP B-ORG\n. . O O\n", .conll),
        ("a.tsv", "a\tO\nb\tB-X\n", .conll),
        ("a.tsv", "id\ttext\n1\tB-12 was low\n", .table),
        ("a.tsv", "id\ttext\ttag\n1\tx\tB-X\n", .table),
        ("a.tsv", "text\tgroup\nO\tO\nx\tB\n", .table),
        ("a.iob", "a O\n", .conll),
        ("a.txt", "Plan: O\nB-12 low\n", .text),
        ("a.txt", "aspirin I-131\n", .text),
        ("a.ck", "<s> O None\na I None\n<eof> I None\n", .autoner),
        ("a.txt", "-DOCSTART-\n<s> O None S\na I X S\n", .autoner),
        ("a.xml", "<?xml version='1.0'?><!DOCTYPE collection SYSTEM 'BioC.dtd'><collection/>", .biocXML),
        ("a.xml", "<r><TEXT>&lt;collection></TEXT></r>", .i2b2),
        ("a.json", "{\"documents\":[{\"id\":\"a\",\"passages\":[]}]}", .biocJSON),
        ("a.json", "{\"0\":{\"label\":[],\"data\":{\"text\":[]},\"weak_labels\":[]}}", .wrench),
        ("a.json", "{\"text\":\"label data weak\"}", .table),
        ("a.jsonl", "{\"id\":\"a\",\"text\":\"\\\"documents\\\" \\\"passages\\\"\"}\n", .jsonl),
    ]

    @Test(arguments: samples.indices)
    func tellsFormatsFromEachOther(_ index: Int) throws {
        let sample = Self.samples[index]
        try withFile(sample.name, sample.content) { path in
            let format = try CorpusStream(path).format
            #expect(format == sample.format, "\(sample.name): \(sample.content)")
        }
    }

    @Test(arguments: [CorpusFormat.pubtator, .conll, .autoner])
    func handsOutDocumentsBeforeTheFileEnds(_ format: CorpusFormat) throws {
        let count = 6_000
        try withTemporaryFolder { folder in
            try CorpusWriter.write(to: "\(folder)/a", format: format) { write in
                for number in 0..<count {
                    let text = "Note \(number) with some fever"
                    let span = TextSpan(start: text.utf8.count - 5, end: text.utf8.count)
                    try write(Document(id: "n\(number)", text: text, entities: [Entity(type: "X", spans: [span])]))
                }
            }
            let handle = try #require(FileHandle(forWritingAtPath: "\(folder)/a"))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("broken\n".utf8))
            try handle.close()
            var groups = 0
            var documents = 0
            let stream = try CorpusStream("\(folder)/a", options: ReadOptions(format: format))
            #expect(throws: CorpusError.self) {
                try stream.read { read in
                    groups += 1
                    documents += read.documents.count
                }
            }
            #expect(groups > 2)
            #expect(documents > count / 2)
        }
    }

    /// Texts with everything that is hard: written and read back, a document is what it was after the first reading.
    @Test(arguments: [CorpusFormat.biocXML, .biocJSON, .pubtator, .conll, .autoner, .wrench])
    func randomTextsKeepTheirOffsets(_ format: CorpusFormat) throws {
        var generator = SeededGenerator(seed: 5)
        var options = WriteOptions()
        options.xmlReplacement = "?"
        for round in 0..<25 {
            let text = RandomText.make(count: 40, using: &generator)
            let offsets = TextOffsets(text)
            var entities: [Entity] = []
            for number in 0..<5 {
                let ends = [0, 1].map { _ in Int.random(in: 0...offsets.count, using: &generator) }.sorted()
                guard let span = offsets.span(ofCodePoints: ends[0], ends[1]), !span.isEmpty else { continue }
                entities.append(Entity(id: "E\(number)", type: number % 2 == 0 ? "A" : "B", spans: [span]))
            }
            let document = Document(id: "d\(round)", text: text, entities: entities)
            try withTemporaryFolder { folder in
                try CorpusWriter.write([document], to: "\(folder)/a", format: format, options: options)
                let first = try CorpusReader.read("\(folder)/a", name: "t", options: ReadOptions(format: format))
                    .corpus.documents
                if format == .biocJSON {
                    #expect(Array(first[0].text.utf8) == Array(text.utf8))
                    #expect(first[0].entities == entities)
                }
                try expectRoundTrips(first, format, options)
            }
        }
    }

    private static let pieces: [[UInt8]] = [
        [], [0x00], [0xFF], [0xC3], [0x0D], [0x0A], [0x0A, 0x0A], [0x09], Array("<".utf8), Array("&".utf8),
        Array("\"".utf8), Array("99999999999999999999".utf8), Array("-1".utf8), Array("9999999".utf8), Array("|".utf8),
        Array(" ".utf8), Array("😷".utf8), Array("[[[".utf8), Array("}".utf8), Array("\\ud800".utf8), Array("B-".utf8),
        Array("-DOCSTART-".utf8), Array(":".utf8),
    ]

    /// Files damaged at random: each is read, with entities within their text, or refused with an error of ours.
    @Test(arguments: [CorpusFormat.biocXML, .biocJSON, .pubtator, .conll, .autoner, .wrench])
    func damagedFiles(_ format: CorpusFormat) throws {
        let fixture = SharedData.fixture("i2b2/2018-track2/gold")
        let documents = try CorpusReader.read(fixture, name: "f").corpus.documents
        try withTemporaryFolder { folder in
            try CorpusWriter.write(documents, to: "\(folder)/a", format: format)
            let path = format == .wrench ? "\(folder)/a/data.json" : "\(folder)/a"
            let original = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
            var generator = SeededGenerator(seed: 12)
            var refused = 0
            for _ in 0..<100 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let start = Int.random(in: 0..<bytes.count, using: &generator)
                    let end = min(bytes.count, start + Int.random(in: 0...4, using: &generator))
                    bytes.replaceSubrange(start..<end, with: try #require(Self.pieces.randomElement(using: &generator)))
                }
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                do {
                    let read = try CorpusReader.read(path, name: "t", options: ReadOptions(format: format))
                    for document in read.corpus.documents {
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
}
