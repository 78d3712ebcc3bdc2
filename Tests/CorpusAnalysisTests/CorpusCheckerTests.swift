import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

@testable import CorpusAnalysis

@Suite struct CorpusCheckerTests {
    /// Writes files into a fresh folder, checks its folders and returns the faults, paths shortened.
    private func check(
        _ files: [String: String], sets: [String] = ["notes"], _ change: (inout CheckOptions) -> Void = { _ in }
    ) throws -> (faults: [CorpusFault], summary: CheckSummary) {
        try withTemporaryFolder { folder in
            for (name, content) in files {
                let path = "\(folder)/\(name)"
                try FileManager.default.createDirectory(
                    atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                try Data(content.utf8.map { $0 }).write(to: URL(fileURLWithPath: path))
            }
            var options = CheckOptions(reading: ReadOptions(mode: .warn))
            options.minimumExamples = 0
            options.threads = 2
            change(&options)
            var faults: [CorpusFault] = []
            let summary = try CorpusChecker.check(
                sets.map { CheckedSet(name: $0, path: "\(folder)/\($0)") }, options: options
            ) { fault in
                var fault = fault
                fault.file = fault.file.replacing("\(folder)/", with: "")
                fault.message = fault.message.replacing("\(folder)/", with: "")
                faults.append(fault)
            }
            return (faults, summary)
        }
    }

    private static let clean = ["notes/a.txt": "Has fever and cough.\n", "notes/a.ann": "T1\tProblem 4 9\tfever\n"]

    @Test func aCleanCorpusHasNone() throws {
        let (faults, summary) = try check(Self.clean)
        #expect(faults.isEmpty)
        #expect(summary.documents == 1 && summary.entities == 1 && summary.formats == [.brat])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var text = "Has fever and cough.\n"
        var annotations = "T1\tProblem 4 9\tfever\n"
        let kind: FaultKind
        var severity = CorpusFault.Severity.warning
        let place: String
    }

    static let cases: [Case] = [
        Case(
            testDescription: "offsets beyond the text", annotations: "T1\tProblem 4 90\tfever\n",
            kind: .offsetsBeyondText, severity: .error, place: "notes/a.ann:1:4"),
        Case(
            testDescription: "reversed offsets", annotations: "T1\tProblem 9 4\tfever\n", kind: .reversedOffsets,
            severity: .error, place: "notes/a.ann:1:9"),
        Case(
            testDescription: "another text", annotations: "\nT1\tProblem 4 9\tcough\n", kind: .surfaceMismatch,
            place: "notes/a.ann:2:4"),
        Case(
            testDescription: "white space at an edge", annotations: "T1\tProblem 3 9\t fever\n", kind: .whiteSpaceEdge,
            place: "notes/a.ann:1:3"),
        Case(
            testDescription: "an empty span", annotations: "T1\tProblem 4 4\t\n", kind: .emptySpan,
            place: "notes/a.ann:1:4"),
        Case(
            testDescription: "a mention twice", annotations: "T1\tProblem 4 9\tfever\nT2\tProblem 4 9\tfever\n",
            kind: .duplicateEntity, place: "notes/a.ann:2:4"),
        Case(
            testDescription: "an id twice", annotations: "T1\tProblem 4 9\tfever\nT1\tProblem 14 19\tcough\n",
            kind: .duplicateID, place: "notes/a.ann:2:"),
        Case(
            testDescription: "a nested mention",
            annotations: "T1\tProblem 4 19\tfever and cough\nT2\tProblem 4 9\tfever\n",
            kind: .nested, severity: .information, place: "notes/a.ann:2:4"),
        Case(
            testDescription: "a crossing mention",
            annotations: "T1\tProblem 4 13\tfever and\nT2\tProblem 10 19\tand cough\n", kind: .crossing,
            place: "notes/a.ann:2:10"),
        Case(
            testDescription: "an end within a word", annotations: "T1\tProblem 4 8\tfeve\n", kind: .withinWord,
            place: "notes/a.ann:1:4"),
        Case(
            testDescription: "a mention over sentences", text: "Has a fever. She has a cough.\n",
            annotations: "T1\tProblem 6 16\tfever. She\n", kind: .acrossSentences, place: "notes/a.ann:1:6"),
        Case(
            testDescription: "mixed line ends", text: "Has fever and\r\ncough.\nNo pain.\n", kind: .mixedLineEndings,
            place: "notes/a.txt:1:"),
        Case(
            testDescription: "a control character", text: "Has fever\u{0C} and cough.\n", kind: .oddCharacter,
            place: "notes/a.txt::9"),
        Case(
            testDescription: "a lost character", text: "Has fever \u{FFFD} and cough.\n", kind: .oddCharacter,
            place: "notes/a.txt::10"),
        Case(
            testDescription: "a damaged character", text: "Has fever, Ã©tat grave.\n", kind: .encoding,
            place: "notes/a.txt::11"),
        Case(testDescription: "an empty note", text: " \n", annotations: "", kind: .emptyText, place: "notes/a.txt::"),
        Case(
            testDescription: "a relation to nothing", annotations: "T1\tProblem 4 9\tfever\nR1\tx a:T1 b:T7\n",
            kind: .danglingReference, place: "notes/a.ann:2:"),
    ]

    @Test(arguments: cases) func eachFaultIsFoundAtItsPlace(_ example: Case) throws {
        let (faults, summary) = try check(["notes/a.txt": example.text, "notes/a.ann": example.annotations])
        #expect(faults.map(\.kind) == [example.kind], "\(faults)")
        let fault = try #require(faults.first)
        #expect(fault.severity == example.severity)
        #expect(
            "\(fault.file):\(fault.line.map { "\($0)" } ?? ""):\(fault.offset.map { "\($0)" } ?? "")" == example.place)
        #expect(fault.fix?.isEmpty == false)
        #expect(summary.count(of: example.severity) == 1)
    }

