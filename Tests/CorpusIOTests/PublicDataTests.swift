import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Real corpora, which are not part of the repository.
@Suite struct PublicDataTests {
    /// Unpacks an archive of the shared data.
    private func withArchive<Result>(_ name: String, body: (String) throws -> Result) throws -> Result {
        try withTemporaryFolder { folder in
            try run("tar", "xzf", SharedData.path(name), "-C", folder)
            return try body(folder)
        }
    }

    /// Reads both archives as they are.
    @Test(
        .enabled(if: SharedData.has("meddocan"), "needs meddocan below CLINNER_DATA"),
        arguments: [("dev", 5_801), ("test", 5_661)])
    func meddocanIsTheSameInXMLAndBrat(_ split: String, _ entities: Int) throws {
        let xml = try CorpusReader.read(SharedData.path("meddocan/i2b2xml-\(split).tar.gz"), name: split)
        let brat = try CorpusReader.read(SharedData.path("meddocan/brat-\(split).tar.gz"), name: split)
        #expect(xml.format == .i2b2)
        #expect(brat.format == .brat)
        #expect(xml.faults.isEmpty)
        #expect(brat.faults.isEmpty)
        #expect(xml.corpus.documents.map(\.id) == brat.corpus.documents.map(\.id))
        #expect(xml.corpus.documents.count == 250)
        var count = 0
        for (left, right) in zip(xml.corpus.documents, brat.corpus.documents) {
            #expect(left.text == right.text)
            let mentions = { (document: Document) in
                document.entities.map { "\($0.spans) \($0.type)" }.sorted()
            }
            #expect(mentions(left) == mentions(right))
            count += left.entities.count
        }
        #expect(count == entities)
    }

    @Test(.enabled(if: SharedData.has("meddocan"), "needs meddocan below CLINNER_DATA"))
    func meddocanIsWrittenInItsOwnLayout() throws {
        try withArchive("meddocan/i2b2xml-dev.tar.gz") { folder in
            let documents = try CorpusReader.read("\(folder)/dev/xml", name: "dev").corpus.documents
            try CorpusWriter.write(documents, to: "\(folder)/out", format: .i2b2)
            for document in documents {
                let original = try String(contentsOfFile: "\(folder)/dev/xml/\(document.id).xml", encoding: .utf8)
                let written = try String(contentsOfFile: "\(folder)/out/\(document.id).xml", encoding: .utf8)
                #expect(normalized(written) == normalized(original))
            }
        }
    }

    /// XML without differences that mean nothing: indentation, blanks before `/>` and `?>`, quotes of the declaration, references.
    private func normalized(_ xml: String) -> String {
        xml.replacing(" />", with: "/>").replacing(" ?>", with: "?>").replacing("'", with: "\"")
            .replacing("&apos;", with: "\"").replacing("&quot;", with: "\"").replacing("&gt;", with: ">")
            .replacing(/\n +</, with: "\n<").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test(
        .enabled(if: SharedData.has("meddocan"), "needs meddocan below CLINNER_DATA"),
        arguments: [("train", 500, 11_333), ("test", 250, 5_661)])
    func meddocanHasNothingOdd(_ split: String, _ documents: Int, _ entities: Int) throws {
        let result = try withArchive("meddocan/i2b2xml-\(split).tar.gz") {
            try CorpusReader.read("\($0)/\(split)/xml", name: split)
        }
        #expect(result.faults.isEmpty)
        #expect(result.corpus.documents.count == documents)
        #expect(result.corpus.documents.map(\.entities.count).reduce(0, +) == entities)
    }

    @Test(.enabled(if: SharedData.has("maccrobat2020"), "needs maccrobat2020 below CLINNER_DATA"))
    func maccrobatGoesThroughBratUnchanged() throws {
        let result = try CorpusReader.read(SharedData.path("maccrobat2020/brat"), name: "maccrobat")
        let documents = result.corpus.documents
        #expect(documents.count == 200)
        let types = Dictionary(grouping: documents.flatMap(\.entities), by: \.type).mapValues(\.count)
        #expect(types.count == 41)
        #expect(types.values.reduce(0, +) == 25_189)
        #expect(types["Diagnostic_procedure"] == 4_598)
        #expect(types["Mass"] == 2)
        #expect(documents.flatMap(\.entities).count { $0.isDiscontinuous } == 44)
        #expect(documents.flatMap(\.relations).count == 16_307 + 14_368 + 2_023)
        let attributes = documents.flatMap { $0.entities.map(\.attributes) + $0.relations.map(\.attributes) }
        #expect(attributes.map(\.count).reduce(0, +) == 1_416)
        #expect(documents.flatMap(\.uninterpreted).count == 335)
        #expect(result.faults.count { $0.message.contains("white space") } == 3)
        #expect(!result.faults.contains { $0.message.contains("differs") })
        // That brat's files come back byte for byte is tested with the format; here that nothing else is needed for it.
        try FormatCycle.expectIdentity(Array(documents.prefix(20)), .brat)
    }

    @Test(.enabled(if: SharedData.has("phee"), "needs phee below CLINNER_DATA"))
    func pheeHasItsNestedAndDiscontinuousMentions() throws {
        let documents = try CorpusReader.read(SharedData.path("phee/brat-test-sample"), name: "phee").corpus.documents
        #expect(documents.count == 40)
        try FormatCycle.expectIdentity(documents, .brat)
    }

    @Test(
        .enabled(if: SharedData.has("aci-bench"), "needs aci-bench below CLINNER_DATA"),
        arguments: [
            ("train", 67), ("valid", 20), ("clinicalnlp_taskB_test1", 40), ("clinicalnlp_taskC_test2", 40),
            ("clef_taskC_test3", 40),
        ])
    func readsTheNotesOfACIBench(_ split: String, _ count: Int) throws {
        let options = ReadOptions(textColumn: "note", idColumn: "encounter_id")
        let result = try CorpusReader.read(SharedData.path("aci-bench/\(split).csv.gz"), name: split, options: options)
        #expect(result.corpus.documents.count == count)
        #expect(result.faults.isEmpty)
        #expect(result.corpus.documents.allSatisfy { $0.text.utf8.count > 500 })
    }

    @Test(
        .enabled(if: SharedData.has("mts-dialog"), "needs mts-dialog below CLINNER_DATA"),
        arguments: [
            ("TrainingSet.csv.gz", 1_201), ("ValidationSet.csv", 100), ("TestSet-1-MEDIQA-Chat-2023.csv", 200),
            ("TestSet-2-MEDIQA-Sum-2023.csv", 200),
        ])
    func readsTheNotesOfMTSDialog(_ file: String, _ count: Int) throws {
        let options = ReadOptions(textColumn: "section_text", idColumn: "ID")
        let path = SharedData.path("mts-dialog/MTS-Dialog-\(file)")
        #expect(try CorpusReader.read(path, name: "mts", options: options).corpus.documents.count == count)
    }

    @Test(.enabled(if: SharedData.has("primock57-notes"), "needs primock57-notes below CLINNER_DATA"))
    func readsTheNotesOfPriMock57() throws {
        let result = try CorpusReader.read(
            SharedData.path("primock57-notes/notes"), name: "primock", options: ReadOptions(textColumn: "note"))
        #expect(result.corpus.documents.count == 57)
        #expect(result.corpus.documents[0].id == "day1_consultation01")
        #expect(result.corpus.documents.map(\.text.unicodeScalars.count).reduce(0, +) == 47_116)
    }
}
