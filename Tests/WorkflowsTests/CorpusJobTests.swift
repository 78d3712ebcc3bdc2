import ClinicalText
import CorpusAnalysis
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@testable import Workflows

/// What the corpus commands do and print, word for word; `@` stands for the test's folder.
@Suite struct CorpusJobTests {
    /// A folder of files, jobs on it, and what they printed.
    private final class Desk {
        let folder: String
        private(set) var lines: [String] = []

        init(_ folder: String) { self.folder = folder }

        func output(json: Bool = false) -> JobOutput {
            JobOutput(json: json, quiet: true, threads: 2) { [unowned self] line in
                lines.append(line.replacing(folder, with: "@"))
            }
        }

        func write(_ name: String, _ content: String) throws {
            let path = "\(folder)/\(name)"
            try AtomicFile.makeFolder((path as NSString).deletingLastPathComponent)
            try AtomicFile.write(content, to: path)
        }

        func read(_ name: String) throws -> [Document] {
            try CorpusReader.read("\(folder)/\(name)", name: name).corpus.documents
        }

        func convert(
            _ input: String, to output: String, _ format: CorpusFormat, mode: ReadMode = .warn, json: Bool = false
        )
            throws
        {
            try ConvertJob(
                input: "\(folder)/\(input)", destination: "\(folder)/\(output)", format: format,
                reading: ReadOptions(mode: mode), writing: WriteOptions(), output: self.output(json: json)
            ).perform()
        }

        /// The message and exit code of what `body` throws.
        func failure(_ body: () throws -> Void) throws -> String {
            do {
                try body()
                return "no error"
            } catch let error as any UserFacingError {
                return "\(error.exitCode.rawValue): " + "\(error)".replacing(folder, with: "@")
            }
        }
    }

