import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct WordSplitterTests {
    private let splitter = WordSplitter()

    @Test(
        arguments: [
            // Numbers and units.
            ("metoprolol 25mg p.o. b.i.d.", "metoprolol 25 mg p.o. b.i.d."),
            ("2.5 mg, 1,000 mL .5", "2.5 mg , 1,000 mL .5"),
            ("5mg/kg 120/80", "5 mg / kg 120 / 80"), ("2,5 cm 1.234,5 1,234.5", "2,5 cm 1.234,5 1,234.5"),
            ("days 1,2,3", "days 1 , 2 , 3"), ("67yo 2nd 3RD 28F", "67 yo 2nd 3RD 28 F"), ("1½ tabs ½", "1½ tabs ½"),
            ("10⁹/L kg/m² H₂O", "10⁹ / L kg / m² H₂O"), ("5%.", "5 % ."), ("10:30 am", "10 : 30 am"),
            ("12.03.2019.", "12.03.2019 ."), ("3mg3mg", "3 mg 3 mg"),
            ("lisinopril10mg daily", "lisinopril 10 mg daily"),
            ("stool. .1.5 cm", "stool . . 1.5 cm"),
            // Words with digits and capitals.
            ("HbA1c H2O T2DM CD4 B12 FEV1 pO2", "HbA1c H2O T2DM CD4 B12 FEV1 pO2"), ("q6h q4-6h x3", "q6h q4-6h x3"),
            ("COVID-19, IL-6, SARS-CoV-2", "COVID-19 , IL-6 , SARS-CoV-2"),
            ("BUN-12 Creat-0.9", "BUN - 12 Creat - 0.9"),
            ("WBC-5.7 BP-120/80", "WBC - 5.7 BP - 120 / 80"), ("Na-139", "Na - 139"),
            // Hyphens, slashes, apostrophes.
            ("right-sided x-ray", "right - sided x - ray"), ("w/o s/p", "w / o s / p"),
            ("Crohn's pts' IV’s", "Crohn 's pts ' IV ’s"),
            ("don't d/c'd O'Brien", "don't d / c'd O'Brien"), ("'s", "' s"),
            // Dotted abbreviations.
            ("q.4-6h. q.12h. p.r.n", "q.4-6h. q.12h. p.r.n"), ("e.g., U.S.A. E.C.)", "e.g. , U.S.A. E.C. )"),
            ("Dr. pt. in.He", "Dr . pt . in . He"), ("Fig.1A", "Fig . 1 A"),
            // De-identification marks.
            ("Dr. [**Last Name (STitle) 12**], ___ XXXX", "Dr . [**Last Name (STitle) 12**] , ___ XXXX"),
            ("[** open [**2131-4-2**]x", "[ * * open [**2131-4-2**] x"), ("EXXX XXXY XX _", "EXXX XXXY XX _"),
            // Beyond English and ASCII.
            ("varón de 53 años, NºCol: 28", "varón de 53 años , NºCol : 28"), ("39ºC 37.2℃ 5µg", "39 ºC 37.2 ℃ 5 µg"),
            ("nai\u{308}ve hypo\u{AD}kalemia", "nai\u{308}ve hypo\u{AD}kalemia"), ("発熱3日", "発 熱 3 日"),
            ("👩‍⚕️ 👍🏽 ❤\u{FE0F}ok", "👩‍⚕️ 👍🏽 ❤\u{FE0F} ok"), ("a\u{200B} \u{FEFF} b", "a b"), ("Na+ -> ≥3", "Na + - > ≥ 3"),
            ("", ""), (" \n\t", ""),
        ])
    func `a text divides into tokens`(text: String, expected: String) {
        // Marks hold blanks, so that tokens are compared joined.
        let tokens = splitter.tokens(of: text).map { String(text.slice($0.span)) }.joined(separator: " ")
        #expect(Array(tokens.utf8) == Array(expected.utf8))
    }

    @Test func `on random text tokens lie in order on code point boundaries and hold all that is seen`() {
        var generator = SeededGenerator(seed: 29)
        for round in 0..<500 {
            let text = RandomText.make(count: round % 60, using: &generator)
            let bytes = Array(text.utf8)
            var last = 0
            for token in splitter.tokens(of: text) {
                #expect(token.span.start >= last && !token.span.isEmpty && token.span.end <= bytes.count)
                #expect(!isVisible(bytes[last..<token.span.start]))
                #expect(bytes[token.span.start] & 0xC0 != 0x80)
                #expect(token.span.end == bytes.count || bytes[token.span.end] & 0xC0 != 0x80)
                last = token.span.end
            }
            #expect(!isVisible(bytes[last...]))
        }
    }

    private func isVisible(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.contains {
            !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
                && $0.properties.generalCategory != .control
        }
    }

    @Test(arguments: ["[**", "A-", "AB-1,", "1,", "q1-", "a.", "'s", "XXX", "_ ", "AB-CD-"])
    func `a hostile text takes linear time`(bit: String) {
        let text = String(repeating: bit, count: 200_000 / bit.utf8.count)
        let clock = ContinuousClock()
        #expect(clock.measure { _ = splitter.tokens(of: text) } < .seconds(5))
    }

    @Test(.enabled(if: SharedData.has("maccrobat2020"), "needs maccrobat2020 below CLINNER_DATA"))
    func `nearly all ends of annotated mentions in case reports are ends of tokens`() throws {
        let split = try String(contentsOfFile: SharedData.path("maccrobat2020/suggested-split.tsv"), encoding: .utf8)
        var mentions = 0
        var exact = 0
        for row in split.split(separator: "\n").map({ $0.split(separator: "\t") }) where row[1] == "train" {
            let path = SharedData.path("maccrobat2020/brat/\(row[0])")
            let text = try String(contentsOfFile: "\(path).txt", encoding: .utf8)
            let offsets = TextOffsets(text)
            let tokens = splitter.tokens(of: text)
            let starts = Set(tokens.map(\.span.start))
            let ends = Set(tokens.map(\.span.end))
            for line in try String(contentsOfFile: "\(path).ann", encoding: .utf8).split(separator: "\n")
            where line.hasPrefix("T") {
                let fields = line.split(separator: "\t")[1].split(whereSeparator: { $0 == " " || $0 == ";" })
                let numbers = fields.dropFirst().compactMap { Int($0) }
                for index in stride(from: 0, to: numbers.count, by: 2) {
                    let span = try #require(offsets.span(ofCodePoints: numbers[index], numbers[index + 1]))
                    mentions += 1
                    if starts.contains(span.start), ends.contains(span.end) { exact += 1 }
                }
            }
        }
        #expect(mentions > 17_000)
        #expect(Double(exact) / Double(mentions) > 0.998)
    }
}
