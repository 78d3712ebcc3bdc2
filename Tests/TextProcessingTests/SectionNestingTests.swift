import ClinicalText
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct SectionNestingTests {
    private static let table = """
        header\tsection\tpart_of
        plan\tplan\tassessment_and_plan
        assessment and plan\tassessment_and_plan\t
        exam\tphysical_exam\t
        review of systems\treview_of_systems\t
        vitals\tvital_signs\tphysical_exam
        lungs\tphysical_exam\tphysical_exam,review_of_systems
        heart\tphysical_exam\tphysical_exam, review_of_systems
        """

    @Test(
        arguments: [
            // A part by nature takes the name of the section it stands in, another part keeps its own.
            (
                "Exam:\nVitals: 120/80\nLungs: clear\nHeart: regular\nPlan: rest",
                "1 physical_exam, 2 vital_signs, 2 physical_exam, 2 physical_exam, 1 plan"
            ),
            (
                "Review of systems:\nLungs: no cough\nHeart: ok",
                "1 review_of_systems, 2 review_of_systems, 2 review_of_systems"
            ),
            ("Assessment and plan:\nPlan: rest", "1 assessment_and_plan, 2 plan"),
            // Without the section they are part of, they stand for themselves.
            ("Lungs: clear\nHeart: ok\nVitals: ok", "1 physical_exam, 1 physical_exam, 1 vital_signs"),
            ("Exam:\nPlan: rest\nLungs: clear", "1 physical_exam, 1 plan, 1 physical_exam"),
            // Within a line a single word is a header only as a part of an open section.
            ("Exam: well. Lungs: clear. Heart: ok.", "1 physical_exam, 2 physical_exam, 2 physical_exam"),
            ("She is well. Lungs: clear.", "0 "),
            // Unknown headers nest by indentation, or with text behind them under a header that has its line.
            (
                "LONG REPORT:\n  SOCIAL STRESSORS: none\n  HOME OXYGEN: none\nNEXT PART:",
                "1 other, 2 other, 2 other, 1 other"
            ),
            ("Exam:\nSKIN FOLDS: dry\nNAIL BEDS: pale", "1 physical_exam, 2 other, 2 other"),
            ("Exam: fine\nSKIN FOLDS: dry", "1 physical_exam, 1 other"),
        ])
    func `sections nest`(text: String, expected: String) throws {
        let sections = try sections(of: text)
        #expect(sections.map { "\($0.header == nil ? 0 : $0.level) \($0.name)" }.joined(separator: ", ") == expected)
        for (index, section) in sections.enumerated() {
            guard let parent = section.parent else {
                #expect(section.level == 1)
                continue
            }
            #expect(parent < index && sections[parent].level == section.level - 1)
        }
    }

    @Test func `the bundled headers put lungs under the exam and under the review of systems`() throws {
        let headers = try SectionHeaders(contentsOf: "\(SharedData.packageRoot)/lexicons/section-headers.tsv")
        let text = "REVIEW OF SYSTEMS:\nLungs: no cough\nPHYSICAL EXAM:\nGeneral: well\nLungs: clear"
        let sections = SectionSplitter(headers: headers).sections(of: text)
        #expect(
            sections.map { "\($0.level) \($0.name)" } == [
                "1 review_of_systems", "2 review_of_systems", "1 physical_exam", "2 physical_exam", "2 physical_exam",
            ])
        #expect(sections.map(\.parent) == [nil, 0, nil, 2, 2])
    }

    private func sections(of text: String) throws -> [Section] {
        try withTemporaryFolder { folder in
            try Data(Self.table.utf8).write(to: URL(fileURLWithPath: "\(folder)/h.tsv"))
            return SectionSplitter(headers: try SectionHeaders(contentsOf: "\(folder)/h.tsv")).sections(of: text)
        }
    }
}
