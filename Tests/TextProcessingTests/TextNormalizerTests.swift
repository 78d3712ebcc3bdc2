import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct TextNormalizerTests {
    private let normalizer = TextNormalizer()

    @Test(
        arguments: [
            ("BP 120/80, no fever.\n", "BP 120/80, no fever.\n"),
            // Line ends and white space.
            ("a\r\nb\rc\u{C}d\u{2028}e\u{85}f", "a\nb\nc\nd\ne\nf"), ("a\tb\u{A0}c\u{2009}d\u{3000}e", "a b c d e"),
            ("a  b \n", "a  b \n"),
            // Dashes and quotes.
            ("2–3 — ‐ − ﹣", "2-3 - - - -"), ("“odd” ‘x’ patient’s 5′ 6″ «no»", "\"odd\" 'x' patient's 5' 6\" \"no\""),
            // What is not seen.
            ("hypo\u{AD}kal\u{200B}emia\u{FEFF}\u{7}\u{0}", "hypokalemia"), ("❤\u{FE0F}", "❤"),
            // Compatibility characters.
            ("ﬁbrillation ㎎ ℃ Ⅳ １００ｍｇ …", "fibrillation mg °C IV 100mg ..."), ("5 µg \u{212B} №", "5 μg Å No"),
            ("H₂O", "H2O"),
            // Canonical forms.
            ("nai\u{308}ve e\u{200B}\u{301}", "naïve é"), ("\u{1112}\u{1161}\u{11AB}", "한"),
            // The exceptions.
            ("10⁹/L 10⁻³ kg/m² x²", "10^9/L 10^-3 kg/m2 x2"), ("½ 1½ ½5 1½½", "1/2 1 1/2 1/2 5 1 1/2 1/2"),
            ("39ºC 1ª Xarelto™", "39ºC 1ª Xarelto™"), ("a ¨ ¸", "a ¨ ¸"), ("3⁄4", "3/4"),
            ("≥3 ±2 5×4 → 😀 ®", "≥3 ±2 5×4 → 😀 ®"), ("", ""),
        ])
    func `text takes its normal form`(text: String, expected: String) {
        #expect(Array(normalizer.normalize(text).text.utf8) == Array(expected.utf8))
    }

    @Test(
        arguments: [
            ("“chest pain”", "chest pain", "chest pain"), ("ﬁbrillation", "fibrillation", "ﬁbrillation"),
            ("took ½\u{A0}tab", "1/2 tab", "½\u{A0}tab"), ("hypo\u{AD}kalemia", "hypokalemia", "hypo\u{AD}kalemia"),
            ("a\u{200B}pain\u{200B} b", "pain", "pain"), ("nai\u{308}ve pt", "naïve", "nai\u{308}ve"),
            ("x\r\ny z", "y z", "y z"), ("10⁹/L", "10^9", "10⁹"), ("😀 Señor—x", "Señor-x", "Señor—x"),
        ])
    func `what is found in the view is reported where it stands`(text: String, found: String, original: String) throws {
        let view = normalizer.normalize(text)
        let range = try #require(view.text.range(of: found, options: .literal))
        let start = view.text.utf8.distance(from: view.text.startIndex, to: range.lowerBound)
        let span = TextSpan(start: start, end: start + found.utf8.count)
        #expect(Array(text.slice(view.original(of: span)).utf8) == Array(original.utf8))
        #expect(view.normalized(of: view.original(of: span)) == span)
    }

    @Test(arguments: ["", "plain ASCII, 2.5 mg\nnext line", "naïve Señor 39ºC ≥3"])
    func `text in normal form is its own view`(text: String) {
        let view = normalizer.normalize(text)
        #expect(view.isIdentity && view.text == text)
        let span = TextSpan(start: 0, end: text.utf8.count)
        #expect(view.original(of: span) == span && view.normalized(of: span) == span)
    }

    @Test func `on random text the view is idempotent and its alignment monotone and complete`() {
        var generator = SeededGenerator(seed: 17)
        for round in 0..<600 {
            let text = RandomText.make(count: 1 + round % 40, using: &generator)
            let view = normalizer.normalize(text)
            let again = normalizer.normalize(view.text)
            #expect(
                Array(again.text.utf8) == Array(view.text.utf8),
                "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
            check(view, text)
        }
    }

    private func check(_ view: NormalizedText, _ text: String) {
        let normalized = Array(view.text.utf8)
        let original = Array(text.utf8)
        let starts = normalized.indices.filter { normalized[$0] & 0xC0 != 0x80 } + [normalized.count]
        var last = TextSpan(start: 0, end: 0)
        for (start, end) in zip(starts, starts.dropFirst()) {
            let span = TextSpan(start: start, end: end)
            let source = view.original(of: span)
            #expect(source.start >= last.start && source.end >= last.end && source.end <= original.count)
            #expect(!source.isEmpty)
            // Spans lie on the boundaries of code points.
            for place in [source.start, source.end] where place < original.count {
                #expect(original[place] & 0xC0 != 0x80)
            }
            #expect(view.normalized(of: source).contains(span))
            // Between two edits the texts are the same.
            if source.count == span.count, view.normalized(of: source) == span,
                !view.alignment.edits.contains(where: { $0.original.overlaps(source.range) })
            {
                #expect(original[source.range].elementsEqual(normalized[span.range]))
            }
            last = source
        }
        let whole = TextSpan(start: 0, end: normalized.count)
        if !normalized.isEmpty { #expect(view.normalized(of: view.original(of: whole)) == whole) }
    }

    @Test func `on random text every offset maps to the original and back by the law`() {
        var generator = SeededGenerator(seed: 19)
        for round in 0..<600 {
            let text = RandomText.make(count: round % 40, using: &generator)
            let view = normalizer.normalize(text)
            let (normalized, original) = (Array(view.text.utf8), Array(text.utf8))
            let there = Self.boundaries(normalized).map { ($0, view.originalOffset(of: $0)) }
            let back = Self.boundaries(original).map { ($0, view.normalizedOffset(of: $0)) }
            checkOrder(there, lengths: (normalized.count, original.count), target: original)
            checkOrder(back, lengths: (original.count, normalized.count), target: normalized)
            for (place, image) in there {
                #expect(view.normalizedOffset(of: image) <= place)
                #expect(view.originalOffset(of: view.normalizedOffset(of: image)) == image)
            }
            for (place, image) in back {
                // Within a replaced place the way back leads to its start, else not before the place.
                let replaced = view.alignment.edits.first {
                    !$0.changed.isEmpty && $0.original.lowerBound < place && place < $0.original.upperBound
                }
                let again = view.originalOffset(of: image)
                #expect(replaced.map { again == $0.original.lowerBound } ?? (again >= place))
                #expect(view.normalizedOffset(of: view.originalOffset(of: image)) == image)
            }
            // Outside of edits both ways are exact.
            for (place, image) in there
            where !view.alignment.edits.contains(where: {
                $0.changed.lowerBound <= place && place <= $0.changed.upperBound
            }) { #expect(view.normalizedOffset(of: image) == place) }
        }
    }

    private static func boundaries(_ bytes: [UInt8]) -> [Int] {
        bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
    }

    /// Whether the images rise, lie on code points of `target`, and end where it ends.
    private func checkOrder(_ map: [(Int, Int)], lengths: (Int, Int), target: [UInt8]) {
        for ((_, one), (_, two)) in zip(map, map.dropFirst()) { #expect(one <= two) }
        for (_, image) in map {
            #expect(image >= 0 && image <= target.count)
            if image < target.count { #expect(target[image] & 0xC0 != 0x80) }
        }
        #expect(map.last.map { $0.0 == lengths.0 && $0.1 <= lengths.1 } ?? false)
    }

    @Test func `code points of the original come out and go in`() throws {
        let text = "took ½\u{A0}tab of ﬁbrate 😀\r\nnow"
        let offsets = TextOffsets(text)
        let view = normalizer.normalize(text)
        func span(_ found: String) throws -> TextSpan {
            let range = try #require(view.text.range(of: found, options: .literal))
            let start = view.text.utf8.distance(from: view.text.startIndex, to: range.lowerBound)
            return TextSpan(start: start, end: start + found.utf8.count)
        }
        #expect(view.originalCodePoints(of: try span("1/2"), offsets: offsets) == 5..<6)
        #expect(view.originalCodePoints(of: try span("fibrate"), offsets: offsets) == 14..<20)
        #expect(view.originalCodePoints(of: try span("\nnow"), offsets: offsets) == 22..<27)
        #expect(view.normalized(ofCodePoints: 5..<6, offsets: offsets) == (try span("1/2")))
        #expect(view.normalized(ofCodePoints: 14..<20, offsets: offsets) == (try span("fibrate")))
        #expect(view.normalized(ofCodePoints: 5..<99, offsets: offsets) == nil)
    }

    @Test func `two alignments in a row are one that maps through both`() {
        var generator = SeededGenerator(seed: 23)
        for _ in 0..<500 {
            let length = Int.random(in: 0...20, using: &generator)
            let first = randomAlignment(length, using: &generator)
            let middle = length + (first.edits.last.map { $0.changed.upperBound - $0.original.upperBound } ?? 0)
            let second = randomAlignment(middle, using: &generator)
            let both = first.followed(by: second)
            for start in 0..<max(1, length) {
                for end in min(start + 1, length)...length where start < end {
                    let span = TextSpan(start: start, end: end)
                    let through = second.changed(of: first.changed(of: span))
                    let direct = both.changed(of: span)
                    // Two edits that touch become one, so the direct way may give more, never less.
                    if !first.changed(of: span).isEmpty { #expect(direct.contains(through)) }
                }
            }
            for (one, two) in zip(both.edits, both.edits.dropFirst()) {
                #expect(one.original.upperBound <= two.original.lowerBound)
                #expect(one.changed.upperBound <= two.changed.lowerBound)
            }
        }
    }

    private func randomAlignment(_ length: Int, using generator: inout SeededGenerator) -> TextAlignment {
        var alignment = TextAlignment()
        var place = 0
        var shift = 0
        while place < length {
            place += Int.random(in: 1...4, using: &generator)
            let end = place + Int.random(in: 1...3, using: &generator)
            if end > length { break }
            let count = Int.random(in: 0...4, using: &generator)
            alignment.append(.init(original: place..<end, changed: place + shift..<place + shift + count))
            shift += count - (end - place)
            place = end
        }
        return alignment
    }
}