    private func withDesk(_ body: (Desk) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let desk = Desk(folder)
            try desk.write("notes/a.txt", "Has fever, é 😷 cough.\r\nNo pain.\r\n")
            try desk.write(
                "notes/a.ann", "T1\tProblem 4 9\tfever\nT2\tProblem 15 20\tcough\nR1\tWith Arg1:T1 Arg2:T2\n")
            try desk.write("notes/b.txt", "Left and right knee pain.")
            try desk.write("notes/b.ann", "T1\tProblem 0 4;15 24\tLeft knee pain\n")
            try body(desk)
        }
    }

    // MARK: convert

    @Test func convertingThereAndBackLosesNothing() throws {
        try withDesk { desk in
            try desk.convert("notes", to: "all.jsonl", .jsonl)
            try desk.convert("all.jsonl", to: "back", .brat)
            #expect(
                desk.lines == [
                    "convert: 2 documents with 3 entities from brat to jsonl in @/all.jsonl; "
                        + "left out while reading: nothing; lost in jsonl: nothing",
                    "convert: 2 documents with 3 entities from jsonl to brat in @/back; "
                        + "left out while reading: nothing; lost in brat: nothing",
                ])
            for name in ["a.txt", "a.ann", "b.txt", "b.ann"] {
                let paths = ["notes", "back"].map { "\(desk.folder)/\($0)/\(name)" }
                #expect(
                    try Data(contentsOf: URL(fileURLWithPath: paths[0]))
                        == Data(contentsOf: URL(fileURLWithPath: paths[1])))
            }
        }
    }

    @Test func whatCannotBeReadIsListedCountedAndEndsWith65() throws {
        try withDesk { desk in
            try desk.write("notes/b.ann", "T1\tProblem 0 4;15 24\tLeft knee pain\nT2\tProblem 0 99\tx\n")
            let message = try desk.failure { try desk.convert("notes", to: "all.jsonl", .jsonl) }
            #expect(
                message == "65: left out while reading: 1 entity; `clinner check` says where, "
                    + "--mode repair puts right what it can")
            #expect(
                desk.lines == [
                    "@/notes/b.ann:2: error: offset 0: entity T2 spans 0-99, but the text has 25 code points; "
                        + "check that the annotations belong to this text and count code points",
                    "convert: 2 documents with 3 entities from brat to jsonl in @/all.jsonl; "
                        + "left out while reading: 1 entity; lost in jsonl: nothing",
                ])
            #expect(try desk.read("all.jsonl").flatMap(\.entities).count == 3)
        }
    }

    @Test func strictWritesNothing() throws {
        try withDesk { desk in
            try desk.write("notes/b.ann", "T1\tProblem 0 5\tLeft \n")
            let message = try desk.failure { try desk.convert("notes", to: "all.jsonl", .jsonl, mode: .strict) }
            #expect(
                message == "65: @/notes/b.ann:1: offset 0: entity T1 begins or ends with white space; "
                    + "leave the white space out")
            #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/all.jsonl"))
        }
    }

    @Test func repairPutsRight() throws {
        try withDesk { desk in
            try desk.write("notes/b.ann", "T1\tProblem 0 5\tLeft \n")
            try desk.convert("notes", to: "all.jsonl", .jsonl, mode: .repair)
            #expect(
                desk.lines.first
                    == "@/notes/b.ann:1: warning: offset 0: entity T1 begins or ends with white space; "
                    + "leave the white space out (done)")
            let note = try #require(try desk.read("all.jsonl").last)
            #expect(note.entities.map { note.surface(of: $0) } == ["Left"])
        }
    }

    @Test func jsonHasAnObjectAFaultAndASummary() throws {
        try withDesk { desk in
            try desk.write("notes/b.ann", "T1\tProblem 0 5\tLeft \n")
            try desk.convert("notes", to: "all.jsonl", .jsonl, json: true)
            #expect(
                desk.lines == [
                    #"{"document":"b","file":"@/notes/b.ann","fix":"leave the white space out","isRepaired":false,"#
                        + #""kind":"whiteSpaceEdge","line":1,"message":"entity T1 begins or ends with white space","#
                        + #""offset":0,"severity":"warning"}"#,
                    #"{"summary":{"documents":2,"entities":3,"faults":{"whiteSpaceEdge":1},"from":"brat","leftOut":{},"#
                        + #""leftOutTypes":{},"lost":{},"output":"@/all.jsonl","to":"jsonl"}}"#,
                ])
        }
    }

    @Test func onlyTheFirstFaultsOfAKindAreListed() throws {
        try withDesk { desk in
            let lines = (1...30).map { "T\($0)\tType\($0) 0 5\tLeft \n" }
            try desk.write("notes/b.ann", lines.joined())
            try desk.convert("notes", to: "all.jsonl", .jsonl)
            #expect(desk.lines.count == 22)
            #expect(desk.lines[20] == "10 more of the kind whiteSpaceEdge; --json or --limit 0 lists them")
        }
    }

    @Test func theInputIsNeverWrittenOver() throws {
        try withDesk { desk in
            let places = [
                ("notes", "notes"), ("notes", "notes/a.txt"), ("notes/a.ann", "notes"), ("notes", "other/../notes"),
            ]
            for (input, output) in places {
                let message = try desk.failure { try desk.convert(input, to: output, .brat) }
                #expect(
                    message == "64: @/\(output): is or joins the input, which is never written over; name another place"
                )
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(desk.folder)/link", withDestinationPath: "\(desk.folder)/notes")
            #expect(try desk.failure { try desk.convert("notes", to: "link", .brat) }.hasPrefix("64: "))
            #expect(try desk.read("notes").count == 2)
        }
    }

    @Test func typesThatAreNotSelectedAreCounted() throws {
        try withDesk { desk in
            try desk.write("notes/b.ann", "T1\tTest 0 4\tLeft\n")
            var reading = ReadOptions(mode: .warn)
            reading.types = TypeSelection(mapping: ["Problem": "Disease"])
            try ConvertJob(
                input: "\(desk.folder)/notes", destination: "\(desk.folder)/all.jsonl", format: .jsonl,
                reading: reading, writing: WriteOptions(), output: desk.output()
            ).perform()
            #expect(
                desk.lines == [
                    "convert: 2 documents with 2 entities from brat to jsonl in @/all.jsonl; "
                        + "left out while reading: nothing; not selected: 1 Test; lost in jsonl: nothing"
                ])
            #expect(Set(try desk.read("all.jsonl").flatMap { $0.entities.map(\.type) }) == ["Disease"])
        }
    }

    // MARK: check

    private func check(_ desk: Desk, _ inputs: String..., fix: String? = nil, json: Bool = false) throws -> String {
        var options = CheckOptions(reading: ReadOptions(mode: .warn))
        options.minimumExamples = 0
        return try desk.failure {
            try CheckJob(
                sets: inputs.map { CheckedSet(name: $0, path: "\(desk.folder)/\($0)") }, options: options,
                repairedCopy: fix.map { "\(desk.folder)/\($0)" }, output: desk.output(json: json)
            ).perform()
        }
    }

    @Test func warningsAloneEndWell() throws {
        try withDesk { desk in
            try desk.write("notes/b.ann", "T1\tProblem 0 3\tLef\n")
            #expect(try check(desk, "notes") == "no error")
            #expect(
                desk.lines == [
                    "@/notes/b.ann:1: warning: offset 0: entity T1 begins or ends within a word; widen it to 0-4",
                    "withinWord               1",
                    "check: 2 documents with 3 entities in brat: 0 errors, 1 warning, 0 notes",
                ])
        }
    }

    @Test func errorsEndWith65() throws {
        try withDesk { desk in
            try desk.write("notes/b.ann", "T1\tProblem 0 99\tx\n")
            #expect(
                try check(desk, "notes", json: true)
                    == "65: 1 error in the corpus; --fix OUT writes a copy without what can be put right")
            #expect(
                desk.lines.last
                    == #"{"summary":{"documents":2,"entities":2,"errors":1,"faults":{"offsetsBeyondText":1},"#
                    + #""formats":["brat"],"leftOut":{"entity":1},"notes":0,"warnings":0}}"#)
        }
    }

    @Test func aRepairedCopyHasNothingLeftToRepair() throws {
        try withDesk { desk in
            try desk.write("notes/b.txt", "Left and right knee pain.\r\nItâ€™s worse\u{0C}now.\nTold so.\n")
            try desk.write(
                "notes/b.ann",
                """
                T1\tProblem 0 5\tLeft\u{20}
                T2\tProblem 4 8\tknee
                T3\tProblem 15 19\tknee
                T4\tTest 30 30\t
                T5\tTest 27 33\tItâ€™s
                T5\tTest 34 39\tworse
                T6\tTest 900 904\ttold
                T7\tTest 600 604\tTold

                """)
            #expect(try check(desk, "notes", fix: "fixed").hasPrefix("65: 2 errors in the corpus"))
            #expect(
                desk.lines.last == "fix: 2 documents with 7 entities in @/fixed; put right: 1 duplicateEntity, "
                    + "1 duplicateID, 1 emptySpan, 1 encoding, 1 mixedLineEndings, 1 oddCharacter, "
                    + "1 offsetsBeyondText, 1 surfaceMismatch, 1 whiteSpaceEdge; left out: 3 entities")
            let note = try #require(try desk.read("fixed").last)
            #expect(note.text == "Left and right knee pain.\nIt’s worse now.\nTold so.\n")
            #expect(note.entities.map { note.surface(of: $0) } == ["Left", "knee", "It’s", "worse", "Told"])
            let before = desk.lines.count
            #expect(try check(desk, "fixed") == "no error")
            #expect(
                Array(desk.lines[before...]) == [
                    "check: 2 documents with 7 entities in brat: 0 errors, 0 warnings, 0 notes"
                ])
        }
    }

    @Test func aFormatThatIsNotWrittenIsNotRepaired() throws {
        try withDesk { desk in
            try desk.write("table.csv", "text\nNote.\n")
            #expect(
                try check(desk, "table.csv", fix: "fixed").hasPrefix("64: annotations cannot be written as table; "))
        }
    }

    // MARK: stats

    @Test func numbersComeAsATable() throws {
        try withDesk { desk in
            try StatsJob(input: "\(desk.folder)/notes", reading: ReadOptions(mode: .warn), output: desk.output())
                .perform()
            #expect(
                desk.lines == [
                    "documents                 2",
                    "without mentions          0",
                    "sentences                 3",
                    "words                    11",
                    "tokens                   16",
                    "characters               58",
                    "explained abbreviations   0",
                    "",
                    "mentions  count  documents  different  abbrev.  gaps  nested  crossing  1 word  2  3  4-5  6+",
                    "Problem       3          2          3        0     1       0         0       2  0  1    0   0",
                    "all           3          2          3        0     1       0         0       2  0  1    0   0",
                    "",
                    "relations  count",
                    "With           1",
                ])
        }
    }

    // MARK: split

    private func split(_ desk: Desk, _ input: String, _ output: String, patients: PatientRule? = nil, seed: UInt64 = 1)
        throws
    {
        try SplitJob(
            input: "\(desk.folder)/\(input)", destination: "\(desk.folder)/\(output)",
            options: .init(
                shares: try SplitShares(train: 0.6, dev: 0.2, test: 0.2), patients: patients, seed: seed),
            reading: ReadOptions(mode: .warn), output: desk.output()
        ).perform()
    }

    /// Ten notes of five patients with a mention each.
    private func writePatients(_ desk: Desk) throws {
        let notes = (0..<10).map { index in
            Document(
                id: "90\(index / 2)-0\(index % 2)", text: "Fever \(index).",
                entities: [Entity(id: "T1", type: "Problem", spans: [TextSpan(start: 0, end: 5)])])
        }
        try CorpusWriter.write(notes, to: "\(desk.folder)/patients", format: .brat)
    }

    @Test func aTableOfSetsIsWhatConfigurationsRead() throws {
        try withDesk { desk in
            try writePatients(desk)
            try split(desk, "patients", "split.tsv", patients: .recordNumber)
            #expect(
                desk.lines == [
                    "           train          dev          test",
                    "documents      6  60.0 %    2  20.0 %     2  20.0 %",
                    "patients       3  60.0 %    1  20.0 %     1  20.0 %",
                    "mentions       6  60.0 %    2  20.0 %     2  20.0 %",
                    "Problem        6  60.0 %    2  20.0 %     2  20.0 %",
                    "split: 10 documents in @/split.tsv, @/split.manifest.json",
                ])
            let sets = try ["train", "dev", "test"].map { try SplitFile.read("\(desk.folder)/split.tsv", split: $0) }
            #expect(sets.map(\.count) == [6, 2, 2])
            #expect(sets.reduce(Set()) { $0.union($1) }.count == 10)
            let patients = sets.map { Set($0.map { $0.prefix(3) }) }
            #expect(patients.map(\.count) == [3, 1, 1])
        }
    }

    @Test func foldersHoldTheSetsAndTheManifestTheirDigests() throws {
        try withDesk { desk in
            try writePatients(desk)
            try split(desk, "patients", "first")
            try split(desk, "patients", "second")
            try split(desk, "patients", "third", seed: 2)
            let all = try desk.read("patients")
            var names: [String] = []
            for set in ["train", "dev", "test"] {
                let documents = try desk.read("first/\(set)")
                for document in documents {
                    let original = try #require(all.first { $0.id == document.id })
                    #expect(document.text == original.text && document.entities == original.entities)
                }
                names += documents.map(\.id)
            }
            #expect(names.sorted() == all.map(\.id))
            func manifest(_ folder: String) throws -> SplitManifest {
                try JSONFile.read(SplitManifest.self, from: "\(desk.folder)/\(folder)/manifest.json", madeBy: "split")
            }
            let first = try manifest("first")
            #expect(try first.sets == manifest("second").sets)
            #expect(try first.sets != manifest("third").sets)
            #expect(try first.inputSHA256 == Digest.sha256(folderAt: "\(desk.folder)/patients"))
            let train = try desk.read("first/train")
            #expect(first.sets[0].idsSHA256 == Digest.sha256(Data(train.map { $0.id + "\n" }.joined().utf8)))
            let lines = train.map { "\($0.id)\t\(Digest.sha256(Data($0.text.utf8)))\n" }
            #expect(first.sets[0].textsSHA256 == Digest.sha256(Data(lines.joined().utf8)))
        }
    }

    // MARK: agree

    private func agree(_ desk: Desk, showText: Bool = false, json: Bool = false) throws {
        try desk.write("first/a.txt", "Has fever, chest pain, cough.")
        try desk.write("first/a.ann", "T1\tProblem 4 9\tfever\nT2\tProblem 11 21\tchest pain\n")
        try desk.write("second/a.txt", "Has fever, chest pain, cough.")
        try desk.write(
            "second/a.ann", "T1\tProblem 4 9\tfever\nT2\tProblem 17 21\tpain\nT3\tTest 23 28\tcough\n")
        try AgreeJob(
            first: "\(desk.folder)/first", second: "\(desk.folder)/second", reading: ReadOptions(mode: .warn),
            showsText: showText, output: desk.output(json: json)
        ).perform()
    }

    @Test func disagreementsAreListedWithoutText() throws {
        try withDesk { desk in
            try agree(desk)
            #expect(
                desk.lines == [
                    "agree    strict F1  overlapping F1  first  second",
                    "Problem     50.0 %         100.0 %      2       2",
                    "Test         0.0 %           0.0 %      0       1",
                    "all         40.0 %          80.0 %      2       3",
                    "1 document; 75.0 % of 8 words have the same types, kappa 0.515",
                    "disagreements: 1 only in the second, 1 with other boundaries",
                    "",
                    "a: 11-21 Problem | 17-21 Problem: with other boundaries",
                    "a: nothing | 23-28 Test: only in the second",
                ])
        }
    }

    @Test func theirTextIsShownWhenAskedFor() throws {
        try withDesk { desk in
            try agree(desk, showText: true)
            #expect(
                desk.lines.last { $0.hasPrefix("a: 11") }
                    == #"a: 11-21 Problem "chest pain" | 17-21 Problem "pain": with other boundaries"#)
        }
    }

    @Test func agreementIsJSONToo() throws {
        try withDesk { desk in
            try agree(desk, json: true)
            #expect(desk.lines.count == 3)
            #expect(
                desk.lines[1]
                    == #"{"document":"a","kind":"onlyInSecond","second":{"id":"T3","spans":[[23,28]],"type":"Test"}}"#)
            #expect(
                desk.lines[2].hasPrefix(
                    #"{"summary":{"disagreements":{"boundaryDiffers":1,"onlyInSecond":1},"documents":1,"#))
        }
    }

    @Test func otherNotesAreRefused() throws {
        try withDesk { desk in
            let message = try desk.failure {
                try desk.write("other/c.txt", "Another.")
                try desk.write("other/c.ann", "")
                try AgreeJob(
                    first: "\(desk.folder)/notes", second: "\(desk.folder)/other",
                    reading: ReadOptions(mode: .warn), showsText: false, output: desk.output()
                ).perform()
            }
            #expect(
                message == "65: 2 documents (a, b) only in the first annotation; "
                    + "compare annotations of the same notes")
        }
    }
}
