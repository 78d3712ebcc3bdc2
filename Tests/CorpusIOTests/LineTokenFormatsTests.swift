import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

/// What holds for all formats that count lines and tokens.
@Suite struct LineTokenFormatsTests {
    private static let concept = "c=\"took\" 1:0 1:0||t=\"problem\""

    @Test(
        arguments: [
            (["a.txt": "took aspirin", "a.con": concept], CorpusFormat.i2b2Concepts2010),
            (["txt/a.txt": "took aspirin", "concept/a.con": concept, "rel/a.rel": ""], .i2b2Concepts2010),
            (["a.txt": "took aspirin", "a.ast": ""], .i2b2Concepts2010),
            (["a.txt": "took aspirin", "a.txt.con": concept], .i2b2Coreference2011),
            (["a.txt": "took aspirin", "a.con": concept, "a.chains": ""], .i2b2Coreference2011),
            (
                ["docs/a.txt": "took aspirin", "concepts/a.txt.con": concept, "chains/a.txt.chains": ""],
                .i2b2Coreference2011
            ),
            (["1.xml.txt": "took aspirin", "1.xml.extent": ""], .i2b2Temporal2012),
            (["7": "took aspirin", "7_gold.entries": "m=\"aspirin\" 1:1 1:1||do=\"nm\""], .i2b2Medication2009),
            (["7.txt": "took aspirin", "7.m": "\n m=\"aspirin\" 1:1 1:1||do=\"nm\""], .i2b2Medication2009),
            (["text/7": "took aspirin", "gold/7.x": "m=\"aspirin\" 1:1 1:1||do=\"nm\""], .i2b2Medication2009),
            (["a.txt": "took aspirin", "a.ann": ""], .brat),
            // Folders of one format are nothing to another.
            (["a.txt": "took aspirin", "text/a.ann": "", "README": "x", "x.pdf": "m="], .text),
            (["a.txt": "took aspirin", "concept/readme.txt": ""], .text),
        ] as [([String: String], CorpusFormat)])
    func recognizesAFolderByItsFiles(_ files: [String: String], _ format: CorpusFormat) throws {
        let result = try readFolder(files)
        #expect(result.format == format)
        #expect(result.corpus.documents.map(\.text) == ["took aspirin"])
    }

