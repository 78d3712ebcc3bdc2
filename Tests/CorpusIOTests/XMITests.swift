import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct XMITests {
    /// A CAS with layers of DKPro and INCEpTION, annotations of cTAKES with a concept, and offsets in UTF-16.
    private let xmi = """
        <?xml version="1.0" encoding="UTF-8"?>
        <xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
          xmlns:tcas="http:///uima/tcas.ecore" xmlns:custom="http:///webanno/custom.ecore"
          xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
          xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"
          xmlns:textsem='http:///org/apache/ctakes/typesystem/type/textsem.ecore'
          xmlns:refsem="http:///org/apache/ctakes/typesystem/type/refsem.ecore" xmi:version="2.0">
          <cas:NULL xmi:id="0"/>
          <tcas:DocumentAnnotation xmi:id="2" sofa="1" begin="0" end="27" language="en"/>
          <seg:Sentence xmi:id="3" sofa="1" begin="0" end="27"/>
          <seg:Token xmi:id="4" sofa="1" begin="0" end="2"/>
          <ner:NamedEntity xmi:id="5" sofa="1" begin="8" end="15" value="Drug" identifier="http://x/1"/>
          <custom:Span xmi:id="6" sofa="1" begin="23" end="27" label="Sign" assertion="present"/>
          <custom:Relation xmi:id="7" sofa="1" begin="23" end="27" Governor="5" Dependent="6" label="treats"/>
          <custom:Relation xmi:id="8" sofa="1" begin="23" end="27" Governor="4" Dependent="6" label="lost"/>
          <textsem:SignSymptomMention xmi:id="9" sofa="1" begin="23" end="27" polarity="1" ontologyConceptArr="10 11">
            <notes>a &amp; b</notes><notes>c</notes></textsem:SignSymptomMention>
          <refsem:UmlsConcept xmi:id="10" codingScheme="SNOMEDCT_US" code="22253000" cui="C0030193"/>
          <refsem:UmlsConcept xmi:id="11" codingScheme="ICD10" code="R52" cui="C0030193"/>
          <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="😷 took aspirin&#10;😷 for pain"/>
          <cas:View sofa="1" members="2 3 4 5 6 7 8 9"/>
        </xmi:XMI>

        """

    @Test func readsAnnotationsInUTF16CodeUnits() throws {
        let result = try read("a.xmi", xmi)
        #expect(result.format == .xmi)
        let document = result.corpus.documents[0]
        #expect(document.text == "😷 took aspirin\n😷 for pain")
        #expect(document.entities.map(\.id) == ["5", "6", "9"])
        #expect(document.entities.map(\.type) == ["Drug", "Sign", "SignSymptomMention"])
        #expect(document.entities.map { document.surface(of: $0) } == ["aspirin", "pain", "pain"])
        #expect(document.entities[1].attributes["assertion"] == "present")
        #expect(document.entities[2].codes == ["SNOMEDCT_US:22253000", "UMLS:C0030193", "ICD10:R52"])
        #expect(document.relations.map(\.type) == ["treats"])
        #expect(document.relations[0].arguments.map(\.entityID) == ["5", "6"])
        // The document's annotation, a sentence, a token, two concepts and the relation of a token.
        #expect(document.uninterpreted.count == 6)
        #expect(
            result.faults.map(\.message) == ["a relation links what is no entity; it is kept but not interpreted"])
        try FormatCycle.expectIdentity(result.corpus.documents, .xmi)
        let named = try read("a.xml", xmi)
        #expect(named.format == .xmi)
    }

    @Test func takesTheTypesAndTheFeatureThatAreAskedFor() throws {
        var options = ReadOptions()
        options.annotationTypes = ["seg:Token", "SignSymptomMention"]
        options.typeFeature = "polarity"
        let documents = try read("a.xmi", xmi, options).corpus.documents
        #expect(documents[0].entities.map(\.id) == ["4", "9"])
        #expect(documents[0].entities.map(\.type) == ["Token", "1"])
        try FormatCycle.expectIdentity(documents, .xmi, options)
    }

    @Test func writesAnyDocumentInTheLayersOfINCEpTION() throws {
        let cycle = try FormatCycle([try FormatCycle.fullDocument()], .xmi)
        #expect(cycle.lost == [.code: 1, .gap: 1, .label: 1, .line: 1, .metadata: 1, .provenance: 1])
        let document = cycle.documents[0]
        #expect(document.text == difficultText)
        #expect(document.entities.map(\.type) == ["Finding", "Finding", "State"])
        #expect(document.entities[0].attributes["assertion"] == "present")
        #expect(document.relations.map(\.type) == ["causes"])
        try FormatCycle.expectIdentity(cycle.documents, .xmi)
        try withTemporaryFolder { folder in
            let text = "a\n😷 b"
            try CorpusWriter.write(
                [Document(id: "n", text: text, entities: [try entity("E0", "X", "b", in: text)])], to: folder,
                format: .xmi)
            #expect(
                try String(contentsOfFile: "\(folder)/n.xmi", encoding: .utf8) == """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" \
                    xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
                    <cas:NULL xmi:id="0" />
                    <custom:Span xmi:id="2" sofa="1" begin="5" end="6" label="X" />
                    <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain" sofaString="a&#10;😷 b" />
                    <cas:View sofa="1" members="2" />
                    </xmi:XMI>

                    """)
        }
    }

    @Test func leavesNoMemberThatIsGone() throws {
        var document = try read("a.xmi", xmi).corpus.documents[0]
        document.entities.remove(at: 0)
        let cycle = try FormatCycle([document], .xmi)
        #expect(cycle.lost == [.relation: 1])
        #expect(cycle.documents[0].metadata["xmi.view"] == "{\"sofa\":\"1\",\"members\":\"2 3 4 6 8 9\"}")
    }

    @Test func refusesWhatXMLCannotHoldUnlessToldHowToReplaceIt() throws {
        let document = Document(id: "n", text: "a\u{C}b", entities: [])
        let error = #expect(throws: CorpusError.self) { try FormatCycle([document], .xmi) }
        #expect(error?.description.contains("XML cannot hold the character U+000C at offset 1") == true)
        try withTemporaryFolder { folder in
            var options = WriteOptions()
            options.xmlReplacement = " "
            try CorpusWriter.write([document], to: folder, format: .xmi, options: options)
            #expect(try CorpusReader.read(folder, name: "a").corpus.documents[0].text == "a b")
        }
    }

    @Test(arguments: [
        ("<a/>", "a.xmi: no Sofa with a sofaString below the root; is this CAS XMI?"),
        (
            "<xmi:XMI xmlns:xmi='u'><cas:Sofa xmlns:cas='c' sofaString='x'/></xmi:XMI>",
            "a.xmi: no Sofa with a sofaString below the root; is this CAS XMI?"
        ),
        (
            "<x:XMI xmlns:x='u'>\n<a><b><c/></b></a></x:XMI>",
            "a.xmi:2: an element within a feature that is not a plain value; this is not CAS XMI"
        ),
        ("<x:XMI xmlns:x='u'>", "a.xmi:1: not well-formed XML: the document ends within an element"),
        (
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "a.xmi:1: declares or uses XML entities, which are never expanded; "
                + "remove the declarations and write the characters themselves"
        ),
    ])
    func saysWhatIsWrongAndWhere(_ xml: String, _ expected: String) throws {
        #expect(try message("a.xmi", xml) == expected)
    }

    @Test(arguments: [
        (
            "begin=\"8\" end=\"15\" value", "begin=\"x\" end=\"15\" value",
            "a.xmi:12: entity 5: begin or end is not a whole number"
        ),
        (
            "begin=\"8\" end=\"15\" value", "begin=\"1\" end=\"15\" value",
            "a.xmi:12: entity 5: begin or end lies within a character; offsets count UTF-16 code units"
        ),
        (
            "begin=\"8\" end=\"15\" value", "begin=\"8\" end=\"28\" value",
            "a.xmi:12: entity 5 spans 7-28, but the text has 25 code points; "
                + "check that the annotations belong to this text and count code points"
        ),
    ])
    func refusesOffsetsThatAreWrong(_ old: String, _ new: String, _ expected: String) throws {
        #expect(try message("a.xmi", xmi.replacing(old, with: new)) == expected)
    }
}
