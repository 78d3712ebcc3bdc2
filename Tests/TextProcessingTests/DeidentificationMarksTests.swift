import ClinicalText
import Essentials
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct DeidentificationMarksTests {
    @Test func `marks of all kinds are found, look-alikes are not`() {
        let text = "Mr. [**Name\n(STitle) 4**] of ___, MRN XXXX-12; [**open, __init, MAXXX, XX, [x]"
        let found = DeidentificationMarks.spans(in: text).map { String(text.slice($0)) }
        #expect(found == ["[**Name\n(STitle) 4**]", "___", "XXXX", "__"])
    }

    @Test(
        arguments: [
            // MIMIC-III.
            ("[**Last Name (STitle) 12**]", .name), ("[**Known lastname 1234**]", .name),
            ("[**Doctor First Name 3**]", .name), ("[**Initials (NamePattern4) **]", .name),
            ("[**Hospital1 18**]", .location), ("[**Hospital Ward Name 5**]", .location),
            ("[**Street Address(2) 7**]", .location), ("[**University/College **]", .location),
            ("[**2131-4-2**]", .date), ("[**4-2**]", .date), ("[**Month (only) 5**]", .date),
            ("[**Date range (1) 12**]", .date), ("[**Age over 90 45**]", .age),
            ("[**Telephone/Fax (3) 1234**]", .contact), ("[**E-mail address 4**]", .contact),
            ("[**Pager number 12**]", .contact), ("[**Medical Record Number 123**]", .identifier),
            ("[**MD Number(1) 5**]", .identifier), ("[**Job Number 7**]", .identifier), ("[**Ethnicity 2**]", .unknown),
            ("[** **]", .unknown), ("[**Namé**]", .unknown),
            // De-ID.
            ("**NAME[AAA , BBB M]", .name), ("**DATE[Jan 01 09]", .date), ("**INSTITUTION", .location),
            ("**ID-NUM", .identifier), ("**AGE[in 60s]", .age), ("**STREET-ADDRESS", .location), ("**PHONE", .contact),
            // Brackets.
            ("<DATE>", .date), ("<PERSON_2>", .name), ("<PHONE-3>", .contact), ("[Patient Name]", .name),
            ("[DATE OF BIRTH]", .date), ("[Hospital 1]", .location), ("[REDACTED]", .unknown),
            ("[Profession]", .profession),
            // Runs.
            ("___", .unknown), ("XXX", .unknown),
        ] as [(String, DeidentificationMark.Kind)])
    func `a mark tells its kind`(mark: String, kind: DeidentificationMark.Kind) {
        let text = "Seen at \(mark), well."
        let found = DeidentificationMarks.marks(in: text)
        #expect(found.map { String(text.slice($0.span)) } == [mark])
        #expect(found.map(\.kind) == [kind])
    }

    @Test func `a mark tells its style`() {
        let text = "[**Name**] ___ **NAME[A] <DATE> [Name] XXX"
        #expect(
            DeidentificationMarks.marks(in: text).map(\.style) == [
                .starredBrackets, .underscores, .starred, .angleBrackets, .squareBrackets, .capitalX,
            ])
    }

    @Test(
        arguments: [
            "[doctor] hi", "[patient] no", "[x]", "[ ]", "[X]", "[1]", "<3", "<HTN>", "< DATE>", "<DATE", "[Name",
            "**DATE**", "**Plan**", "***NAME", "**HTN", "**NAMES2", "[Sodium]", "a*b", "[Näme]", "<Date of operation>",
            "[Date and a very long remark about what was there]",
        ])
    func `a look-alike is none`(text: String) {
        #expect(DeidentificationMarks.marks(in: text).isEmpty)
    }

    @Test func `a mark that is not closed within 400 bytes is none`() {
        let long = String(repeating: "a", count: 500)
        #expect(DeidentificationMarks.spans(in: "[**\(long)**]").isEmpty)
        #expect(DeidentificationMarks.spans(in: "[**\(long.prefix(300))**]").count == 1)
        #expect(DeidentificationMarks.spans(in: "**NAME[\(long)]").map(\.count) == [6])
    }

    @Test func `on random text every mark is a token`() {
        var generator = SeededGenerator(seed: 43)
        let pieces = [" <DATE> ", "[Name 2]", "**NAME[A B]", "[**Hospital 1**]", "___", "\n"]
        var count = 0
        for round in 0..<300 {
            var text = ""
            for _ in 0..<round % 8 {
                text += RandomText.make(count: 4, using: &generator) + (pieces.randomElement(using: &generator) ?? "")
            }
            let tokens = Set(WordSplitter().tokens(of: text).map(\.span))
            // A run of X may stand inside a word (`don'XXX`).
            for mark in DeidentificationMarks.marks(in: text) where mark.style != .capitalX {
                #expect(tokens.contains(mark.span))
                count += 1
            }
        }
        #expect(count > 300)
    }
}
