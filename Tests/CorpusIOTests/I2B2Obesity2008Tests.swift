import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct I2B2Obesity2008Tests {
    private let folder = SharedData.fixture("i2b2/2008-obesity")
    private let records = "<root><docs><doc id=\"1\"><text>a</text></doc></docs></root>"

    private func reading(_ files: [String: String], _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
        try withTemporaryFolder { folder in
            for (name, content) in files {
                try content.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            return try CorpusReader.read(folder, name: "f", options: options)
        }
    }

    private func judgments(_ judgments: [(source: String, disease: String, id: String, value: String)]) -> String {
        var xml = "<diseaseset>"
        for judgment in judgments {
            xml += "\n<diseases source=\"\(judgment.source)\"><disease name=\"\(judgment.disease)\">"
            xml += "<doc id=\"\(judgment.id)\" judgment=\"\(judgment.value)\"/></disease></diseases>"
        }
        return xml + "</diseaseset>"
    }

    @Test func judgmentsOfAllFilesAreLabels() throws {
        let result = try CorpusReader.read(folder, name: "f", options: ReadOptions(format: .i2b2Obesity2008))
        let table = try String(contentsOfFile: "\(folder)/expected.tsv", encoding: .utf8)
        let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        let found = result.corpus.documents.flatMap { document in
            document.labels.map { label in
                [document.id, label.attributes["source"] ?? "", label.attributes["disease"] ?? "", label.value]
            }
        }
        #expect(Set(found) == Set(rows))
        #expect(found.count == rows.count)
        #expect(result.corpus.documents[0].labels[0].name == "Asthma")
        #expect(
            result.corpus.documents[1].text
                == "\nStatus post cholecystectomy for gallstones .\nFamily history of gout .\nWeight 61 kg & height 170 cm .\n"
        )
        #expect(result.faults.isEmpty)
    }

    @Test func goesThroughUnchanged() throws {
        let documents = try CorpusReader.read(folder, name: "f", options: ReadOptions(format: .i2b2Obesity2008)).corpus
            .documents
        try expectIdentity(documents, .i2b2Obesity2008)
        #expect(try losses(documents, .i2b2Obesity2008) == [:])
        try withTemporaryFolder { output in
            try CorpusWriter.write(documents, to: output, format: .i2b2Obesity2008)
            #expect(
                try String(contentsOfFile: "\(output)/records.xml", encoding: .utf8)
                    == String(contentsOfFile: "\(folder)/obesity_records_synthetic.xml", encoding: .utf8))
        }
    }

    @Test func readsCopiesWithWindowsLineEndsAsTheOriginals() throws {
        var files: [String: String] = [:]
        for name in ["records", "standoff_base", "standoff_addendum"] {
            let path = "\(folder)/obesity_\(name)_synthetic.xml"
            files["\(name).xml"] = try String(contentsOfFile: path, encoding: .utf8).replacing("\n", with: "\r\n")
        }
        let copy = try reading(files).corpus.documents
        let plain = try CorpusReader.read(folder, name: "f", options: ReadOptions(format: .i2b2Obesity2008)).corpus
            .documents
        #expect(copy.map(DocumentFacts.init) == plain.map(DocumentFacts.init))
    }

    @Test func judgmentsThatDifferAreAConflict() throws {
        let first = judgments([
            ("textual", "CAD", "1", "Y"), ("textual", "OSA", "1", "N"), ("intuitive", "CAD", "1", "N"),
        ])
        let second = judgments([("textual", "OSA", "1", "N"), ("textual", "CAD", "1", "U")])
        let result = try reading(["a.xml": first, "b.xml": second, "c.xml": records])
        #expect(result.corpus.documents[0].labels.map(\.value) == ["N", "Y", "N"])
        #expect(
            result.faults.map(\.message) == [
                "the textual judgment on CAD differs from that in a.xml:2, which is kept"
            ])
        #expect(result.faults[0].line == 3)
        #expect(result.faults[0].kind == .conflict)
        #expect(result.summary.leftOut == [.label: 1])
        #expect(throws: CorpusError.self) {
            try reading(["a.xml": first, "b.xml": second, "c.xml": records], ReadOptions(mode: .strict))
        }
    }

    @Test func judgmentsOnUnknownDocumentsAreReported() throws {
        let result = try reading([
            "a.xml": records, "b.xml": judgments([("textual", "CAD", "1", "Y"), ("textual", "OSA", "7", "N")]),
        ])
        #expect(result.faults.map(\.message) == ["judgments on document 7, which is not among the records"])
        #expect(result.faults[0].line == 3)
        #expect(result.summary.leftOut == [.label: 1])
    }

    @Test func saysWhatIsWrong() throws {
        func problem(_ files: [String: String], _ options: ReadOptions = ReadOptions()) throws -> String {
            let error = #expect(throws: CorpusError.self) { try reading(files, options) }
            return try #require(error).description.split(separator: "/").last.map(String.init) ?? ""
        }
        #expect(
            try problem(["b.xml": judgments([("textual", "CAD", "1", "Y")])])
                == "b.xml: judgments without records; name the folder that holds both")
        #expect(
            try problem(["a.xml": records, "b.xml": "<r><TEXT>a</TEXT></r>"])
                .hasSuffix("neither records (root, docs) nor judgments (diseaseset) of 2008"))
        #expect(
            try problem(["a.xml": records, "b.xml": judgments([("textual", "", "1", "Y")])])
                == "b.xml:2: a judgment without name, its own or of the elements around it")
        #expect(
            try problem(["a.xml": records, "b.xml": "<diseaseset><diseases>"])
                == "b.xml:1: not well-formed XML: the document ends within an element")
        let xml = judgments([("textual", "CAD", "1", ""), ("textual", "OSA", "1", "Y")])
        let result = try reading(["a.xml": records, "b.xml": xml], ReadOptions(mode: .warn))
        #expect(result.corpus.documents[0].labels.map(\.name) == ["OSA"])
        #expect(result.summary.leftOut == [.label: 1])
    }

    @Test func countsWhatItCannotHold() throws {
        let document = Document(
            id: "a", text: "note",
            labels: [
                DocumentLabel(name: "SMOKING", value: "UNKNOWN"),
                DocumentLabel(name: "CAD", value: "Y", attributes: ["source": "textual", "by": "x"]),
            ])
        #expect(try losses([document], .i2b2Obesity2008) == [.label: 1, .attribute: 1])
    }
}
