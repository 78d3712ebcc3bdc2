import Essentials
import Foundation
import TestSupport
import Testing

@testable import ICU

@Suite struct NormalizationFormTests {
    @Test(
        arguments: [
            (NormalizationForm.nfc, "e\u{301}", "\u{E9}"), (.nfd, "\u{E9}", "e\u{301}"),
            (.nfkc, "ﬁ ½ ㎎", "fi 1\u{2044}2 mg"),
            (.nfkd, "ﬁé", "fie\u{301}"), (.nfc, "\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), (.nfc, "", ""),
        ])
    func `a text takes the form that Unicode gives it`(form: NormalizationForm, text: String, expected: String) {
        let (bytes, _) = normalize(text, form)
        #expect(Array(expected.utf8) == bytes)
    }

    @Test(arguments: NormalizationForm.allCases)
    func `on random text every form agrees with Foundation and its edits rebuild it`(form: NormalizationForm) {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let text = RandomText.make(count: 12, using: &generator)
            let (bytes, edits) = normalize(text, form)
            #expect(bytes == Array(foundation(text, form).utf8))
            let original = Array(text.utf8)
            var rebuilt: [UInt8] = []
            var place = 0
            for edit in edits {
                rebuilt += original[place..<edit.original.lowerBound]
                #expect(rebuilt.count == edit.normalized.lowerBound)
                rebuilt += bytes[edit.normalized]
                place = edit.original.upperBound
            }
            rebuilt += original[place...]
            #expect(rebuilt == bytes)
            #expect(isNormalized(text, form) == (bytes == original))
        }
    }

    @Test func `a single code point takes the form it has as a text`() {
        for value in stride(from: UInt32(0xA0), to: 0x30000, by: 7) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for form in NormalizationForm.allCases {
                #expect(form.normalize(codePoint: value) == normalize(String(scalar), form).bytes)
            }
        }
    }

    @Test func `the longest form fits`() {
        #expect(NormalizationForm.nfkd.normalize(codePoint: 0xFDFA).count == 33)
    }

    private func normalize(_ text: String, _ form: NormalizationForm) -> (
        bytes: [UInt8], edits: [NormalizationForm.Edit]
    ) {
        var text = text
        return text.withUTF8 { form.normalize($0) }
    }

    private func isNormalized(_ text: String, _ form: NormalizationForm) -> Bool {
        var text = text
        return text.withUTF8 { form.isNormalized($0) }
    }

    private func foundation(_ text: String, _ form: NormalizationForm) -> String {
        switch form {
        case .nfc: text.precomposedStringWithCanonicalMapping
        case .nfd: text.decomposedStringWithCanonicalMapping
        case .nfkc: text.precomposedStringWithCompatibilityMapping
        case .nfkd: text.decomposedStringWithCompatibilityMapping
        }
    }
}
