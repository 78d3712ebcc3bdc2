import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Tables of notes that are known by their headers.
@Suite struct NoteTableTests {
    private let mimic = """
        "ROW_ID","SUBJECT_ID","HADM_ID","CHARTDATE","CATEGORY","DESCRIPTION","TEXT"
        174,22532,167853,"2151-08-04","Discharge summary","Report","Admission Date:  [**2151-7-16**]

        Pt c/o ""tightness"".
        "
        175,13702,,"2118-06-14","Nursing","Report","No pain."

        """

    @Test func readsNOTEEVENTSOfMIMIC() throws {
        let result = try read("NOTEEVENTS.csv", mimic)
        #expect(result.format == .table)
        #expect(result.faults.isEmpty)
        let documents = result.corpus.documents
        #expect(documents.map(\.id) == ["174", "175"])
        #expect(documents[0].text == "Admission Date:  [**2151-7-16**]\n\nPt c/o \"tightness\".\n")
        #expect(documents[0].metadata["patient"] == "22532")
        #expect(documents[0].metadata["HADM_ID"] == "167853")
        #expect(documents[0].metadata["CATEGORY"] == "Discharge summary")
        #expect(documents[1].metadata["HADM_ID"] == "")
    }

    @Test(arguments: [
        ("note.tsv", "note_id\tperson_id\tnote_date\tnote_title\tnote_text\n5\t9\t2020\tProgress\tNo pain.\n"),
        ("note.csv", "NOTE_ID,PERSON_ID,NOTE_DATE,NOTE_TITLE,NOTE_TEXT\n5,9,2020,Progress,No pain.\n"),
        ("discharge.csv", "note_id,subject_id,hadm_id,text\n5,9,3,No pain.\n"),
        ("note.json", "[{\"note_id\":5,\"person_id\":9,\"note_text\":\"No pain.\",\"note_date\":\"2020\"}]"),
    ])
    func readsNotesOfOMOPAndMIMICIV(_ name: String, _ table: String) throws {
        let documents = try read(name, table).corpus.documents
        #expect(documents.map(\.id) == ["5"])
        #expect(documents.map(\.text) == ["No pain."])
        #expect(documents[0].metadata["patient"] == "9")
    }

    @Test func takesTheColumnsThatAreAskedFor() throws {
        let result = try read(
            "NOTEEVENTS.csv", mimic, ReadOptions(textColumn: "DESCRIPTION", idColumn: "SUBJECT_ID"))
        #expect(result.corpus.documents.map(\.id) == ["22532", "13702"])
        #expect(result.corpus.documents.map(\.text) == ["Report", "Report"])
        #expect(result.corpus.documents[0].metadata["patient"] == nil)
        let ids = try read("NOTEEVENTS.csv", mimic, ReadOptions(idColumn: "SUBJECT_ID")).corpus.documents
        #expect(ids.map(\.id) == ["22532", "13702"])
        #expect(ids[0].metadata["ROW_ID"] == "174")
    }

    @Test func readsTablesInGzipPieceByPiece() throws {
        let note = String(repeating: "The patient denies pain.\n", count: 40)
        let table = "ROW_ID,SUBJECT_ID,TEXT\n" + (1...3_000).map { "\($0),\($0 % 7),\"\(note)\"\n" }.joined()
        try withFile("NOTEEVENTS.csv", table) { path in
            try run("gzip", path)
            var count = 0
            var groups = 0
            // The whole table is larger than any row may be.
            try CorpusStream(path + ".gz", options: ReadOptions(maxFileBytes: 100_000)).read { read in
                groups += 1
                count += read.documents.count
            }
            #expect(count == 3_000)
            #expect(groups > 10)
        }
    }
}
