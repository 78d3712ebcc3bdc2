import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct SectionSplitterTests {
    private static let table = """
        header\tsection
        # comments are skipped
        chief complaint\tchief_complaint
        Past Medical History\tpast_medical_history
        pmh\tpast_medical_history

        plan\tplan
        exploración física\tphysical_exam
        """

    @Test(
        arguments: [
            // A known header with a colon or alone on its line, in any case.
            ("Chief Complaint: pain", ["chief_complaint|Chief Complaint:"]), ("  PLAN\nrest", ["plan|PLAN"]),
            ("PAST  MEDICAL\u{A0}HISTORY : none", ["past_medical_history|PAST  MEDICAL\u{A0}HISTORY :"]),
            ("EXPLORACIÓN FÍSICA: buena", ["physical_exam|EXPLORACIÓN FÍSICA:"]),
            // Not a header: within a line, without its colon, as a part of a word.
            ("the plan: rest", ["|-"]), ("plan of care", ["|-"]), ("plans: many", ["|-"]), ("- plan: rest", ["|-"]),
            // Before the first header, and after it.
            ("Mr. A\n\nPMH: gout\nPlan:\n1. rest\n", ["|-", "past_medical_history|PMH:", "plan|Plan:"]),
            ("\n\n PMH: gout", ["past_medical_history|PMH:"]),
            // Unknown headers in capitals.
            ("SOCIAL STRESSORS: none", ["other|SOCIAL STRESSORS:"]), ("HEENT:\nclear", ["other|HEENT:"]),
            // Unknown headers that begin a paragraph: in title case with a colon, in capitals without one.
            ("a\n\nIncision Care:\nkeep dry", ["|-", "other|Incision Care:"]),
            ("OPERATIVE REPORT\nx", ["other|OPERATIVE REPORT"]),
            ("Sample of the Day:\nx", ["other|Sample of the Day:"]),
            ("a\nIncision Care:\nkeep dry\nROUTINE VISIT\nb", ["|-"]), ("He was told:\nto rest", ["|-"]),
            ("Zofran 4 mg:\nx\n\nWBC 12\ny", ["|-"]),
            // Decorated headers, dates and remarks before the colon.
            ("**Plan:** rest", ["plan|**Plan:**"]), ("**Plan**: rest", ["plan|**Plan**:"]),
            ("## Plan\nrest", ["plan|## Plan"]),
            ("== PLAN ==\nrest", ["plan|== PLAN =="]), ("# gout: better\n* plan: x\n**bold** x", ["|-"]),
            ("PMH (per wife): gout", ["past_medical_history|PMH (per wife):"]),
            ("Plan 3/4/19: rest", ["plan|Plan 3/4/19:"]),
            ("Plan [**2019-3-4 10:30**]: rest", ["plan|Plan [**2019-3-4 10:30**]:"]), ("Plan B: rest", ["|-"]),
            // Within a line: behind a stop or a gap, several words or capitals; in a line that begins with a header, any.
            ("He is well. PMH: gout.", ["|-", "past_medical_history|PMH:"]),
            ("Sick   Past Medical History: gout", ["|-", "past_medical_history|Past Medical History:"]),
            ("He is well. Plan: rest", ["|-"]), ("He has a PMH: gout", ["|-"]), ("the chief complaint: x", ["|-"]),
            ("PMH: gout. Plan: rest", ["past_medical_history|PMH:", "plan|Plan:"]),
            ("PMH: gout PLAN: rest", ["past_medical_history|PMH:", "plan|PLAN:"]),
            ("BP: 120/80\nHEENT: clear\nCT:\nHello There: x\nWBC 12: high", ["|-"]),
            ("", []), ("\n \n", ["|-"]),
        ])
    func `a note divides into sections`(text: String, expected: [String]) throws {
        let sections = SectionSplitter(headers: try headers(Self.table)).sections(of: text)
        #expect(sections.map { "\($0.name)|\($0.header.map { String(text.slice($0)) } ?? "-")" } == expected)
        expectCover(sections, text)
    }

    @Test func `sections of random text cover it without gaps`() throws {
        let splitter = SectionSplitter(headers: try headers(Self.table))
        var generator = SeededGenerator(seed: 31)
        for round in 0..<300 {
            var text = ""
            for _ in 0..<round % 9 {
                text += RandomText.make(count: 4, using: &generator)
                text += ["\nPLAN:", "\r\nPMH: ", "\nplan", "\n"].randomElement(using: &generator) ?? ""
            }
            expectCover(splitter.sections(of: text), text)
        }
    }

    private func expectCover(_ sections: [Section], _ text: String) {
        var end = 0
        for section in sections {
            #expect(section.span.start == end && !section.span.isEmpty)
            #expect(section.header.map { section.span.contains($0) } ?? (section.name == "" && end == 0))
            end = section.span.end
        }
        #expect(end == text.utf8.count)
    }

    @Test func `without known headers only capitals begin a section`() {
        let sections = SectionSplitter(headers: .none).sections(of: "Plan: a\nFINAL DIAGNOSIS: b")
        #expect(sections.map(\.name) == ["", "other"])
        #expect(SectionHeaders.none.count == 0 && SectionHeaders.none.sectionNames.isEmpty)
    }

    @Test func `the names of the sections are listed once`() throws {
        #expect(
            try headers(Self.table).sectionNames == [
                "chief_complaint", "past_medical_history", "physical_exam", "plan",
            ])
    }

    @Test(
        arguments: [
            (
                "Headers\tsection\nplan\tplan",
                "h.tsv:1: no column \"header\" in the first line; did you mean \"Headers\"?"
            ),
            ("a,b\nplan,plan", "h.tsv:1: no column \"header\" in the first line; columns are separated by tabs"),
            ("header\tsection\n\nplan", "h.tsv:3: no value for the column \"section\"; fields are separated by tabs"),
            (
                "header\tsection\tpart_of\nplan\tplan\t\nlungs\texam\texan",
                "h.tsv:3: no header of the file has the section \"exan\" in the column \"part_of\"; did you mean \"exam\"?"
            ),
            (
                "header\tsection\tpart_of\nplan\tplan\t\nPlan\tplan\tplan",
                "h.tsv:3: the header stands on line 2 already with another meaning; keep one of them"
            ),
            (
                "header\tsection\nplan\tplan\nPlan:\tother",
                "h.tsv:3: the header stands on line 2 already with another meaning; keep one of them"
            ),
        ])
    func `a bad table is refused with file and line`(table: String, expected: String) throws {
        do {
            _ = try headers(table)
            Issue.record("no error")
        } catch let error as TextProcessingError {
            #expect(error.description.replacing(/^.*\/(?=h.tsv)/, with: "") == expected)
            #expect(error.exitCode == .badData)
        }
    }

    @Test func `a missing table and one that is not UTF-8 are told apart`() throws {
        #expect(throws: FileError.self) { try SectionHeaders(contentsOf: "/nowhere/h.tsv") }
        try withTemporaryFolder { folder in
            try Data([0x61, 0xC3, 0xA9, 0xFF]).write(to: URL(fileURLWithPath: "\(folder)/h.tsv"))
            #expect(throws: TextProcessingError.notUTF8(path: "\(folder)/h.tsv", offset: 3)) {
                try SectionHeaders(contentsOf: "\(folder)/h.tsv")
            }
        }
    }

    private func headers(_ table: String) throws -> SectionHeaders {
        try withTemporaryFolder { folder in
            try Data(table.utf8).write(to: URL(fileURLWithPath: "\(folder)/h.tsv"))
            return try SectionHeaders(contentsOf: "\(folder)/h.tsv")
        }
    }
}
