import Essentials
import TestSupport
import Testing

@testable import ClinicalText

@Suite struct TextOffsetsTests {
    @Test func `on random text both directions agree with a count of Unicode scalars`() {
        var generator = SeededGenerator(seed: 3)
        for round in 0..<200 {
            let text = RandomText.make(count: round, using: &generator)
            let offsets = TextOffsets(text)
            let scalars = Array(text.unicodeScalars)
            #expect(offsets.count == scalars.count)
            var utf8 = 0
            for (index, scalar) in scalars.enumerated() {
                #expect(offsets.utf8Offset(ofCodePoint: index) == utf8)
                for inner in 0..<String(scalar).utf8.count {
                    #expect(offsets.codePointOffset(ofUTF8: utf8 + inner) == index)
                }
                utf8 += String(scalar).utf8.count
            }
            #expect(offsets.utf8Offset(ofCodePoint: scalars.count) == utf8)
            #expect(offsets.codePointOffset(ofUTF8: utf8) == scalars.count)
        }
    }

    @Test func `a span makes the way there and back`() throws {
        let text = "Señor 😀 naïve"
        let offsets = TextOffsets(text)
        let span = try #require(offsets.span(ofCodePoints: 6, 13))
        #expect(text.slice(span) == "😀 naïve")
        #expect(offsets.codePoints(of: span) == 6..<13)
    }

    @Test(arguments: [(-1, 2), (0, 5), (3, 2), (5, 6)])
    func `what does not lie in the text has no span`(start: Int, end: Int) {
        #expect(TextOffsets("abéd").span(ofCodePoints: start, end) == nil)
    }
}
