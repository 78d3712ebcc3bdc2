import ClinicalText
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct HostileTextTests {
    /// Each takes quadratic time if a rule looks back or ahead without a bound.
    @Test(
        arguments: [
            "A:", "\nA:", "PLAN: ", "Plan. Plan: ", " \n", "\n", "(", "((:", "?. ", "1. ", "\n1. a", "**", "**NAME[",
            "<A ", "[A ",
            "[**", "a. ", ". ", "\tx", "| ", "\" ", "A/P: \n", "\nABCD EFG: x", "\n  ABCD: x", "é:", "。",
        ])
    func `a text of one bit over and over takes linear time`(bit: String) throws {
        let headers = try SectionHeaders(contentsOf: "\(SharedData.packageRoot)/lexicons/section-headers.tsv")
        let segmenter = DocumentSegmenter(sectionHeaders: headers)
        let clock = ContinuousClock()
        func time(_ count: Int) -> Duration {
            let text =
                String(repeating: " \n", count: count / 20) + String(repeating: bit, count: count / bit.utf8.count)
            return clock.measure { _ = segmenter.segmentation(of: text) }
        }
        #expect(time(60_000) < .seconds(5))
    }
}
