import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Notes in every encoding that is recognized or can be named.
@Suite struct EncodingTests {
    private static let text = "38 °C, été – 😷 \"stat\"\r\nµg"

    /// Reads bytes, naming an encoding or not.
    private func read(_ bytes: [UInt8], _ encoding: TextEncoding?, name: String = "a.txt") throws -> ReadResult {
        var options = ReadOptions()
        options.encoding = encoding
        return try withFile(name, bytes) { try CorpusReader.read($0, name: "test", options: options) }
    }

    private static func bytes(_ text: String, _ encoding: String.Encoding, mark: [UInt8] = []) -> [UInt8] {
        mark + Array(text.data(using: encoding) ?? Data())
    }

    @Test(
        arguments: [
            (.utf8, [], nil), (.utf8, [0xEF, 0xBB, 0xBF], nil), (.utf8, [], .utf8), (.utf8, [0xEF, 0xBB, 0xBF], .utf8),
            (.utf16LittleEndian, [0xFF, 0xFE], nil), (.utf16BigEndian, [0xFE, 0xFF], nil),
            (.utf16LittleEndian, [], nil),
            (.utf16BigEndian, [], nil), (.utf16LittleEndian, [0xFF, 0xFE], .utf16),
            (.utf16BigEndian, [0xFE, 0xFF], .utf16),
            (.utf16LittleEndian, [], .utf16LittleEndian), (.utf16BigEndian, [], .utf16BigEndian),
            (.utf16LittleEndian, [0xFF, 0xFE], .utf16LittleEndian),
        ] as [(String.Encoding, [UInt8], TextEncoding?)])
    func readsUnicode(_ written: String.Encoding, _ mark: [UInt8], _ named: TextEncoding?) throws {
        let documents = try read(Self.bytes(Self.text, written, mark: mark), named).corpus.documents
        #expect(Array(documents[0].text.utf8) == Array(Self.text.utf8))
    }

    @Test func readsSingleByteEncodingsThatAreNamed() throws {
        let latin = (UInt8(0x20)...0x7E) + Array(UInt8(0xA0)...0xFF)
        let expected = String(String.UnicodeScalarView(latin.map { Unicode.Scalar($0) }))
        #expect(try read(latin, .latin1).corpus.documents[0].text == expected)
        #expect(try read(latin, .windows1252).corpus.documents[0].text == expected)
        let quotes: [UInt8] = [0x93, 0x61, 0x94, 0x96, 0x80]
        #expect(try read(quotes, .windows1252).corpus.documents[0].text == "“a”–€")
        #expect(
            try Array(read(quotes, .latin1).corpus.documents[0].text.unicodeScalars.map(\.value)) == [
                0x93, 0x61, 0x94, 0x96, 0x80,
            ])
    }

    /// JSON Lines, tables, brat and label files all go through the same decoder, in pieces.
    @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
    func readsEveryFormatInUTF16(_ encoding: String.Encoding) throws {
        let lines = (0..<5_000).map { "{\"id\":\($0),\"text\":\"😷 été \($0)\",\"label\":[[2,5,\"X\"]]}\n" }.joined()
        let result = try read(Self.bytes(lines, encoding), nil, name: "a.jsonl")
        #expect(result.format == .doccano)
        #expect(result.corpus.documents.count == 5_000)
        #expect(result.corpus.documents.allSatisfy { $0.surface(of: $0.entities[0]) == "été" })
        let tasks = "[{\"id\":1,\"data\":{\"text\":\"😷 été\"},\"annotations\":[]}]"
        #expect(try read(Self.bytes(tasks, encoding), nil, name: "a.json").format == .labelStudio)
        let table = try read(Self.bytes("id\ttext\n1\t😷 été\n", encoding), nil, name: "a.tsv")
        #expect(table.corpus.documents[0].text == "😷 été")
        let xmi =
            "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:c=\"c\"><c:Sofa xmi:id=\"1\" sofaString=\"😷 été\"/></xmi:XMI>"
        let mark: [UInt8] = encoding == .utf16LittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF]
        #expect(try read(Self.bytes(xmi, encoding, mark: mark), nil, name: "a.xmi").corpus.documents[0].text == "😷 été")
    }

    @Test func readsBratInLatin1() throws {
        try withTemporaryFolder { folder in
            try Data("prise d'aspirine à 8h".data(using: .isoLatin1) ?? Data()).write(
                to: URL(fileURLWithPath: "\(folder)/a.txt"))
            try Data("T1\tHeure 17 21\tà 8h\n".data(using: .isoLatin1) ?? Data()).write(
                to: URL(fileURLWithPath: "\(folder)/a.ann"))
            var options = ReadOptions()
            options.encoding = .latin1
            let result = try CorpusReader.read(folder, name: "a", options: options)
            #expect(result.faults.isEmpty)
            #expect(result.corpus.documents[0].surface(of: result.corpus.documents[0].entities[0]) == "à 8h")
        }
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8, 0x61, 0x00], "a.txt: not utf-16 at byte 6; name another encoding"),
            ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xDC], "a.txt: not utf-16 at byte 4; name another encoding"),
            ([0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8], "a.txt: not utf-16 at byte 6; name another encoding"),
            ([0xFE, 0xFF, 0x00, 0x61, 0x00], "a.txt: not utf-16 at byte 4; name another encoding"),
        ] as [([UInt8], String)])
    func refusesHalvesOfCharacters(_ bytes: [UInt8], _ expected: String) throws {
        #expect(try message("a.txt", bytes) == expected)
    }

    @Test func keepsNULBytesOfANote() throws {
        let bytes = Array("note with a NUL \0 in it".utf8)
        #expect(try Array(read(bytes, nil).corpus.documents[0].text.utf8) == bytes)
    }
}
