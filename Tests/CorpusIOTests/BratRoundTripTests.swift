import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// What was read from brat files is written as it was, byte for byte.
@Suite struct BratRoundTripTests {
    private let text = "took aspirin and\nibuprofen, no rash 😷 at all"

    /// The annotation file after reading and writing it, directly or through JSON Lines of ours, with a change.
    private func rewritten(
        _ annotations: String, throughLines: Bool = false, change: (inout Document) throws -> Void = { _ in }
    ) throws -> String {
        try withTemporaryFolder { folder in
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/a.txt"))
            try Data(annotations.utf8).write(to: URL(fileURLWithPath: "\(folder)/a.ann"))
            var documents = try CorpusReader.read(folder, name: "a", options: ReadOptions(mode: .warn)).corpus.documents
            if throughLines { documents = try FormatCycle(documents, .jsonl).documents }
            try change(&documents[0])
            try CorpusWriter.write(documents, to: "\(folder)/out", format: .brat)
            return try String(decoding: Data(contentsOf: URL(fileURLWithPath: "\(folder)/out/a.ann")), as: UTF8.self)
        }
    }

    @Test(arguments: [
        "", "\n", "T1\tDrug 5 12\taspirin\n", "T1\tDrug 5 12\taspirin", "T1\tDrug 5 12\taspirin\r\nA1\tSure T1\r\n",
        // Blanks at the ends of lines, lines without anything, ids that are neither dense nor ordered.
        "T7\tDrug 5 12\taspirin\nE2\tDrug:T7 \n\nR9\tX Arg1:T7 Arg2:T7\t\n  \nT3\tDrug 17 26\tibuprofen\n",
        // Attributes before what they are about, flags, values, an attribute of an event and of a relation.
        "A4\tNegated T1\nM2\tLevel E1 High\nT1\tSign 31 35\trash\nE1\tSign:T1\nA1\tSure R1 yes\nR1\tX Arg1:T1 Arg2:E1\n",
        // A flag that is written out is no other attribute.
        "T1\tSign 31 35\trash\nA1\tNegated T1 true\n",
        // Codes with texts of their own, one code twice.
        "N5\tReference T1 UMLS:C01\tacetylsalicylic acid\nT1\tDrug 5 12\taspirin\nN6\tReference T1 UMLS:C01\tASA\n",
        // Events of events, roles with numbers, fragments out of order, fragments over a line end.
        "T1\tA 0 4\ttook\nT2\tB 17 26;5 12\tibuprofen aspirin\nE1\tA:T1 Theme:T2 Theme2:E2\nE2\tB:T2\n",
        "T1\tA 13 16;17 26\tand ibuprofen\nT2\tA 5 12\taspirin\nT3\tA 5 12\taspirin\n",
        // Equivalences, notes of mentions, relations and attributes, unknown kinds, text after a tab.
        "T1\tA 0 4\ttook\nT2\tB 5 12\taspirin\tx\n*\tEquiv T1 T2\nA1\tOld T2\n#1\tAnnotatorNotes A1\tsure?  \nX9\twhat\n",
        "*\tEquiv T1 T2\nT1\tA 0 4\ttook\n*\tSame T2 T1 \nT2\tB 5 12\taspirin\n#2\tAnnotatorNotes T1\tx\n",
        // Lines that are not written as their kind is, and nothing refers to what is not there.
        "T1\tA 0 4\ttook\nR7\tOdd Arg1:T1\nA9\tlonely\nE3\nN1\tReference T1 code\n", "\tT1\n*\n#\n\t\tX\n",
    ])
    func writesTheLinesItRead(_ annotations: String) throws {
        #expect(try Array(rewritten(annotations).utf8) == Array(annotations.utf8))
        #expect(try Array(rewritten(annotations, throughLines: true).utf8) == Array(annotations.utf8))
    }

