import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// JSON written to harm or damaged: one clear error each, soon, without any of its text.
@Suite struct HostileJSONTests {
    private let options = ReadOptions(format: .doccano)

    @Test(arguments: [
        ("{", "not valid JSON at byte 1: a member's name must begin here"),
        ("{\"a\"}", "not valid JSON at byte 4: a colon is missing"),
        ("{\"a\":1", "not valid JSON at byte 6: a comma or } is missing"),
        ("{\"a\":}", "not valid JSON at byte 5: no value begins here"),
        ("{\"a\":[1", "not valid JSON at byte 7: a comma or ] is missing"),
        ("{\"a\":", "not valid JSON at byte 5: it ends too early"),
        ("{} {}", "not valid JSON at byte 3: something follows the value"),
        ("{\"a", "not valid JSON at byte 3: a string is not closed"),
        ("{\"\\", "not valid JSON at byte 2: a string is not closed"),
        ("{\"\\x\":1}", "not valid JSON at byte 2: an escape that JSON does not know"),
        ("{\"\\u12\":1}", "not valid JSON at byte 2: an escape without four digits"),
        ("{\"a\tb\":1}", "not valid JSON at byte 3: a control character in a string; write it as an escape"),
        ("{\"a\0b\":1}", "not valid JSON at byte 3: a control character in a string; write it as an escape"),
        ("{\"a\":01}", "not valid JSON at byte 7: a number has a zero before its digits"),
        ("{\"a\":-}", "not valid JSON at byte 6: a digit is missing"),
        ("{\"a\":1.}", "not valid JSON at byte 7: a digit is missing"),
        ("{\"a\":1e}", "not valid JSON at byte 7: a digit is missing"),
        ("{\"a\":nul}", "not valid JSON at byte 5: no value begins here"),
        ("{\"a\":NaN}", "not valid JSON at byte 5: no value begins here"),
        ("{\"a\":1,}", "not valid JSON at byte 7: a member's name must begin here"),
    ])
    func saysAtWhichByteJSONBreaks(_ json: String, _ expected: String) throws {
        #expect(try message("a.jsonl", json, options) == "a.jsonl:1: " + expected)
    }

    @Test(arguments: [CorpusFormat.doccano, .spacy, .prodigy, .labelStudio])
    func refusesDeepNesting(_ format: CorpusFormat) throws {
        for bracket in ["[", "{\"a\":"] {
            let json = "{\"text\":\"a\",\"x\":" + String(repeating: bracket, count: 200_000)
            #expect(
                try message("a.jsonl", json, ReadOptions(format: format))
                    == "a.jsonl:1: nested deeper than 64 levels; raise maxDepth if that is meant")
            // Whatever is allowed, the parser's own stack holds.
            #expect(
                try message("a.jsonl", json, ReadOptions(format: format, maxDepth: 1_000_000))
                    == "a.jsonl:1: nested deeper than 512 levels; raise maxDepth if that is meant")
        }
        _ = try? read("a.json", String(repeating: "[", count: 200_000), ReadOptions(format: format))
    }

    @Test func readsLoneSurrogatesAsReplacementCharactersAndSaysSo() throws {
        let result = try read(
            "a.jsonl", "{\"text\":\"\\ud83d x \\ude37 \\ud83d\\ude37 \\ud83d\\u0041\",\"label\":[[2,3,\"X\"]]}", options
        )
        #expect(
            Array(result.corpus.documents[0].text.unicodeScalars)
                == Array("\u{FFFD} x \u{FFFD} 😷 \u{FFFD}A".unicodeScalars))
        #expect(result.corpus.documents[0].surface(of: result.corpus.documents[0].entities[0]) == "x")
        #expect(
            result.faults.map(\.message) == ["3 surrogate escapes lack their other half; they are read as U+FFFD"])
        #expect(result.faults.map(\.kind) == [.encoding])
    }

    @Test func keepsNULWhereItIsEscaped() throws {
        let documents = try read("a.jsonl", "{\"text\":\"a\\u0000b\",\"label\":[[1,2,\"X\"]]}", options).corpus
            .documents
        #expect(Array(documents[0].text.utf8) == [0x61, 0, 0x62])
        try FormatCycle.expectIdentity(documents, .doccano)
    }

    @Test func tellsTheByteThatIsNotUTF8() throws {
        #expect(
            try message("a.jsonl", Array("\n{\"text\":\"".utf8) + [0xC3, 0x28, 0x22, 0x7D], options)
                == "a.jsonl: not UTF-8 at byte 10; name the encoding, one of "
                + "utf-8, utf-16, utf-16le, utf-16be, latin-1, windows-1252")
    }

    @Test func limitsTheSizeOfARecord() throws {
        let json = "[{\"text\":\"" + String(repeating: "a", count: 600_000) + "\"}]"
        #expect(
            try message("a.json", json, ReadOptions(format: .doccano, maxFileBytes: 1_000))
                == "a.json: larger than 1000 bytes; split it, or raise maxFileBytes")
    }

    @Test(.timeLimit(.minutes(1))) func readsOddNumbersAndManyMembersInTime() throws {
        let members = (0..<50_000).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
        let result = try read("a.jsonl", "{\"text\":\"a\",\"label\":[[0e0,1.0,\"X\"]],\(members)}", options)
        #expect(result.corpus.documents[0].entities.count == 1)
        #expect(
            try message("a.jsonl", "{\"text\":\"a\",\"label\":[[0,1e999,\"X\"]]}", options)
                == "a.jsonl:1: entity E0: its start or end is not a whole number")
        #expect(
            try message("a.jsonl", "{\"text\":\"a\",\"label\":[[0,99999999999999999999,\"X\"]]}", options)
                == "a.jsonl:1: entity E0: its start or end is not a whole number")
    }
}
