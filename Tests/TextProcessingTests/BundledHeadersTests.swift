import ClinicalText
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct BundledHeadersTests {
    private static let path = "\(SharedData.packageRoot)/lexicons/section-headers.tsv"

    @Test func `every header of the file is found in any case and with any blanks`() throws {
        let splitter = SectionSplitter(headers: try SectionHeaders(contentsOf: Self.path))
        let rows = try String(contentsOfFile: Self.path, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(rows.count > 500)
        for row in rows {
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let spaced = fields[0].replacingOccurrences(of: " ", with: " \u{A0} ")
            for written in [fields[0], fields[0].uppercased(), fields[0].capitalized, spaced] {
                let sections = splitter.sections(of: "\(written): x")
                #expect(sections.map(\.name) == [fields[1]], "\(written)")
            }
        }
    }

    @Test func `what is not in the file is not found`() throws {
        let headers = try SectionHeaders(contentsOf: Self.path)
        for header in ["", " ", "pla", "plans", "plan of", "planplan", String(repeating: "plan ", count: 100)] {
            var header = header
            #expect(header.withUTF8 { headers.header($0) } == nil)
        }
        #expect(headers.count > 500 && headers.sectionNames.contains("physical_exam"))
    }
}
