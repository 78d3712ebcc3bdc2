import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct BioCTests {
    private static let xml = """
        <?xml version='1.0' encoding='UTF-8'?><!DOCTYPE collection SYSTEM 'http://127.0.0.1:9/BioC.dtd'>
        <!-- a comment with <tags> in it -->
        <collection><source>S</source><date>2020</date><key>k</key><infon key="tool">t&amp;u</infon>
        <document><id>d1</id><infon key="year">2019</infon><infon key="file">in</infon>
        <passage><infon key="type">title</infon><offset>0</offset><text>Naïve 😷 ache.</text>
        <annotation id="0"><infon key="type">Sign</infon><infon key="MESH">D1|D2</infon>
        <infon key="CompositeRole">CompositeMention</infon><location offset="8" length="4"/><text>ache</text></annotation>
        </passage>
        <passage><infon key="type">abstract</infon><offset>16</offset>
        <sentence><offset>16</offset><text>End-stage or bad liver.</text>
        <annotation id="1"><infon key="type">Sign</infon><infon key="MESH">-1</infon><infon key="identifier">OMIM:7</infon>
        <location offset="16" length="9"/><location offset="33" length="5"/><text>End-stage liver</text></annotation></sentence>
        <sentence><infon key="n">2</infon><offset>40</offset><text>Nodes &lt;3.</text></sentence>
        <annotation id="2"><infon key="kind">x</infon><location offset="0" length="5"/><text>Naïve</text></annotation>
        <relation id="p"><infon key="relation">In</infon><node refid="1" role="a"/></relation>
        </passage>
        <annotation id="lab"><infon key="type">Status</infon><infon key="by">me</infon><text>current</text></annotation>
        <relation id="R0"><infon key="relation">CID</infon><infon key="Chemical">D9</infon></relation>
        <relation id="R1"><infon key="type">Near</infon><node refid="0" role="l"/><node refid="1" role="r"/></relation>
        </document></collection>
        """

    @Test func laysPassagesAndSentencesAtTheirOffsets() throws {
        let result = try read("a.xml", Self.xml)
        #expect(result.format == .biocXML)
        let document = result.corpus.documents[0]
        #expect(document.text == "Naïve 😷 ache.  \nEnd-stage or bad liver. Nodes <3.")
        #expect(document.text.unicodeScalars.count == 49)
        #expect(document.metadata["year"] == "2019")
        #expect(document.metadata["bioc.infon.file"] == "in")
        #expect(
            document.metadata["bioc.collection"]
                == "{\"date\":\"2020\",\"infons\":{\"tool\":\"t&u\"},\"key\":\"k\",\"source\":\"S\"}")
        #expect(document.metadata["line"] == "4")
    }

    @Test func readsAnnotationsWithTheirInfons() throws {
        let result = try read("a.xml", Self.xml)
        let document = result.corpus.documents[0]
        #expect(document.entities.map(\.id) == ["0", "2", "1"])
        let byID = Dictionary(document.entities.map { ($0.id, $0) }) { first, _ in first }
        #expect(byID["0"]?.codes == ["MESH:D1", "MESH:D2"])
        #expect(byID["0"]?.attributes == ["CompositeRole": "CompositeMention"])
        #expect(byID["1"]?.codes == ["OMIM:7"])
        #expect(byID["1"]?.attributes == ["MESH": "-1", "identifier": "OMIM:7"])
        #expect(byID["1"].map { document.surface(of: $0) } == "End-stage liver")
        #expect(byID["2"]?.type == "annotation")
        #expect(byID["2"]?.attributes == ["kind": "x", "bioc.untyped": "true", "bioc.in": "1"])
        #expect(
            document.labels == [
                DocumentLabel(name: "Status", value: "current", attributes: ["by": "me", "bioc.id": "lab"])
            ])
        #expect(
            document.relations == [
                Relation(
                    id: "p", type: "In", arguments: [.init(role: "a", entityID: "1")],
                    attributes: ["bioc.typeKey": "relation", "bioc.in": "1"]),
                Relation(
                    id: "R0", type: "CID", arguments: [], attributes: ["Chemical": "D9", "bioc.typeKey": "relation"]),
                Relation(
                    id: "R1", type: "Near",
                    arguments: [.init(role: "l", entityID: "0"), .init(role: "r", entityID: "1")]),
            ])
        #expect(result.faults.map(\.message) == ["entity 2 has no infon type; its type is annotation"])
    }

    @Test(arguments: [CorpusFormat.biocXML, .biocJSON])
    func writesWhatItRead(_ format: CorpusFormat) throws {
        let documents = try read("a.xml", Self.xml).corpus.documents
        try expectRoundTrips(documents, format)
        let throughBoth = try again(try again(documents, .biocJSON), .biocXML)
        expectNothingLost(documents, throughBoth)
    }

    @Test func writesTheElementsOfBioC() throws {
        let xml = """
            <collection><source>S</source><date>d</date><key>k</key><document><id>1</id><passage>
            <infon key="type">title</infon><offset>2</offset><text>A &amp; b</text><annotation id="T1">
            <infon key="type">X</infon><location offset="6" length="1"/><text>b</text></annotation></passage>
            </document></collection>
            """
        #expect(
            try written(try read("a.xml", xml).corpus.documents, .biocXML) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE collection SYSTEM "BioC.dtd">
                <collection>
                <source>S</source>
                <date>d</date>
                <key>k</key>
                <document>
                <id>1</id>
                <passage>
                <infon key="type">title</infon>
                <offset>2</offset>
                <text>A &amp; b</text>
                <annotation id="T1">
                <infon key="type">X</infon>
                <location offset="6" length="1"/>
                <text>b</text>
                </annotation>
                </passage>
                </document>
                </collection>

                """)
    }

    @Test(arguments: [("code points", 8, 16, 33), ("UTF-8 bytes", 12, 20, 37), ("UTF-16 units", 9, 17, 34)])
    func decidesByTheSurfacesWhatOffsetsCount(_ unit: String, _ ache: Int, _ second: Int, _ liver: Int) throws {
        let xml = """
            <collection><document><id>d</id><passage><offset>0</offset><text>Naïve 😷 ache.</text>
            <annotation id="0"><infon key="type">Sign</infon><location offset="\(ache)" length="4"/><text>ache</text></annotation>
            </passage><passage><offset>\(second)</offset><text>End-stage or bad liver.</text>
            <annotation id="1"><infon key="type">Sign</infon><location offset="\(liver)" length="5"/><text>liver</text></annotation>
            </passage></document></collection>
            """
        let result = try read("a.xml", xml)
        let document = result.corpus.documents[0]
        #expect(document.entities.map { document.surface(of: $0) } == ["ache", "liver"])
        let message = "offsets count \(unit), not code points; they are converted"
        #expect(result.faults.map(\.message) == (unit == "code points" ? [] : [message]))
        let rest = try again([document], .biocXML)
        expectNothingLost([document], rest)
        #expect(try read("a.xml", try written([document], .biocXML)).faults.isEmpty)
    }

    @Test func movesPassagesThatOverlap() throws {
        let xml = """
            <collection><document><id>d</id>
            <passage><offset>0</offset><text>One</text></passage>
            <passage><offset>0</offset><text>Two</text><annotation id="0"><infon key="type">X</infon>
            <location offset="0" length="3"/><text>Two</text></annotation></passage></document></collection>
            """
        let result = try read("a.xml", xml)
        let document = result.corpus.documents[0]
        #expect(document.text == "OneTwo")
        #expect(document.surface(of: document.entities[0]) == "Two")
        #expect(
            result.faults.map(\.message) == [
                "the passage or sentence 1 begins before the end of the one before it; "
                    + "it is laid behind it and its annotations move along"
            ])
        #expect(result.faults.map(\.line) == [3])
        try expectRoundTrips([document], .biocXML)
    }

    @Test func readsTheJSONThatOthersWrite() throws {
        let json = """
            [{"source":"PubTator","date":"","key":"k","infons":{},"_id":1,"documents":[
             {"id":7,"infons":{},"passages":[{"offset":0,"infons":{"type":"title","year":2020},"text":"A caf\\u00e9 \\ud83d\\ude37 flu",
              "sentences":[],"annotations":[{"id":"2","infons":{"identifier":"MESH:D1","type":"Disease","valid":true,"none":null,
              "list":["b",{"y":1,"x":2}]},"text":"flu","locations":[{"offset":9,"length":3}]}],"relations":[]}],
              "annotations":[],"relations":[{"id":"R1","infons":{"type":"Assoc","score":"0.9"},"nodes":[{"refid":"2","role":"a,b"}]}]}]},
             {"PubTator3":[{"id":"8","passages":[{"offset":0,"text":"x"}]}]}]
            """
        let result = try read("a.json", json)
        #expect(result.format == .biocJSON)
        let documents = result.corpus.documents
        #expect(documents.map(\.id) == ["7", "8"])
        #expect(documents.map { $0.metadata["line"] } == ["2", "6"])
        let entity = try #require(documents[0].entities.first)
        #expect(documents[0].surface(of: entity) == "flu")
        #expect(entity.codes == ["MESH:D1"])
        #expect(
            entity.attributes == ["identifier": "MESH:D1", "valid": "true", "list": "[\"b\",{\"x\":2,\"y\":1}]"])
        #expect(documents[0].relations[0].attributes == ["score": "0.9"])
        #expect(result.faults.isEmpty)
        try expectRoundTrips([documents[0]], .biocJSON)
        // A file has one collection.
        let again = try again(documents, .biocJSON, losing: [.metadata: 1])
        #expect(again[1].metadata["bioc.collection"] == documents[0].metadata["bioc.collection"])
    }

    @Test(arguments: [CorpusFormat.biocXML, .biocJSON])
    func holdsDocumentsOfOtherFormats(_ format: CorpusFormat) throws {
        var split = try entity("E 0", "Sign", "Temp", "isolation", in: difficultText)
        split.attributes = ["type": "odd", "note": "<\"&'>\n\t"]
        split.codes = ["UMLS:C1", "X:2", "7"]
        let document = Document(
            id: "a & b", text: difficultText + "\r\n ", metadata: ["file": "x", "patient": "<1>"],
            entities: [split, try entity("E1", "Sign", "last", in: difficultText)],
            relations: [
                Relation(id: "R", type: "", arguments: [.init(role: "", entityID: "E1")], attributes: ["p": "0.5"])
            ], labels: [DocumentLabel(name: "SMOKER", value: "current", attributes: ["time": "now"])])
        let read = try again([document], format)[0]
        #expect(Array(read.text.utf8) == Array(document.text.utf8))
        #expect(read.entities.map(\.spans) == document.entities.map(\.spans))
        #expect(read.entities[0].attributes["note"] == "<\"&'>\n\t")
        #expect(Set(read.entities[0].codes) == Set(split.codes))
        #expect(read.relations == document.relations)
        #expect(read.labels == document.labels)
        #expect(read.metadata["patient"] == "<1>")
        try expectRoundTrips([read], format)
    }

    @Test func refusesOrReplacesWhatXMLCannotHold() throws {
        let document = Document(id: "a", text: "x\u{C}y")
        let error = #expect(throws: CorpusError.self) { try again([document], .biocXML) }
        #expect(
            error?.description
                == "document a: XML cannot hold the character U+000C at offset 1; write jsonl or brat instead")
        var options = WriteOptions()
        options.xmlReplacement = " "
        #expect(try again([document], .biocXML, options)[0].text == "x y")
        #expect(try again([document], .biocJSON)[0].text == "x\u{C}y")
    }

    @Test func countsWhatItCannotHold() throws {
        var silver = try entity("1", "X", "a", in: "a")
        silver.provenance = .silver(probability: 0.5)
        let document = Document(id: "d", text: "a", entities: [silver], uninterpreted: ["x"])
        _ = try again([document], .biocJSON, losing: [.provenance: 1, .line: 1])
    }

    private static let head = "<collection>\n<document><id>d</id>\n<passage>"
    private static let tail = "</passage></document></collection>"

    @Test(arguments: [
        ("<text>a</text>", "a.xml:3: passage 1 has no offset that is a whole number from 0 on"),
        ("<offset>-1</offset>", "a.xml:3: passage 1 has no offset that is a whole number from 0 on"),
        (
            "<offset>9999999999999999</offset><text>a</text>",
            "a.xml:3: passage 1 begins far behind the text before it; check its offset"
        ),
        (
            "<offset>0</offset><text>ab</text>\n<annotation id=\"1\"><infon key=\"type\">X</infon><location offset=\"1\" length=\"2\"/></annotation>",
            "a.xml:4: entity 1 spans 1-3, but the text has 2 code points; "
                + "check that the annotations belong to this text and count code points"
        ),
        (
            "<offset>0</offset><text>ab</text>\n<annotation id=\"1\"><location offset=\"9223372036854775807\" length=\"2\"/></annotation>",
            "a.xml:4: entity 1: a location has no length that is a number from 0 on"
        ),
        (
            "<offset>0</offset><text>ab</text>\n<annotation id=\"1\"><location offset=\"0\" length=\"-1\"/></annotation>",
            "a.xml:4: entity 1: a location has no length that is a number from 0 on"
        ),
        (
            "<offset>0</offset><annotation>\n<location offset=\"x\" length=\"1\"/></annotation>",
            "a.xml:4: a location without an offset and a length that are whole numbers"
        ),
        (
            "<offset>0</offset><text>ab</text>\n<sentence><offset>9</offset></sentence>",
            "a.xml:4: the sentence lies outside its passage; correct its offset"
        ),
        (
            "<offset>0</offset><text>&marlow;</text>",
            "a.xml:3: declares or uses XML entities, which are never expanded; remove the declarations and write the characters themselves"
        ),
        ("<offset>0</offset></marlow>", "a.xml:3: not well-formed XML: an end tag does not match its start tag"),
    ])
    func saysWhatIsWrong(_ content: String, _ expected: String) throws {
        #expect(try message("a.xml", Self.head + content + Self.tail) == expected)
    }

    @Test(arguments: [
        ("{\"documents\":[\n{\"id\":\"a\",\"passages\":{}}]}", "a.json:2: passages is not an array"),
        ("{\"documents\":[\n{\"passages\":[]}]}", "a.json:2: a document without an id"),
        ("{\"passages\":[]}", "a.json:1: documents is missing; is this a BioC file?"),
        ("{\"documents\":[{\"passages\":[]}", "a.json:1: not valid JSON"),
        (
            "{\"documents\":[{\"id\":\"a\",\"passages\":[{\"offset\":\"x\"}]}]}",
            "a.json:1: passages[0].offset is not a whole number"
        ),
        (
            "{\"documents\":[{\"id\":\"a\",\"passages\":\(String(repeating: "[", count: 99))\(String(repeating: "]", count: 99))}]}",
            "a.json:1: nested deeper than 64 levels; raise maxDepth if that is meant"
        ),
    ])
    func saysWhatIsWrongInJSON(_ content: String, _ expected: String) throws {
        #expect(try message("a.json", content, ReadOptions(format: .biocJSON)) == expected)
    }

    @Test func refusesABillionLaughsAndOtherRoots() throws {
        let laughs =
            "<!DOCTYPE collection [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n<collection><source>&b;</source></collection>"
        #expect(
            try message("a.xml", laughs, ReadOptions(format: .biocXML))
                == "a.xml:1: declares or uses XML entities, which are never expanded; "
                + "remove the declarations and write the characters themselves")
        #expect(
            try message("a.xml", "<r/>", ReadOptions(format: .biocXML))
                == "a.xml: the root element is not collection; is this a BioC file?")
    }

    @Test func goesOnAfterABadDocumentWhereAsked() throws {
        let xml = """
            <collection><odd/><document><id>a</id><passage><text>x</text></passage></document>
            <document><id>b</id><passage><offset>0</offset><text>x</text></passage></document></collection>
            """
        let result = try read("a.xml", xml, ReadOptions(mode: .warn))
        #expect(result.corpus.documents.map(\.id) == ["b"])
        #expect(result.summary.leftOut == [.document: 1])
        #expect(result.faults.map(\.kind) == [.notInterpreted, .malformed])
        #expect(result.faults[0].message == "the element odd is not read")
    }

    @Test func aFewBytesDoNotMakeGigabytes() throws {
        var xml = "<collection>"
        for id in 0..<200 {
            xml += "<document><id>\(id)</id><passage><offset>100000</offset><text>x</text></passage></document>"
        }
        #expect(throws: CorpusError.self) { try read("a.xml", xml + "</collection>") }
    }
}