    @Test func refusesToChooseBetweenTheViewsOf2012() throws {
        let path = SharedData.fixture("i2b2/2012-temporal")
        let names = ["9001.xml", "9001.xml.txt", "9001.xml.extent", "9001.xml.tlink"]
        let files = try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try String(contentsOfFile: "\(path)/\($0)", encoding: .utf8)) })
        #expect(
            try message(ofFolder: files).hasSuffix(
                ": holds files of several formats; set format to one of i2b2, i2b2-2012"))
    }

    @Test func countsTokensBeforeACarriageReturnAndOffsetsBehindIt() throws {
        let text = "one two\r\n\r\nthree \u{1F637} four\r\n"
        let lines = ["two 1:1 1:1", "three 3:0 3:0", "\u{1F637} four 3:1 3:2", "two three 1:1 3:0"]
        let concepts = lines.map { line in
            let parts = line.split(separator: " ")
            return
                "c=\"\(parts.dropLast(2).joined(separator: " "))\" \(parts.suffix(2).joined(separator: " "))||t=\"x\"\r\n"
        }
        let result = try readFolder(["a.txt": text, "a.con": concepts.joined()])
        let document = result.corpus.documents[0]
        #expect(document.entities.map(document.codePointSpans) == ["4-7", "11-16", "17-23", "4-16"])
        #expect(result.faults.isEmpty)
    }

    @Test func comparesTextsWhateverTheirCase() throws {
        let text = "ΟΔΥΣΣΕΥΣ İzmir STRASSE ﬁt"
        let concepts = ["οδυσσευς", "i\u{307}zmir", "straße", "FIT"].enumerated()
            .map { "c=\"\($1)\" 1:\($0) 1:\($0)||t=\"x\"\n" }
        #expect(try faults(["a.txt": text, "a.con": concepts.joined()]).isEmpty)
        let documents = try readFolder(["a.txt": text, "a.con": concepts.joined()]).corpus.documents
        try expectFolderRoundTrips(documents, .i2b2Concepts2010)
    }

    @Test(arguments: [
        CorpusFormat.i2b2Concepts2010, .i2b2Coreference2011, .i2b2Temporal2012, .i2b2Medication2009,
    ])
    func readsBackRandomDocuments(_ format: CorpusFormat) throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<6 {
            try expectFolderRoundTrips([try Self.randomDocument(format, using: &generator)], format)
        }
    }

    @Test func readsOrRefusesDamagedFiles() throws {
        let fixtures: [(folder: String, format: CorpusFormat)] = [
            ("2010-concepts", .i2b2Concepts2010), ("2011-coref", .i2b2Coreference2011),
            ("2012-temporal", .i2b2Temporal2012), ("2009-medication", .i2b2Medication2009),
        ]
        var generator = SeededGenerator(seed: 3)
        for (folder, format) in fixtures {
            let original = try contents(of: SharedData.fixture("i2b2/\(folder)"))
                .filter { !$0.key.hasSuffix(".xml") && !$0.key.hasSuffix(".tsv") && !$0.key.hasPrefix("crlf") }
            var refused = 0
            for round in 0..<25 {
                var files = original
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let name = try #require(files.keys.sorted().randomElement(using: &generator))
                    files[name] = Self.damaged(files[name] ?? "", using: &generator)
                }
                for mode in [ReadMode.standard, .repair] {
                    do {
                        let documents = try readFolder(files, ReadOptions(format: format, mode: mode)).corpus.documents
                        for document in documents {
                            let ids = Set(document.entities.map(\.id))
                            #expect(ids.count == document.entities.count)
                            #expect(document.entities.allSatisfy { $0.hull.end <= document.text.utf8.count })
                            #expect(
                                document.relations.allSatisfy { $0.arguments.allSatisfy { ids.contains($0.entityID) } })
                        }
                        if round.isMultiple(of: 5) { try expectFolderRoundTrips(documents, format) }
                    } catch let error as CorpusError {
                        refused += 1
                        #expect(error.exitCode == .badData)
                    }
                }
            }
            #expect(refused > 0)
        }
    }

    private static func damaged(_ text: String, using generator: inout SeededGenerator) -> String {
        let pieces = [
            "", "\"", "||", "|", "\n", "\r", " ", "\t", ":", "-", "-1:-1", "99999999999999999999", "0", "7:3 7:5", "β",
            "=",
            "c=\"", "\u{A0}", "\u{301}",
        ]
        var scalars = Array(text.unicodeScalars)
        let start = Int.random(in: 0...scalars.count, using: &generator)
        let end = min(scalars.count, start + Int.random(in: 0...3, using: &generator))
        scalars.replaceSubrange(start..<end, with: (pieces.randomElement(using: &generator) ?? "").unicodeScalars)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// A document as the reader of a format makes it, over random text.
    private static func randomDocument(_ format: CorpusFormat, using generator: inout SeededGenerator) throws
        -> Document
    {
        var text = ""
        var spans: [TextSpan] = []
        for _ in 0..<30 {
            let word = RandomText.make(count: 3, using: &generator).unicodeScalars
                .filter { !$0.properties.isWhitespace && $0 != "\"" && $0 != "\u{FEFF}" }
            if !word.isEmpty {
                let start = text.utf8.count
                text.unicodeScalars.append(contentsOf: word)
                spans.append(TextSpan(start: start, end: text.utf8.count))
            }
            text += ["\n", " ", "  ", "\r\n", "\t", "\n\n"].randomElement(using: &generator) ?? " "
        }
        var document = Document(id: "a", text: text)
        let types =
            switch format {
            case .i2b2Temporal2012: ["EVENT"]
            case .i2b2Medication2009: ["m"]
            default: ["problem"]
            }
        for index in spans.indices.shuffled(using: &generator).prefix(12) where index + 2 < spans.count {
            let last = spans[index + Int.random(in: 0...2, using: &generator)]
            document.entities.append(
                Entity(
                    id: "E\(document.entities.count)", type: types[0],
                    spans: [TextSpan(start: spans[index].start, end: last.end)]))
        }
        let ids = document.entities.map(\.id)
        for (number, id) in ids.enumerated() {
            switch format {
            case .i2b2Medication2009:
                var attributes = ["ln": "list"]
                for field in ["do", "mo", "f", "du", "r"] { attributes[field] = "nm" }
                document.relations.append(
                    Relation(
                        id: "R\(number + 1)", type: "medication", arguments: [.init(role: "m", entityID: id)],
                        attributes: attributes))
            case .i2b2Coreference2011:
                document.relations.append(
                    Relation(
                        id: "C\(number + 1)", type: "coref problem",
                        arguments: ids.shuffled(using: &generator).prefix(3).map {
                            .init(role: "mention", entityID: $0)
                        }))
            case .i2b2Temporal2012:
                document.entities[number].attributes = ["type": "TEST"]
                document.relations.append(
                    Relation(
                        id: "TL\(number)", type: "TLINK",
                        arguments: [.init(role: "from", entityID: id), .init(role: "to", entityID: ids[0])],
                        attributes: ["type": "BEFORE"]))
            default:
                document.entities[number].attributes = number % 2 == 0 ? ["assertion": "absent"] : [:]
                document.relations.append(
                    Relation(
                        id: "R\(number + 1)", type: "PIP",
                        arguments: [.init(role: "Arg1", entityID: id), .init(role: "Arg2", entityID: ids[0])]))
            }
        }
        return document
    }
}
