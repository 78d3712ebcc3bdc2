import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct I2B2ReaderTests {
    private func fixture(_ name: String, _ options: ReadOptions = ReadOptions(typeSource: .element)) throws
        -> ReadResult
    {
        try CorpusReader.read(SharedData.fixture("i2b2/\(name)"), name: "fixture", options: options)
    }

    @Test(arguments: ["2014-deid/gold", "2016-deid/9001_gs.xml"])
    func findsTheSpansOfTheFixture(_ folder: String) throws {
        let name = String(folder.prefix { $0 != "/" })
        let result = try fixture(folder)
        let found = ExpectedSpan.found(in: result.corpus.documents).map { span in
            var span = span
            span.document = span.document.replacing("_gs", with: "")
            return span
        }
        let expected = try ExpectedSpan.read(name)
        #expect(!expected.isEmpty)
        // The table numbers the tags in the order of the text, the file in its own.
        func key(_ span: ExpectedSpan) -> [String] { [span.document, span.type, span.spans, span.text] }
        #expect(Set(found.map(key)) == Set(expected.map(key)))
        #expect(found.count == expected.count)
        #expect(result.faults.isEmpty)
    }

    @Test(arguments: ["901-01", "901-02"])
    func keepsTheTextExactly(_ id: String) throws {
        let document = try #require(try fixture("2014-deid/gold").corpus.documents.first { $0.id == id })
        let path = SharedData.fixture("i2b2/2014-deid/expected-text/\(id).txt")
        #expect(document.text == (try String(contentsOfFile: path, encoding: .utf8)))
    }

    @Test func readsTheCopyWithWindowsLineEndsAsTheOriginal() throws {
        let original = try #require(try fixture("2014-deid/gold").corpus.documents.first { $0.id == "901-02" })
        let copy = try fixture("2014-deid/crlf")
        #expect(copy.corpus.documents[0].text == original.text)
        #expect(copy.corpus.documents[0].entities == original.entities)
        #expect(copy.faults.isEmpty)
    }

    @Test func readsTheAnnotatorsTagsWithinTagsOfTheNote() throws {
        let document = try fixture("2014-risk/complete").corpus.documents[0]
        #expect(document.labels.count == 18)
        #expect(document.entities.count == 18)
        let smoker = try #require(document.entities.first { $0.id == "G16" })
        #expect(document.surface(of: smoker) == "Quit smoking in 2119")
        #expect(smoker.attributes == ["status": "past", "i2b2.parent": "DOC16"])
    }

    @Test func takesTheTypeFromWhereTheOptionsSay() throws {
        let fine = try fixture("2014-deid/gold", ReadOptions()).corpus.documents[0].entities[2]
        #expect(fine.type == "PATIENT")
        let coarse = try fixture("2014-deid/gold").corpus.documents[0].entities[2]
        #expect(coarse.type == "NAME")
        #expect(coarse.attributes["TYPE"] == "PATIENT")
    }

    @Test func keepsOtherAttributesAndGivesMissingIDs() throws {
        let result = try read(
            "a.xml",
            """
            <clinner><TEXT>took aspirin</TEXT><TAGS>
            <Drug start="5" end="12" text="aspirin" comment="unsure" status="active"/>
            <Drug id="" start="0" end="4"/>
            </TAGS></clinner>
            """)
        let entities = result.corpus.documents[0].entities
        #expect(entities[0].attributes == ["comment": "unsure", "status": "active"])
        #expect(entities.map(\.id) == ["E0", "E1"])
        #expect(entities.map(\.type) == ["Drug", "Drug"])
        #expect(result.faults.isEmpty)
    }

    @Test func readsTextWithReferencesAndSeveralSectionsOfCDATA() throws {
        let result = try read("a.xml", "<r><TEXT> a &lt;b&gt; &#x1F637;<![CDATA[ &amp; ]]>c<!-- no --></TEXT></r>")
        #expect(result.corpus.documents[0].text == " a <b> \u{1F637} &amp; c")
    }

    @Test func foldsLineEndsEverywhereButNotReferences() throws {
        for (open, close) in [("", ""), ("<![CDATA[", "]]>")] {
            let result = try read("a.xml", "<r>\r\n<TEXT>\(open)\r\na\rb\r\r\nc\r\(close)&#13;</TEXT></r>")
            #expect(Array(result.corpus.documents[0].text.unicodeScalars) == Array("\na\nb\n\nc\n\r".unicodeScalars))
        }
    }

    @Test func readsOtherEncodingsAndSkipsAByteOrderMark() throws {
        let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r><TEXT>caf".utf8 + [0xE9] + "</TEXT></r>".utf8
        let marked = [0xEF, 0xBB, 0xBF] + Array("<r><TEXT>café</TEXT></r>".utf8)
        for bytes in [Array(latin), marked] {
            let result = try withFile("a.xml", bytes) { try CorpusReader.read($0, name: "test") }
            #expect(result.corpus.documents[0].text == "café")
        }
    }

    @Test func leavesOutASecondDeclaration() throws {
        let result = try read(
            "a.xml",
            """
            <?xml version="1.0"?>
            <root>
            <?xml version="1.0" encoding="UTF-8"?>
            <TEXT><![CDATA[a <?xml b]]></TEXT>
            </root>
            """)
        #expect(result.corpus.documents[0].text == "a <?xml b")
        #expect(result.faults.map(\.message) == ["a second XML declaration is left out"])
        #expect(result.faults[0].line == 3)
    }

    @Test func readsReferencesInAttributes() throws {
        let result = try read(
            "a.xml",
            """
            <r><TEXT><![CDATA[R&D <x> "y" 'z']]></TEXT><TAGS><S id="S0" start="0" end="15" \
            text="R&amp;D &lt;x&gt; &quot;y&quot; &apos;z&#39;" note="a&#10;b&#38;amp;"/></TAGS></r>
            """)
        #expect(result.faults.isEmpty)
        #expect(result.corpus.documents[0].entities[0].attributes == ["note": "a\nb&amp;"])
    }

    @Test func notesWhatIsOddAndKeepsIt() throws {
        let result = try read(
            "a.xml",
            """
            <r><TEXT>no chest pain today</TEXT><EXTRA/><TAGS>
            <Symptom id="S0" start="3" end="13" text="chest pain"/>
            <Symptom id="S1" start="3" end="13" text="chest  pain "/>
            <Symptom id="S2" start="3" end="14" text="back pain "/>
            <Symptom id="S2" start="3" end="3"/>
            </TAGS></r>
            """)
        #expect(result.corpus.documents[0].entities.count == 4)
        let messages = result.faults.map { fault in
            "\(fault)".replacing(fault.file, with: String(fault.file.suffix(5)))
        }
        #expect(
            messages == [
                "a.xml:1: the element EXTRA beside TEXT and TAGS is kept but not interpreted",
                "a.xml:3: offset 3: entity S1 repeats entity S0: same type, same span",
                "a.xml:4: offset 3: entity S2: the text given with it differs from the note at its offsets",
                "a.xml:4: offset 3: entity S2 begins or ends with white space",
                "a.xml:5: a second entity S2; it is now called S2.2",
                "a.xml:5: offset 3: entity S2.2 has an empty span",
            ])
    }

    @Test func readsFragmentsInTheSpellingOfMAE() throws {
        let document = try read(
            "a.xml", "<r><TEXT>pain in arm and leg</TEXT><TAGS><S id=\"S0\" spans=\"0~4,16~19\"/></TAGS></r>"
        ).corpus.documents[0]
        #expect(document.entities[0].spans == [TextSpan(start: 0, end: 4), TextSpan(start: 16, end: 19)])
    }

    @Test(arguments: [
        (
            "<r><TEXT>short</TEXT>\n<TAGS>\n<S id=\"S0\" start=\"2\" end=\"9\"/></TAGS></r>",
            "a.xml:3: entity S0 spans 2-9, but the text has 5 code points; "
                + "check that the annotations belong to this text and count code points"
        ),
        (
            "<r><TEXT>short</TEXT><TAGS><S id=\"S0\" start=\"-2\" end=\"3\"/></TAGS></r>",
            "a.xml:1: entity S0 spans -2-3, but the text has 5 code points; "
                + "check that the annotations belong to this text and count code points"
        ),
        (
            "<r><TEXT>short</TEXT><TAGS><S id=\"S0\" start=\"4\" end=\"3\"/></TAGS></r>",
            "a.xml:1: entity S0 starts at 4, after its end 3; correct its offsets"
        ),
        (
            "<r><TEXT>short</TEXT><TAGS><S id=\"S0\" start=\"4\"/></TAGS></r>", "a.xml:1: entity S0 has no end"
        ),
        (
            "<r><TEXT>short</TEXT><TAGS><S id=\"S0\" start=\"x\" end=\"3\"/></TAGS></r>",
            "a.xml:1: entity S0: start is not a whole number"
        ),
        (
            "<r><TEXT>short</TEXT><TAGS><S id=\"S0\" spans=\"1-2\"/></TAGS></r>",
            "a.xml:1: entity S0: spans must be written START~END,START~END"
        ),
        (
            "<r><TEXT>short</TEXT><TAGS><S id=\"S0\" spans=\"\"/></TAGS></r>",
            "a.xml:1: entity S0: spans must be written START~END,START~END"
        ),
        ("<r><TAGS/></r>", "a.xml: no TEXT element below the root; is this an i2b2 file?"),
        ("<r><TEXT>a</TEXT><TEXT>b</TEXT></r>", "a.xml:1: a second TEXT element; keep one"),
        (
            "<r><TEXT>Dr. <PHI TYPE=\"DOCTOR\">A</PHI></TEXT></r>",
            "a.xml:1: an element within TEXT; this reader takes standoff tags only"
        ),
        (
            "<r>\n<TEXT>a</TXT></r>", "a.xml:2: not well-formed XML: an end tag does not match its start tag"
        ),
        ("<r><TEXT>a", "a.xml:1: not well-formed XML: the document ends within an element"),
        (
            "<r><TEXT>a & b</TEXT></r>",
            "a.xml:1: not well-formed XML: an & that starts no entity, or a < that starts no tag; "
                + "write &amp; or &lt;"
        ),
        (
            "<r><TEXT>a</TEXT></r><r/>",
            "a.xml:1: not well-formed XML: there is something after the end of the document, or its end is missing"
        ),
        (
            "<r><TEXT><![CDATA[a</TEXT></r>",
            "a.xml:1: not well-formed XML: a CDATA section is not closed, holds a character that XML does not allow, or has over 10 million bytes"
        ),
        ("<r a='1' a='2'/>", "a.xml:1: not well-formed XML: an attribute is given twice"),
        ("<r a=1/>", "a.xml:1: not well-formed XML: an attribute without a quoted value"),
        (
            "<r><TEXT><![CDATA[\u{1}]]></TEXT></r>",
            "a.xml:1: not well-formed XML: a CDATA section is not closed, holds a character that XML does not allow, or has over 10 million bytes"
        ),
        ("<r><TEXT>\u{1}</TEXT></r>", "a.xml:1: not well-formed XML: a character that XML does not allow"),
        ("", "a.xml: the file is empty"),
        ("   \n", "a.xml:2: not well-formed XML: the document is empty"),
        (
            "<r><TEXT>&patient;</TEXT></r>",
            "a.xml:1: declares or uses XML entities, which are never expanded; "
                + "remove the declarations and write the characters themselves"
        ),
    ])
    func saysWhatIsWrongAndWhere(_ xml: String, _ expected: String) throws {
        #expect(try message("a.xml", xml) == expected)
    }

    @Test func tellsTheByteThatIsNotUTF8() throws {
        #expect(
            try message("a.xml", Array("<r><TEXT>caf".utf8) + [0xE9] + Array(" </TEXT></r>".utf8))
                == "a.xml: not UTF-8 at byte 12; name the encoding, one of "
                + "utf-8, utf-16, utf-16le, utf-16be, latin-1, windows-1252")
    }
}
