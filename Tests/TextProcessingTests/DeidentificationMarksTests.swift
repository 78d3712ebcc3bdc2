import ClinicalText
import Testing

@testable import TextProcessing

@Suite struct DeidentificationMarksTests {
    @Test func `marks of all kinds are found, look-alikes are not`() {
        let text = "Mr. [**Name\n(STitle) 4**] of ___, MRN XXXX-12; [**open, __init, MAXXX, XX, [x]"
        let found = DeidentificationMarks.spans(in: text).map { String(text.slice($0)) }
        #expect(found == ["[**Name\n(STitle) 4**]", "___", "XXXX", "__"])
    }

    @Test func `a mark that is not closed within 400 bytes is none`() {
        let long = String(repeating: "a", count: 500)
        #expect(DeidentificationMarks.spans(in: "[**\(long)**]").isEmpty)
        #expect(DeidentificationMarks.spans(in: "[**\(long.prefix(300))**]").count == 1)
    }
}