    @Test func theBytesOfXMLAreLookedAt() throws {
        let xml = "<a>\r\n<TEXT><![CDATA[one\r\ntwo\nthree]]></TEXT>\r\n<TAGS></TAGS>\r\n</a>\r\n"
        let (faults, _) = try check(["notes/a.xml": xml])
        #expect(faults.map(\.kind) == [.mixedLineEndings])
        #expect(faults.first?.line == 3)
        #expect(
            faults.first?.message
                == "lines end in different ways: 1 in LF, 5 in CR LF; this is the first of the fewest")
    }

    @Test func bytesThatAreNotUTF8AreNamedOnceWithAnEncoding() throws {
        try withTemporaryFolder { folder in
            let bytes = Array("first line\nt".utf8) + [0xE9] + Array("te\nf".utf8) + [0xE9] + Array("e\n".utf8)
            try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/a.txt"))
            try Data("fine\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/b.txt"))
            var faults: [CorpusFault] = []
            let options = CheckOptions(reading: ReadOptions(mode: .warn))
            let summary = try CorpusChecker.check([CheckedSet(name: "a", path: folder)], options: options) {
                faults.append($0)
            }
            #expect(faults.map(\.kind) == [.encoding])
            #expect(faults.first?.line == 2)
            #expect(faults.first?.message == "not UTF-8 at byte 12; 2 bytes of the file are in no character")
            #expect(faults.first?.fix == "name the encoding; --encoding windows-1252 reads every byte")
            #expect(summary.leftOut == [.document: 1] && summary.documents == 1)

            var named = options
            named.reading.encoding = .windows1252
            let clean = try CorpusChecker.check([CheckedSet(name: "a", path: folder)], options: named) { _ in }
            #expect(clean.faults.isEmpty && clean.documents == 2)
        }
    }

    @Test func idsThatRepeatAreErrorsAndReadingGoesOn() throws {
        let lines = ["a", "b", "a"].enumerated().map { "{\"id\":\"\($1)\",\"text\":\"Note \($0).\"}\n" }
        let (faults, summary) = try check(["notes.jsonl": lines.joined()], sets: ["notes.jsonl"])
        #expect(faults.map(\.kind) == [.duplicateDocument] && faults.first?.severity == .error)
        #expect(faults.first?.fix == "give it an id of its own, such as a~2" && faults.first?.line == 3)
        #expect(summary.documents == 2 && summary.leftOut == [.document: 1])
    }

    private static let long =
        "The patient was seen today for follow up of heart failure and reports that the breathing at night is better "
        + "since the dose of the water pill was doubled last week. No chest pain, no fever, no swelling of the legs."

    @Test func copiesOfANoteAreFound() throws {
        let (faults, _) = try check([
            "notes/a.txt": Self.long, "notes/b.txt": "Something else altogether, about the left knee and its pain.",
            "notes/c.txt": Self.long, "notes/d.txt": Self.long.replacing("legs", with: "feet"),
            "notes/e.txt": Self.long
                + (0..<60).map { " Then word\($0) follows" }.joined(),
        ])
        #expect(faults.map(\.kind) == [.nearDuplicate, .nearDuplicate, .nearDuplicate])
        #expect(faults.map(\.document) == ["c", "d", "e"])
        #expect(
            faults.map(\.message) == [
                "the same text as document a (notes/a.txt)",
                "nearly the same as document a (notes/a.txt): they share 94 % of their runs of five words",
                "carries 100 % of document a (notes/a.txt) forward",
            ])
        #expect(faults.allSatisfy { $0.severity == .warning })
    }

    @Test func notesInTwoSetsLeak() throws {
        let (faults, summary) = try check(
            [
                "train/a.txt": Self.long, "train/b.txt": "Short note.", "test/x.txt": Self.long,
                "test/y.txt": Self.long.replacing("legs", with: "feet"), "test/b.txt": "Another note.",
            ], sets: ["train", "test"])
        #expect(faults.map(\.kind) == [.duplicateDocument, .leakage, .nearDuplicate, .leakage])
        try #require(faults.count == 4)
        #expect(faults[0].message == "the document id b stands for another text in train")
        #expect(faults[1].message == "the same text as document a of train (train/a.txt)")
        #expect(faults[1].severity == .error && faults[1].fix == "take it out of test or of train")
        #expect(faults[3].severity == .warning)
        #expect(summary.formats == [.text, .text])
    }

    @Test func rareTypesAreTold() throws {
        let (faults, _) = try check(Self.clean) { $0.minimumExamples = 2 }
        #expect(faults.map(\.kind) == [.fewExamples])
        #expect(
            faults.first?.message
                == "the type Problem has 1 mention, fewer than 2: too few to learn from or to measure on")
    }

    @Test func strictStopsAtTheFirstFaultButNotAtInformation() throws {
        let nested = "T1\tProblem 4 19\tfever and cough\nT2\tProblem 4 9\tfever\n"
        let files = ["notes/a.txt": "Has fever and cough.\n"]
        _ = try check(files.merging(["notes/a.ann": nested]) { $1 }) { $0.reading.mode = .strict }
        #expect(throws: CorpusError.self) {
            try check(files.merging(["notes/a.ann": "T1\tProblem 4 8\tfeve\n"]) { $1 }) { $0.reading.mode = .strict }
        }
    }
}
