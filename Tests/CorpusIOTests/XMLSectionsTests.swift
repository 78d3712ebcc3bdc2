import Essentials
import Testing

@testable import CorpusIO

/// A document is read the same with its CDATA sections taken out as by the parser alone.
@Suite struct XMLSectionsTests {
    /// Writes down every event.
    private final class Recorder: XMLEventSink {
        var events: [String] = []
        private var text: [UInt8] = []

        func start(_ element: XMLElementEvent) {
            flush()
            events.append("<\(element.name) \(element.attributes) \(element.line)")
        }

        func end() {
            flush()
            events.append(">")
        }

        func text(_ bytes: UnsafeRawBufferPointer) { text += bytes }

        private func flush() {
            if !text.isEmpty { events.append("\(text)") }
            text = []
        }
    }

    private func events(_ bytes: [UInt8], isUTF8: Bool) -> (events: [String], error: String?) {
        let recorder = Recorder()
        do {
            try XMLEventParser.parse(
                bytes, file: "a", maxDepth: 8, firstLine: 5, isUTF8: isUTF8, sink: recorder)
            return (recorder.events, nil)
        } catch let error as XMLSyntaxError {
            return ([], "line \(error.line)")
        } catch {
            return ([], "\(error)")
        }
    }

    private static let pieces = [
        "<![CDATA[", "]]>", "<!--", "-->", "<?x ", "?>", "<a>", "</a>", "<b c=\"d\">", "</b>", "\n", "\r\n", "]]", "0",
        "1",
        "&amp;", "é", "😷", "\u{FFFE}", "\u{1}", "<", ">", "text", "<!DOCTYPE a>", "\t", "<?xml version=\"1.0\"?>",
    ]

    @Test(arguments: [
        "<a><![CDATA[]]></a>", "<a><![CDATA[1]]>2<![CDATA[0]]></a>",
        "<a>\n<![CDATA[\n\n<b>&amp;]]]]><![CDATA[>\n]]>\n<b/></a>",
        "<a><!-- <![CDATA[ --><![CDATA[x]]><!-- ]]> --></a>", "<?x <![CDATA[ ?><a><![CDATA[x\ty]]><b/></a>",
        "<a><![CDATA[x\r\ny]]><b/></a>", "<!DOCTYPE a><a><![CDATA[x\n]]><b/></a>",
    ])
    func documentsWithSections(_ xml: String) {
        let plain = events(Array(xml.utf8), isUTF8: false)
        let fast = events(Array(xml.utf8), isUTF8: true)
        #expect(fast.events == plain.events)
        #expect(plain.error == nil && fast.error == nil)
    }

    @Test(arguments: [
        "<a>\n<![CDATA[\u{1}]]></a>", "<a>\n<![CDATA[\u{FFFE}]]></a>", "<a>\n<![CDATA[x</a>",
        "<a><![CDATA[\n\n]]>\n<b></a>",
        "<a x=\"<![CDATA[y]]>\"/>", "<![CDATA[x]]>", "<a/><![CDATA[x]]>", "<a><![CDATA[\n]]>\n&x;</a>",
    ])
    func errorsNameTheSameLine(_ xml: String) {
        let plain = events(Array(xml.utf8), isUTF8: false)
        #expect(plain.error != nil)
        #expect(events(Array(xml.utf8), isUTF8: true).error == plain.error)
    }

    @Test func randomDocumentsAreReadAlike() throws {
        var generator = SeededGenerator(seed: 5)
        var fine = 0
        for _ in 0..<20_000 {
            var xml = "<a>"
            for _ in 0..<Int.random(in: 0...9, using: &generator) {
                xml += try #require(Self.pieces.randomElement(using: &generator))
            }
            let bytes = Array((xml + "</a>").utf8)
            let plain = events(bytes, isUTF8: false)
            let fast = events(bytes, isUTF8: true)
            #expect((fast.error == nil) == (plain.error == nil), "\(xml)")
            #expect(fast.events == plain.events, "\(xml)")
            if plain.error == nil { fine += 1 }
        }
        #expect(fine > 500)
    }
}