    @Test func changesOnlyTheLinesOfWhatChanged() throws {
        let annotations = """
            E1\tDrug:T1 \nT1\tDrug 5 12\taspirin\nA1\tDose T1 low\n#1\tAnnotatorNotes A1\tsure?\nT2\tDrug 17 26\tibuprofen
            R1\tWith Arg1:T1 Arg2:T2\t
            N1\tReference T2 UMLS:C02\tibuprofen
            *\tEquiv T1 T2
            """
        let renamed = try rewritten(annotations) { document in
            document.entities[0].type = "Medication"
            document.entities[0].attributes["Dose"] = "high"
            document.entities[1].codes = ["UMLS:C03"]
        }
        #expect(
            renamed == """
                E1\tDrug:T1 \nT1\tMedication 5 12\taspirin\nA1\tDose T1 high\n#1\tAnnotatorNotes A1\tsure?\nT2\tDrug 17 26\tibuprofen
                R1\tWith Arg1:T1 Arg2:T2\t
                *\tEquiv T1 T2
                N2\tReference T2 UMLS:C03\tibuprofen

                """)
        let removed = try rewritten(annotations) { document in document.entities.remove(at: 0) }
        #expect(removed == "T2\tDrug 17 26\tibuprofen\nN1\tReference T2 UMLS:C02\tibuprofen")
        let added = try rewritten(annotations) { [text] document in
            var rash = try entity("E0", "Sign", "rash", in: text)
            rash.attributes = ["Negated": "true", "Place": "left arm"]
            document.entities.append(rash)
        }
        #expect(added == annotations + "\nT3\tSign 31 35\trash\nA2\tNegated T3\nA3\tPlace T3 left arm\n")
    }

    @Test func countsWhatBratCannotHold() throws {
        var document = try FormatCycle.fullDocument()
        document.entities[0].attributes["no name"] = "x"
        document.entities[0].attributes["note"] = "two\nlines"
        document.entities[0].codes.append("without a source")
        document.relations.append(Relation(id: "R2", type: "X", arguments: [.init(role: "a", entityID: "T99")]))
        let cycle = try FormatCycle([document], .brat)
        #expect(
            cycle.lost == [
                .attribute: 2, .code: 1, .relation: 1, .label: 1, .metadata: 1, .provenance: 1, .line: 1,
            ])
        #expect(cycle.documents[0].entities[0].attributes == ["assertion": "present"])
        #expect(cycle.documents[0].entities[0].codes == ["UMLS:C0015967"])
        #expect(cycle.documents[0].relations == [document.relations[0]])
    }

    @Test func takesAChainOfReferencesThatLeadsNowhereInLinearTime() throws {
        let count = 20_000
        let events = (1...count).map { "E\($0)\tA:T1 Next:E\($0 + 1)" }.joined(separator: "\n")
        let clock = ContinuousClock.now
        let result = try rewritten("T1\tA 0 4\ttook\n\(events)\n")
        #expect(result == "T1\tA 0 4\ttook\n")
        #expect(ContinuousClock.now - clock < .seconds(20))
    }

    /// Reads and writes pairs and expects the same bytes.
    private func expectUnchanged(_ path: String, documents: Int) throws {
        let result = try CorpusReader.read(path, name: "corpus", options: ReadOptions(format: .brat))
        #expect(result.corpus.documents.count == documents)
        try withTemporaryFolder { folder in
            try CorpusWriter.write(result.corpus.documents, to: folder, format: .brat)
            for document in result.corpus.documents {
                for ending in ["txt", "ann"] {
                    let name = "\(document.id).\(ending)"
                    let original = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
                    let written = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
                    #expect(original == written, "\(name)")
                }
            }
        }
    }

    @Test(.enabled(if: SharedData.has("maccrobat2020"), "needs maccrobat2020 below CLINNER_DATA"))
    func maccrobatIsWrittenByteForByte() throws {
        try expectUnchanged(SharedData.path("maccrobat2020/brat"), documents: 200)
    }

    @Test(.enabled(if: SharedData.has("phee"), "needs phee below CLINNER_DATA"))
    func pheeIsWrittenByteForByte() throws {
        try expectUnchanged(SharedData.path("phee/brat-test-sample"), documents: 40)
        try withTemporaryFolder { folder in
            try run("tar", "xzf", SharedData.path("phee/brat-dev.tar.gz"), "-C", folder)
            try expectUnchanged("\(folder)/dev", documents: 961)
        }
    }

    @Test(arguments: ["gold", "crlf"]) func n2c2FixturesAreWrittenByteForByte(_ folder: String) throws {
        try expectUnchanged(SharedData.fixture("i2b2/2018-track2/\(folder)"), documents: 1)
    }
}
