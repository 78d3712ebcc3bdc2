import CorpusIO
import Foundation
import TestSupport
import Testing

/// Input written to harm: it must end in one clear error, soon.
@Suite struct HostileXMLTests {
    private static let refusal =
        "declares or uses XML entities, which are never expanded; "
        + "remove the declarations and write the characters themselves"

    @Test(.timeLimit(.minutes(1)), arguments: ["&lol9;", ""])
    func refusesABillionLaughs(_ use: String) throws {
        var declarations = "<!ENTITY lol0 \"lol\">"
        for level in 1...9 {
            let previous = String(repeating: "&lol\(level - 1);", count: 10)
            declarations += "<!ENTITY lol\(level) \"\(previous)\">"
        }
        let xml = "<!DOCTYPE r [\(declarations)]>\n<r a=\"\(use)\"><TEXT>\(use)</TEXT></r>"
        let clock = ContinuousClock.now
        #expect(try message("a.xml", xml) == "a.xml:1: " + Self.refusal)
        #expect(ContinuousClock.now - clock < .seconds(2))
    }

    @Test(.timeLimit(.minutes(1))) func refusesLaughsOfParameterEntities() throws {
        var declarations = "<!ENTITY % p0 \"<!-- lol -->\">"
        for level in 1...9 {
            let previous = String(repeating: "&#37;p\(level - 1);", count: 10)
            declarations += "\n<!ENTITY % p\(level) \"\(previous)\">"
        }
        let clock = ContinuousClock.now
        #expect(throws: CorpusError.self) {
            try read("a.xml", "<!DOCTYPE r [\(declarations)\n%p9;]><r><TEXT>a</TEXT></r>")
        }
        #expect(ContinuousClock.now - clock < .seconds(2))
    }

    @Test func readsNoOtherFile() throws {
        try withTemporaryFolder { folder in
            let secret = "\(folder)/secret.txt"
            try "secret".write(toFile: secret, atomically: true, encoding: .utf8)
            for declaration in ["<!ENTITY x SYSTEM \"file://\(secret)\">", "<!ENTITY % x SYSTEM \"\(secret)\"> %x;"] {
                let xml = "<!DOCTYPE r [\(declaration)]><r><TEXT>&x;</TEXT></r>"
                #expect(try message("a.xml", xml) == "a.xml:1: " + Self.refusal)
            }
        }
    }

    @Test func doesNotFetchADocumentType() throws {
        let result = try read(
            "a.xml", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/none.dtd\"><r><TEXT>a</TEXT></r>")
        #expect(result.corpus.documents[0].text == "a")
        let entity =
            "<!DOCTYPE r SYSTEM \"none.dtd\">\n<r><TEXT>a</TEXT><TAGS><S start=\"0\" end=\"1\" x=\"&y;\"/></TAGS></r>"
        #expect(try message("a.xml", entity) == "a.xml:2: " + Self.refusal)
    }

    @Test func limitsTheDepth() throws {
        let deep = String(repeating: "<a>", count: 80) + String(repeating: "</a>", count: 80)
        #expect(
            try message("a.xml", "<r>\n<TEXT/><TAGS>\(deep)</TAGS></r>")
                == "a.xml:2: nested deeper than 64 levels; raise maxDepth if that is meant")
        #expect(try read("a.xml", "<r><TEXT/><TAGS>\(deep)</TAGS></r>", ReadOptions(maxDepth: 100)).faults.isEmpty)
        let bottomless = String(repeating: "<a>", count: 1_000_000)
        #expect(throws: CorpusError.self) { try read("a.xml", bottomless, ReadOptions(maxDepth: .max)) }
    }

    /// libxml2 would compare each with each.
    @Test(.timeLimit(.minutes(1))) func limitsTheAttributesOfAnElement() throws {
        func tag(_ count: Int) -> String { "<S " + (0..<count).map { "a\($0)='>'" }.joined(separator: "\n") + "/>" }
        func xml(_ tag: String) -> String {
            "<r><TEXT><![CDATA[<S ====\n]]></TEXT><!-- <S\n -->\n<TAGS>\(tag)</TAGS></r>"
        }
        #expect(try read("a.xml", xml(tag(256))).corpus.documents.count == 1)
        for count in [257, 200_000] {
            #expect(
                try message("a.xml", xml(tag(count)))
                    == "a.xml:4: not well-formed XML: an element has over 256 attributes")
        }
        #expect(try read("a.xml", "<r><TEXT>\(String(repeating: "= ", count: 999))</TEXT></r>").faults.isEmpty)
        let wide = Array(xml(tag(100_000)).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        #expect(
            try message("a.xml", [0xFF, 0xFE] + wide)
                == "a.xml:4: not well-formed XML: an element has over 256 attributes")
    }

    @Test func limitsTheSize() throws {
        #expect(
            try message("a.xml", "<r><TEXT>abc</TEXT></r>", ReadOptions(maxFileBytes: 10))
                == "a.xml: larger than 10 bytes; split it, or raise maxFileBytes")
    }

    @Test(.timeLimit(.minutes(1))) func readsANoteOfMegabytesWithManyTagsInLinearTime() throws {
        let text = String(repeating: "pain, ", count: 1_000_000)
        var tags = ""
        for index in 0..<20_000 { tags += "<S id=\"S\(index)\" start=\"\(index * 6)\" end=\"\(index * 6 + 4)\"/>\n" }
        let result = try read("a.xml", "<r><TEXT><![CDATA[\(text)]]></TEXT><TAGS>\(tags)</TAGS></r>")
        #expect(result.corpus.documents[0].entities.count == 20_000)
        #expect(result.corpus.documents[0].text.utf8.count == 6_000_000)
    }

    @Test func errorsNeverQuoteTheNote() throws {
        let inputs = [
            "<r><TEXT>Seen <marlow@larkmoor> today</TEXT></r>", "<r><TEXT>&marlow;</TEXT></r>",
            "<r><TEXT>a</marlow></r>", "<r><TEXT marlow=1>a</TEXT></r>", "<r><TEXT>a</TEXT>marlow",
        ]
        for input in inputs { #expect(!(try message("a.xml", input)).contains("marlow")) }
    }
}
