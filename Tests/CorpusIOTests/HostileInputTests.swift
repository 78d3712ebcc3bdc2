import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

/// Input written to harm, in every format: it ends in documents that keep the rules or in a clear error, and soon.
@Suite struct HostileInputTests {
    @Test(arguments: CorpusReader.formats)
    func bytesThatAreNotUTF8AreRefused(_ format: CorpusFormat) throws {
        let wrong: [[UInt8]] = [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80]]
        for (index, input) in try inputs(of: format).enumerated() {
            for place in input.files.indices {
                var files = input.files
                let middle = files[place].bytes.count / 2
                files[place].bytes.insert(contentsOf: wrong[index % wrong.count], at: middle)
                try holds(files, format)
                // Of a table only the columns that are asked for are looked at.
                guard format != .table else { continue }
                #expect(
                    try InputCheck(files, format: format).documents(.standard) == nil, "\(files[place].name) \(index)")
            }
        }
    }

    @Test(arguments: CorpusReader.formats)
    func utf16IsReadWithAndWithoutItsMark(_ format: CorpusFormat) throws {
        for input in try inputs(of: format) {
            let expected = try #require(try InputCheck(input.files, format: format).documents(.standard))
            // A file that says it is UTF-8 contradicts itself in UTF-16 and may be refused.
            let saysUTF8 = input.files.contains { $0.bytes.prefix(200).contains("encoding") }
            for (hasMark, isBig) in [(true, true), (true, false), (false, true), (false, false)] {
                let files = input.files.map { file in
                    (name: file.name, bytes: Self.utf16(file.bytes, hasMark: hasMark, isBig: isBig))
                }
                let check = InputCheck(files, format: format)
                try holds(files, format)
                let documents = try check.documents(.standard)
                if documents == nil, saysUTF8 { continue }
                let difference = InputCheck.difference(try #require(documents), expected)
                #expect(difference == nil, "\(files.map(\.name)), mark \(hasMark), big-endian \(isBig)")
            }
        }
    }

    @Test(arguments: CorpusReader.formats)
    func zeroBytesDoNoHarm(_ format: CorpusFormat) throws {
        for input in try inputs(of: format) {
            for place in input.files.indices {
                for count in [1, 4, 1_000] {
                    var files = input.files
                    files[place].bytes = [UInt8](repeating: 0, count: count)
                    try holds(files, format)
                    files[place].bytes = input.files[place].bytes + files[place].bytes
                    try holds(files, format)
                }
                var files = input.files
                files[place].bytes = files[place].bytes.flatMap { $0 == 0x20 ? [0x20, 0x00] : [$0] }
                try holds(files, format)
            }
        }
    }

    /// Every number of the files becomes one that is wrong: negative, beyond the text, beyond 64 bits.
    @Test(arguments: CorpusReader.formats)
    func offsetsMayBeAnything(_ format: CorpusFormat) throws {
        let numbers = [
            "-1", "9999999", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
            "99999999999999999999999999", "1e400", "0x10", "",
        ]
        for input in try inputs(of: format) {
            for place in input.files.indices {
                let places = Self.numbers(in: input.files[place].bytes)
                let step = max(1, places.count / 12)
                for index in stride(from: 0, to: places.count, by: step) {
                    for number in numbers {
                        var files = input.files
                        files[place].bytes.replaceSubrange(places[index], with: number.utf8)
                        try holds(files, format, modes: [index % 2 == 0 ? .standard : .repair])
                    }
                }
                for number in numbers {
                    var files = input.files
                    for range in places.reversed() { files[place].bytes.replaceSubrange(range, with: number.utf8) }
                    try holds(files, format)
                }
            }
        }
    }

    @Test(arguments: CorpusReader.formats)
    func halvesOfCharactersDoNoHarm(_ format: CorpusFormat) throws {
        let halves = [
            "\\ud800", "\\udc00", "\\ud800\\u0041", "\\ud800\\ud800", "\\udc00\\ud800", "\\u0000", "\\ufffe",
            "&#xD800;", "&#0;", "&#x110000;", "&#99999999999;",
        ]
        for input in try inputs(of: format) {
            for place in input.files.indices {
                let letters = input.files[place].bytes.indices.filter { input.files[place].bytes[$0] | 0x20 == 0x61 }
                for (index, half) in halves.enumerated() where !letters.isEmpty {
                    var files = input.files
                    let letter = letters[index * letters.count / halves.count]
                    files[place].bytes.replaceSubrange(letter...letter, with: half.utf8)
                    try holds(files, format, modes: [.standard, .warn])
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: CorpusReader.formats)
    func deepNestingIsBounded(_ format: CorpusFormat) throws {
        let names = try Set(inputs(of: format).flatMap { $0.files.map(\.name) })
        let ends = Set(names.map { ($0 as NSString).pathExtension }).sorted()
        let deep = 100_000
        for ending in ends {
            for piece in ["[", "{\"text\":", "{\"a\":[", "<a>", "<a><b x=\"", "((", "\"", "%% ", "\t", "||", "T1\t"] {
                let bytes = Array(String(repeating: piece, count: deep).utf8)
                try holds([(name: ending.isEmpty ? "a" : "a.\(ending)", bytes: bytes)], format, modes: [.warn])
            }
        }
    }

    @Test(arguments: CorpusReader.formats)
    func hugeRecordsAreRefused(_ format: CorpusFormat) throws {
        let run = [UInt8](repeating: UInt8(ascii: "a"), count: 2_000_000)
        var options = ReadOptions(format: format, maxFileBytes: 100_000)
        options.mode = .standard
        for input in try inputs(of: format).prefix(3) {
            for place in input.files.indices {
                var files = input.files
                files[place].bytes.insert(contentsOf: run, at: files[place].bytes.count / 2)
                let error = #expect(throws: CorpusError.self, "\(files[place].name)") {
                    try CorpusReader.read(files, name: "folder", options: options)
                }
                #expect(error == .tooLarge(file: files[place].name, limit: 100_000))
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: CorpusReader.formats)
    func entitiesOfXMLAreRefusedInEveryFormat(_ format: CorpusFormat) throws {
        try withTemporaryFolder { folder in
            try "secret".write(toFile: "\(folder)/secret", atomically: true, encoding: .utf8)
            let server = try Listener()
            let laughs = (1...9).map { level in
                "<!ENTITY a\(level) \"\(String(repeating: "&a\(level - 1);", count: 10))\">"
            }.joined()
            let declarations = [
                "[<!ENTITY a0 \"a\">\(laughs)]", "[<!ENTITY a9 SYSTEM \"file://\(folder)/secret\">]",
                "[<!ENTITY a9 SYSTEM \"http://127.0.0.1:\(server.port)/a\">]",
                "[<!ENTITY % p SYSTEM \"http://127.0.0.1:\(server.port)/p.dtd\">%p;]",
                "SYSTEM \"http://127.0.0.1:\(server.port)/d.dtd\"",
            ]
            for input in try inputs(of: format) {
                for (place, file) in input.files.enumerated() {
                    guard let doctype = Self.placeOfDoctype(in: file.bytes) else { continue }
                    for declaration in declarations {
                        var files = input.files
                        files[place].bytes.replaceSubrange(doctype, with: "<!DOCTYPE r \(declaration)>".utf8)
                        try holds(files, format)
                        guard declaration.hasPrefix("[") else { continue }
                        let error = #expect(throws: CorpusError.self) {
                            try CorpusReader.read(files, name: "folder", options: ReadOptions(format: format))
                        }
                        #expect(try #require(error).description.contains("XML entities"))
                    }
                }
            }
            #expect(!server.wasCalled)
        }
    }

    @Test(.timeLimit(.minutes(1))) func anAttributeOfElevenMegabytesIsRefused() throws {
        let value = String(repeating: "a", count: 11_000_000)
        let message = try message("a.xml", "<r><TEXT>a</TEXT>\n<TAGS><S text=\"\(value)\"/></TAGS></r>")
        #expect(message.hasPrefix("a.xml:2: not well-formed XML: "))
        #expect(message.utf8.count < 200)
    }

    /// Entities of one id, each over the whole text with another surface; a table of one long row.
    @Test(.timeLimit(.minutes(1))) func workIsLinearWhereEverythingIsWrong() throws {
        func seconds(_ count: Int) throws -> Double {
            let text = String(repeating: "pain ", count: count)
            let mention = "{\"id\":\"a\",\"type\":\"S\",\"spans\":[[0,\(5 * count)]],\"text\":\"\"}"
            let mentions = Array(repeating: mention, count: count).joined(separator: ",")
            let line = "{\"id\":\"a\",\"text\":\"\(text)\",\"entities\":[\(mentions)]}"
            let table = "id,text\n1,\"" + String(repeating: "\"\"\n", count: 200 * count) + "\"\n"
            let start = clock()
            let options = ReadOptions(format: .jsonl, mode: .warn)
            let read = try CorpusReader.read([("a.jsonl", Array(line.utf8))], name: "folder", options: options)
            #expect(read.corpus.documents[0].entities.count == count)
            let rows = try CorpusReader.read(
                [("a.csv", Array(table.utf8))], name: "folder", options: ReadOptions(format: .table))
            #expect(rows.corpus.documents.count == 1)
            return Double(clock() - start) / Double(CLOCKS_PER_SEC)
        }
        _ = try seconds(100)
        let few = try seconds(1_000)
        let many = try seconds(5_000)
        // Quadratic work would take 25 times as long.
        #expect(many < 12 * few + 0.2, "\(few) s, \(many) s")
    }

    @Test(.timeLimit(.minutes(2)), arguments: CorpusWriter.formats)
    func manyEntitiesTakeLinearTime(_ format: CorpusFormat) throws {
        _ = try secondsToRead(1_000, format)
        // One format goes far, for the code that all of them share.
        let count = format == .brat ? 20_000 : 2_000
        let few = try secondsToRead(count, format)
        let many = try secondsToRead(5 * count, format)
        // Quadratic work would take 25 times as long.
        #expect(many < 12 * few + 0.2, "\(few) s for \(count), \(many) s for \(5 * count)")
    }

    /// Processor time, which does not depend on what else the machine does.
    private func secondsToRead(_ count: Int, _ format: CorpusFormat) throws -> Double {
        let text = String(repeating: "pain ", count: count)
        let entities = (0..<count).map { index in
            Entity(id: "T\(index + 1)", type: "Symptom", spans: [TextSpan(start: index * 5, end: index * 5 + 4)])
        }
        return try withTemporaryFolder { folder in
            let isFolder = try CorpusWriter.writesFolder(format)
            let path = isFolder ? folder : "\(folder)/all.\(CorpusReader.extensions(of: format)[0])"
            let lost = try CorpusWriter.write(
                [Document(id: "a", text: text, entities: entities)], to: path, format: format)
            let start = clock()
            let read = try CorpusReader.read(path, name: "test", options: ReadOptions(format: format))
            let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
            #expect(read.corpus.documents.reduce(0) { $0 + $1.entities.count } + lost[.entity, default: 0] == count)
            return seconds
        }
    }

    private func inputs(of format: CorpusFormat) throws -> [InputBundle] {
        let inputs = try FixtureInputs.inputs(of: format).filter { $0.bytes.count < 8_000 }
        try #require(!inputs.isEmpty, "no fixture of \(format.rawValue)")
        return Array(inputs.prefix(6))
    }

    private func holds(
        _ files: [InputBundle.File], _ format: CorpusFormat, modes: [ReadMode] = ReadMode.allCases,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let check = InputCheck(files, format: format)
        for mode in modes { #expect(check.violation(mode) == nil, "\(mode)", sourceLocation: location) }
    }

    private static func utf16(_ bytes: [UInt8], hasMark: Bool, isBig: Bool) -> [UInt8] {
        var text = String(decoding: bytes, as: UTF8.self)
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        let units = (hasMark ? [0xFEFF] : []) + Array(text.utf16)
        return units.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    private static func numbers(in bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (index, byte) in bytes.enumerated() where (0x30...0x39).contains(byte) {
            if let last = ranges.last, last.upperBound == index {
                ranges[ranges.count - 1] = last.lowerBound..<index + 1
            } else {
                ranges.append(index..<index + 1)
            }
        }
        return ranges
    }

    /// Where a document type stands or may stand in XML; nothing for other files.
    private static func placeOfDoctype(in bytes: [UInt8]) -> Range<Int>? {
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }), bytes[first] == UInt8(ascii: "<") else { return nil }
        if let found = bytes.firstRange(of: "<!DOCTYPE".utf8) {
            let end = bytes[found.upperBound...].firstIndex(of: UInt8(ascii: ">")) ?? found.upperBound
            return found.lowerBound..<end + 1
        }
        guard let declaration = bytes.firstRange(of: "?>".utf8) else { return first..<first }
        return declaration.upperBound..<declaration.upperBound
    }
}

extension Collection<UInt8> {
    /// Whether the bytes of a text stand somewhere among these.
    fileprivate func contains(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
