import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct I2B2Smoking2006Tests {
    private let path = SharedData.fixture("i2b2/2006-smoking/smokers_synthetic.xml")

    @Test func statusesAreLabels() throws {
        let result = try CorpusReader.read(path, name: "f")
        #expect(result.format == .i2b2Smoking2006)
        let table = try String(contentsOfFile: SharedData.fixture("i2b2/2006-smoking/expected.tsv"), encoding: .utf8)
        let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        #expect(result.corpus.documents.map { [$0.id, $0.labels.map(\.value).joined()] } == rows)
        #expect(result.corpus.documents.allSatisfy { $0.labels.map(\.name) == ["SMOKING"] })
        #expect(
            result.corpus.documents[1].text
                == "\nThe patient has never smoked & drinks no alcohol .\n[ report_end ]\n")
        #expect(result.faults.isEmpty)
    }

    @Test func writesTheFixtureByteForByte() throws {
        let documents = try CorpusReader.read(path, name: "f").corpus.documents
        try withTemporaryFolder { folder in
            try CorpusWriter.write(documents, to: "\(folder)/a.xml", format: .i2b2Smoking2006)
            let written = try String(contentsOfFile: "\(folder)/a.xml", encoding: .utf8)
            #expect(written == (try String(contentsOfFile: path, encoding: .utf8)))
        }
        try expectIdentity(documents, .i2b2Smoking2006)
        #expect(try losses(documents, .i2b2Smoking2006) == [:])
    }

    @Test func readsTheCopyWithWindowsLineEndsAsTheOriginal() throws {
        let copy = try read("a.xml", String(contentsOfFile: path, encoding: .utf8).replacing("\n", with: "\r\n"))
        let plain = try CorpusReader.read(path, name: "f")
        #expect(copy.corpus.documents.map(DocumentFacts.init) == plain.corpus.documents.map(DocumentFacts.init))
    }

    @Test func unlabelledRecordsAndOtherSpellingsAreRead() throws {
        let xml = """
            <ROOT><RECORD ID="1"><TEXT>a</TEXT></RECORD>
            <RECORD ID="2"><TEXT>b</TEXT><SMOKING STATUS="UNKNOWN" by="x"/></RECORD>
            <RECORD ID="3"><SMOKING/><TEXT>c</TEXT></RECORD></ROOT>
            """
        #expect(try message("a.xml", xml) == "a.xml:3: a SMOKING element without STATUS")
        let result = try read("a.xml", xml, ReadOptions(mode: .warn))
        #expect(
            result.corpus.documents.map(\.labels) == [
                [], [DocumentLabel(name: "SMOKING", value: "UNKNOWN", attributes: ["by": "x"])], [],
            ])
        #expect(result.summary.leftOut == [.label: 1])
        try expectIdentity(result.corpus.documents, .i2b2Smoking2006)
    }

    @Test func countsWhatItCannotHold() throws {
        let text = "took aspirin"
        let document = Document(
            id: "a", text: text, metadata: ["patient": "7"], entities: [try entity("E0", "Drug", "aspirin", in: text)],
            labels: [DocumentLabel(name: "SMOKING", value: "UNKNOWN"), DocumentLabel(name: "Obesity", value: "Y")])
        #expect(try losses([document], .i2b2Smoking2006) == [.entity: 1, .label: 1, .metadata: 1])
    }
}
