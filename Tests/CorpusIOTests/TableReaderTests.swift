import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@Suite struct TableReaderTests {
    private let notes = ReadOptions(textColumn: "NOTE", idColumn: "ROW_ID")

    @Test func readsQuotedFieldsWithLineBreaksAndQuotes() throws {
        let table =
            "ROW_ID,CAT,NOTE\r\n1,x,\"He said \"\"no\"\",\r\nthen left\"\r\n\r\n2,\"a,b\",plain \"inner\" quotes\r\n3,,\"\"\n4,,\"\"\"\""
        let result = try read("t.csv", table, notes)
        #expect(result.corpus.documents.map(\.id) == ["1", "2", "3", "4"])
        let texts = result.corpus.documents.map(\.text)
        #expect(texts == ["He said \"no\",\r\nthen left", "plain \"inner\" quotes", "", "\""])
        #expect(result.corpus.documents.map { $0.metadata["line"] } == ["2", "5", "6", "7"])
        #expect(result.faults.map(\.message) == ["a row without text"])
    }

    @Test func givesBackTheFieldsOfAnyTable() throws {
        let pieces = ["a", "\"", ",", "\n", "\r\n", "é", "😷", " ", "\t", ""]
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<200 {
            let rows = (0..<4).map { _ in (0..<3).map { _ in (0..<next(6)).map { _ in pieces[next(10)] }.joined() } }
            let quoted = rows.map { row in
                row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
            }
            let table = "NOTE,b,c\n" + quoted.joined(separator: "\n")
            let texts = try read("t.csv", table, ReadOptions(textColumn: "NOTE")).corpus.documents.map(\.text)
            #expect(texts == rows.map { $0[0] })
        }
    }

    @Test func takesOtherDelimitersGzipAndAByteOrderMark() throws {
        #expect(try read("t.tsv", "id\ttext\n7\ta,b\n").corpus.documents[0].text == "a,b")
        #expect(try read("t.csv", "id;text\n7;a,b\n", ReadOptions(delimiter: ";")).corpus.documents[0].text == "a,b")
        #expect(try read("t.csv", "\u{FEFF}TEXT,id\nnote,7\n").corpus.documents[0].id == "t-1")
        try withFile("t.csv", "id,text\n7,a\n") { path in
            try run("gzip", path)
            let documents = try CorpusReader.read(path + ".gz", name: "test").corpus.documents
            #expect(documents.map(\.text) == ["a"])
            #expect(documents.map(\.id) == ["t-1"])
        }
    }

    @Test func readsJSONObjects() throws {
        let options = ReadOptions(textColumn: "note")
        let one = try read("day1.json", "{\"day\":1,\"note\":\"3/7 hx\",\"highlights\":[\"a\"]}", options)
        #expect(one.corpus.documents.map(\.id) == ["day1"])
        #expect(one.corpus.documents[0].text == "3/7 hx")
        let many = try read("all.json", " [{\"note\":\"a\",\"id\":5},{\"note\":\"b\",\"id\":6}]", options)
        #expect(many.corpus.documents.map(\.id) == ["all-1", "all-2"])
        #expect(
            try read("all.json", "[{\"note\":\"a\",\"id\":5}]", ReadOptions(textColumn: "note", idColumn: "id"))
                .corpus.documents.map(\.id) == ["5"])
        #expect(
            try message("x.json", "{\"text\":\"a\",\"id\":1}", ReadOptions(textColumn: "note"))
                == "x.json: no column note; the columns are id, text")
        #expect(
            try message("x.json", "{\"note\":[1]}", options) == "x.json: note is not a string")
    }

    @Test(arguments: [
        ("ROW_ID,NOTES,X\n", "t.csv: no column NOTE; the columns are ROW_ID, NOTES, X; did you mean NOTES?"),
        ("ROW_ID,NOTE\n1,a,b\n", "t.csv:2: a row of 3 fields below a header of 2; check its quotes and delimiters"),
        ("ROW_ID,NOTE\n1,a\n2,\"b\n\nc", "t.csv:3: a quoted field begins here and is never closed"),
        (
            "ROW_ID,NOTE\n1,\"a\nb\" c\n",
            "t.csv:3: a quoted field goes on after its closing quote; quotes within a field are doubled"
        ),
        ("", "t.csv:1: no header; the first row names the columns"),
        ("ROW_ID,NOTE\n,a\n", "t.csv:2: a row without an id"),
        (
            "ROW_ID,NOTE\n1,a\n1,b\n",
            "t.csv:3: the document id 1 is already used in t.csv:2; ids must be unique within a corpus"
        ),
    ])
    func saysWhatIsWrongAndWhere(_ table: String, _ expected: String) throws {
        #expect(try message("t.csv", table, notes) == expected)
    }

    @Test func asksForTheColumnOfTheNotes() throws {
        #expect(
            try message("t.csv", "a,b\n1,2\n")
                == "t.csv: name the column that holds the notes (textColumn, --text-column), one of a, b")
        #expect(
            try message("t.csv", "text\n1\n", ReadOptions(delimiter: "||"))
                == "t.csv: delimiter must be one ASCII character, such as a comma or a tab")
    }

    @Test func saysWhenGzipIsDamaged() throws {
        try withFile("t.csv", "text\n" + (0..<2000).map { "row \($0 * 7919 % 1009)" }.joined(separator: "\n")) { path in
            try run("gzip", path)
            let compressed = try Array(Data(contentsOf: URL(fileURLWithPath: path + ".gz")))
            #expect(
                try message("t.csv.gz", Array(compressed.dropLast(200)))
                    == "t.csv.gz: the gzip data ends too early; copy the file again")
            var damaged = compressed
            for index in 1000..<1010 { damaged[index] ^= 0xFF }
            #expect(
                try message("t.csv.gz", damaged) == "t.csv.gz: the gzip data is damaged; copy the file again")
            // Two members follow each other as one file; what pads the end does not count.
            let twice = try withFile("t.csv.gz", compressed + compressed + [0, 0, 0]) {
                try CorpusReader.read($0, name: "test")
            }
            #expect(twice.corpus.documents.count == 4000)
        }
    }
}
