import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct FileInspectionTests {
    private func faults(_ bytes: [UInt8], _ name: String = "a.txt", encoding: TextEncoding? = nil) throws
        -> [CorpusFault]
    {
        try withFile(name, bytes) { path in
            var options = ReadOptions(format: .text, mode: .warn)
            options.encoding = encoding
            var faults: [CorpusFault] = []
            try CorpusStream(path, options: options).inspectFiles(threads: 1) { faults += $0 }
            return faults
        }
    }

    private func faults(_ text: String) throws -> [CorpusFault] { try faults(Array(text.utf8)) }

    @Test(arguments: ["", "one", "one\ntwo\n", "one\r\ntwo\r\n", "one\rtwo\r", "one\r\n", "é 😷\n\u{FEFF}", "\r\r\r"])
    func cleanFilesHaveNone(text: String) throws { #expect(try faults(text).isEmpty) }

    @Test(arguments: [
        ("a\nb\r\nc\n", 2, "2 in LF, 1 in CR LF"), ("a\r\nb\nc\r\n", 2, "1 in LF, 2 in CR LF"),
        ("a\rb\r\nc\n\n\r\r", 2, "2 in LF, 1 in CR LF, 3 in CR"), ("é\r😷\n", 2, "1 in LF, 1 in CR"),
        ("a\n\r", 2, "1 in LF, 1 in CR"),
    ])
    func mixedLineEndsAreCounted(text: String, line: Int, counts: String) throws {
        let found = try faults(text)
        #expect(found.map(\.kind) == [.mixedLineEndings])
        #expect(found.first?.line == line)
        #expect(
            found.first?.message
                == "lines end in different ways: \(counts); this is the first of the fewest")
    }

    static let invalid: [[UInt8]] = [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xC3], [0xE2, 0x28, 0xA1],
    ]

    /// As the standard library sees it: the first byte that is in no character.
    @Test(arguments: invalid) func whatIsNoUTF8IsNamedByItsByte(bytes: [UInt8]) throws {
        let found = try faults(Array("é\nab".utf8) + bytes + Array(" z\n".utf8))
        #expect(found.map(\.kind) == [.encoding])
        #expect(found.first?.line == 2)
        #expect(found.first?.message.hasPrefix("not UTF-8 at byte 5") == true)
        #expect(found.first?.severity == .error)
    }

    /// A file is read in pieces of a quarter of a megabyte; what lies over their ends is seen as anywhere else.
    @Test func theEndsOfPiecesDoNotMatter() throws {
        for shift in 0..<4 {
            let filler = [UInt8](repeating: 0x61, count: (1 << 18) - shift)
            #expect(try faults(filler + Array("😷é\n".utf8)).isEmpty)
            #expect(try faults(filler + Array("\r\nb\r\n".utf8)).isEmpty)
            let found = try faults(filler + [0x61, 0xE9, 0x61, 0x0A])
            #expect(found.first?.message == "not UTF-8 at byte \(filler.count + 1)")
        }
    }

    @Test func agreesWithTheStandardLibraryOnRandomBytes() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            var bytes = Array(RandomText.make(count: 20, using: &generator).utf8)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                    in: 0x80...0xFF, using: &generator)
            }
            // Without zero bytes and marks, by which UTF-16 is told.
            bytes = [0x61, 0x61] + bytes.map { $0 == 0 ? 0x20 : $0 }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect(try faults(bytes).contains { $0.kind == .encoding } == !isValid)
        }
    }

    @Test func theEncodingIsGuessed() throws {
        #expect(
            try faults([0x61, 0x93, 0x62]).first?.fix == "name the encoding; --encoding windows-1252 reads every byte")
        #expect(try faults([0x61, 0x81, 0x62]).first?.fix == "name the encoding; --encoding latin-1 reads every byte")
        #expect(
            try faults(Array("ééé".utf8) + [0xE9]).first?.fix == "most of the file is UTF-8: correct these bytes")
        #expect(try faults([0x61, 0x93, 0x62], encoding: .windows1252).isEmpty)
    }

    @Test func anXMLFileMayBeInAnotherEncoding() throws {
        let bytes = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<a>".utf8) + [0xE9] + Array("</a>\n".utf8)
        #expect(try faults(bytes, "a.xml").isEmpty)
    }
}
