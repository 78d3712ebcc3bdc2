import Testing

@testable import CorpusIO

@Suite struct LineTokenRecordTests {
    /// The fields of a line, each as `NAME|TEXT|PLACES`.
    private func fields(_ line: String) throws -> [String] {
        try LineTokenRecord(Array(line.utf8)[...], line: 3, file: "a.con").fields.map { field in
            "\(field.name)|\(field.text)|\(field.places.map(\.description).joined(separator: ","))"
        }
    }

    @Test(
        arguments: [
            ("c=\"copd\" 6:15 6:15||t=\"problem\"", ["c|copd|6:15 6:15", "t|problem|"]),
            ("c=\"a \" leaky valve \"\" 10:5 10:9||t=\"x\"", ["c|a \" leaky valve \"|10:5 10:9", "t|x|"]),
            ("c=\"5\" 3:1 of\" 1:0 1:3", ["c|5\" 3:1 of|1:0 1:3"]), ("c=\"a||b\" 1:0 1:0", ["c|a||b|1:0 1:0"]),
            ("f=\"a ... b\" 1:9 1:9,2:0 2:0", ["f|a ... b|1:9 1:9,2:0 2:0"]),
            ("do=\"\"||f=\"nm\"", ["do||", "f|nm|"]),
            ("\t m=\"β\u{301}\"\t1:0\t1:0 || e=\"\" ", ["m|β\u{301}|1:0 1:0", "e||"]),
            ("do=\"x\" -1:-1 -1:-1", ["do|x|-1:-1 -1:-1"]), ("sec_time_rel=\"OVERLAP\"", ["sec_time_rel|OVERLAP|"]),
        ] as [(String, [String])])
    func splitsALineIntoFields(_ line: String, _ expected: [String]) throws {
        #expect(try fields(line) == expected)
        #expect(try LineTokenRecord(Array(line.utf8)[...], line: 1, file: "").oddities.isEmpty)
    }

    @Test(
        arguments: [
            ("f=\"x\" 3:6 3:7|||du=\"nm\"", ["f|x|3:6 3:7", "du|nm|"], "3 bars between fields instead of two"),
            (
                "do=\"5 ... 10\" 3:2 3:2 3:4 3:5||f=\"nm\"", ["do|5 ... 10|3:2 3:2,3:4 3:5", "f|nm|"],
                "the places of field do are not joined by commas"
            ),
            ("do=\"x\" 3:2,3:2", ["do|x|3:2 3:2"], "the places of field do are not joined by commas"),
            ("do=\"nm\"||", ["do|nm|"], "bars at the end of the line"),
        ])
    func readsSlipsOfThePen(_ line: String, _ expected: [String], _ oddity: String) throws {
        #expect(try fields(line) == expected)
        #expect(try LineTokenRecord(Array(line.utf8)[...], line: 1, file: "").oddities == [oddity])
    }

    @Test(
        arguments: [
            ("copd", "field 1 must read NAME=\"TEXT\" LINE:TOKEN LINE:TOKEN, or NAME=\"TEXT\""),
            ("c=copd 1:0 1:0", "field 1 must read NAME=\"TEXT\" LINE:TOKEN LINE:TOKEN, or NAME=\"TEXT\""),
            ("c=\"x\" 1:0 1:0||", nil),
            ("||c=\"x\" 1:0 1:0", "field 1 must read NAME=\"TEXT\" LINE:TOKEN LINE:TOKEN, or NAME=\"TEXT\""),
            (
                "c=\"x\" 1:0 1:0||problem",
                "field 2 must read NAME=\"TEXT\" LINE:TOKEN LINE:TOKEN, or NAME=\"TEXT\""
            ),
            ("c=\"copd 1:0 1:0", "field c has no closing quotation mark"),
            ("c=\"copd||t=\"x\"", "field c has no closing quotation mark"),
            ("c=\"x\" 1:0||t=\"y\"", "the place of field c must read LINE:TOKEN LINE:TOKEN"),
            ("c=\"x\" 1:0 1:0| t=\"y\"||a=\"z\"", "the place of field c must read LINE:TOKEN LINE:TOKEN"),
            ("c=\"", "field c has no closing quotation mark"),
            ("c=\"x\" 1:0", "the place of field c must read LINE:TOKEN LINE:TOKEN"),
            ("c=\"x\" 1:0 1:1 1:2||t=\"y\"", "the place of field c must read LINE:TOKEN LINE:TOKEN"),
            ("c=\"x\" 1:0 1.5:1", "the place of field c must read LINE:TOKEN LINE:TOKEN"),
            ("c=\"x\" 1:0 1:0 extra", "the place of field c must read LINE:TOKEN LINE:TOKEN"),
            ("c=\"x\"1:0 1:0", "the place of field c must read LINE:TOKEN LINE:TOKEN"),
            (
                "c=\"x\" 1:0 99999999999999999999:0",
                "the place of field c has a number that is too large for a line or token"
            ),
        ] as [(String, String?)])
    func saysWhatIsWrongWithALine(_ line: String, _ problem: String?) throws {
        guard let problem else {
            _ = try fields(line)
            return
        }
        let error = #expect(throws: CorpusError.self) { try fields(line) }
        #expect(error?.description == "a.con:3: \(problem)")
    }
}
