import Essentials
import Lexicons
import TestSupport
import Testing

@testable import WeakLabeling

@Suite struct LexiconTests {
    @Test func readsTermsWithTheirColumnsAndSkipsComments() throws {
        try withTemporaryFolder { folder in
            try write(
                [
                    "mixed.tsv": """
                    # written for the test
                    term\ttype\tcode\tflags
                    chest pain\t\tX:1\t
                    PE\tDisease\t\tcase
                    cold pack
                    """
                ], to: folder)
            let lexicon = try Lexicon.read("\(folder)/mixed.tsv", type: "Symptom")
            #expect(lexicon.name == "mixed")
            #expect(
                lexicon.entries == [
                    LexiconEntry(term: "chest pain", type: "Symptom", code: "X:1", line: 3),
                    LexiconEntry(term: "PE", type: "Disease", isCaseSensitive: true, line: 4),
                    LexiconEntry(term: "cold pack", type: "Symptom", line: 5),
                ])
        }
    }

    @Test func readsWindowsLineEnds() throws {
        try withTemporaryFolder { folder in
            try write(["a.tsv": "\u{FEFF}term\tcode\r\nfever\tX:2\r\n"], to: folder)
            #expect(try Lexicon.read("\(folder)/a.tsv", type: "Symptom").entries.map(\.code) == ["X:2"])
        }
    }

    @Test func namesFileLineAndKeyOfEveryBadLine() throws {
        try withTemporaryFolder { folder in
            try write(
                ["bad.tsv": "term\tflags\nfever\tcaze\n...\t\nok\tcase\na\tb\tc\n"], to: folder)
            let path = "\(folder)/bad.tsv"
            #expect(
                message { _ = try Lexicon.read(path, type: nil) } == """
                    \(path):2: flags: unknown flag `caze`; the only one is `case`
                    \(path):3: term: holds no letter or digit
                    \(path):5: term: 3 fields, but the header names 2 columns
                    """)
        }
    }

    @Test func tenFaultsAreShownAndTheRestCounted() throws {
        try withTemporaryFolder { folder in
            try write(["bad.tsv": "term\n" + String(repeating: "--\n", count: 25)], to: folder)
            let text = message { _ = try Lexicon.read("\(folder)/bad.tsv", type: nil) }
            #expect(text.split(separator: "\n").count == 11)
            #expect(text.hasSuffix("bad.tsv: and 15 more lines like these"))
        }
    }

    @Test func anUnknownColumnIsNamedWithTheNearest() throws {
        try withTemporaryFolder { folder in
            try write(["a.tsv": "terms\tcode\nfever\t\n"], to: folder)
            let text = message { _ = try Lexicon.read("\(folder)/a.tsv", type: nil) }
            #expect(text.contains("a.tsv:1: terms: unknown column; did you mean `term`?"))
            #expect(text.contains("a.tsv:1: term: the header lacks this column"))
        }
    }

    @Test func aMissingFileIsMissingInput() {
        #expect {
            try Lexicon.read("/nowhere/a.tsv", type: nil)
        } throws: { ($0 as? any UserFacingError)?.exitCode == .missingInput }
    }

    @Test func abbreviationsWithCapitalsMatchTheirOwnCase() throws {
        try withTemporaryFolder { folder in
            try write(
                ["abbreviations.tsv": "abbreviation\tsense\ttype\nSOB\tshortness of breath\tSymptom\npt\tpatient\t\n"],
                to: folder)
            let entries = try Lexicon.readAbbreviations("\(folder)/abbreviations.tsv").entries
            #expect(entries.map(\.isCaseSensitive) == [true, false])
            #expect(entries.map(\.type) == ["Symptom", nil])
        }
    }

    @Test func cuesAndModifiersNeedOneOfTheirMarks() throws {
        try withTemporaryFolder { folder in
            try write(
                [
                    "cues.tsv": "cue\tcontext\tdirection\ndenies\tnegated\tforwards\n",
                    "m.tsv": "modifier\tside\nsevere\tbefore\n",
                ],
                to: folder)
            #expect(
                message { _ = try ContextCues.read("\(folder)/cues.tsv") }.hasSuffix(
                    "cues.tsv:2: direction: `forwards` is none of forward, backward, both, pseudo"))
            #expect(try Modifiers.read("\(folder)/m.tsv").sides == [.before])
        }
    }
}
