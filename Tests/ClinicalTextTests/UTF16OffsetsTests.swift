import ClinicalText
import TestSupport
import Testing

@Suite struct UTF16OffsetsTests {
    @Test func agreesWithSwiftsOwnViewOnAnyText() {
        var generator = SystemRandomNumberGenerator()
        for count in 0..<120 {
            let text = RandomText.make(count: count, using: &generator)
            let offsets = UTF16Offsets(text)
            #expect(offsets.count == text.utf16.count)
            var unit = 0
            for (codePoint, scalar) in text.unicodeScalars.enumerated() {
                #expect(offsets.codePoint(ofUnit: unit) == codePoint)
                #expect(offsets.unit(ofCodePoint: codePoint) == unit)
                if UTF16.width(scalar) == 2 { #expect(offsets.codePoint(ofUnit: unit + 1) == nil) }
                unit += UTF16.width(scalar)
            }
            #expect(offsets.codePoint(ofUnit: unit) == text.unicodeScalars.count)
            #expect(offsets.codePoint(ofUnit: unit + 1) == nil)
            #expect(offsets.codePoint(ofUnit: -1) == nil)
        }
    }

    @Test func saysWhetherUnitsAndCodePointsDiffer() {
        #expect(!UTF16Offsets("été – 中文").hasWideCharacters)
        #expect(UTF16Offsets("😷").hasWideCharacters)
    }
}
