import ClinicalText
import ICU

/// Makes differently typed text look the same, so that lexicons and patterns need to know one form only.
///
/// In this order: line ends become `\n`, other white space a blank (one for one); dashes and minus signs become `-`,
/// quotes and primes `'` or `"`; control and zero-width characters and soft hyphens go; compatibility characters take
/// their plain form (NFKC); what remains is composed (NFC). Four exceptions keep text readable:
///
/// - a superscript number behind a digit is written with a caret: `10⁹` is `10^9`, but `m²` is `m2`;
/// - a fraction stands apart from the digits around it: `1½` is `1 1/2`;
/// - `ª º ™ ℠` stay, because `39ºC` and `Xarelto™` must not gain letters;
/// - free-standing accents (`¨`, `¸`) stay, because their plain form holds a blank.
///
/// Normalizing twice changes nothing more.
public struct TextNormalizer: Sendable {
    /// What happens to a character above ASCII.
    private enum Rule {
        static let keep: UInt8 = 0
        static let remove: UInt8 = 1
        static let blank: UInt8 = 2
        static let newline: UInt8 = 3
        static let dash: UInt8 = 4
        static let singleQuote: UInt8 = 5
        static let doubleQuote: UInt8 = 6
        static let slash: UInt8 = 7
        static let compatibility: UInt8 = 8
        static let superscript: UInt8 = 9
        static let fraction: UInt8 = 10
    }

    private static let rules = CodePointClasses([
        ("[:NFKC_Quick_Check=No:]", Rule.compatibility),
        ("[[:Default_Ignorable_Code_Point:][:Cc:]\\uFFF9-\\uFFFB]", Rule.remove),
        ("[:Zs:]", Rule.blank),
        ("[\\u0085\\u2028\\u2029]", Rule.newline),
        ("[\\u2010-\\u2015\\u2043\\u2212\\u02D7\\u2E3A\\u2E3B\\uFE58\\uFE63\\uFF0D]", Rule.dash),
        (
            "[\\u2018-\\u201B\\u2032\\u2035\\u2039\\u203A\\u00B4\\u02B9\\u02BB-\\u02BD\\u02CA\\u02CB\\u1FFD\\u0374]",
            Rule.singleQuote
        ),
        ("[\\u201C-\\u201F\\u2033\\u2036\\u00AB\\u00BB\\u301D-\\u301F]", Rule.doubleQuote),
        ("[\\u2044\\u2215]", Rule.slash),
        ("[\\u00B2\\u00B3\\u00B9\\u2070\\u2074-\\u207B]", Rule.superscript),
        ("[:Decomposition_Type=Fraction:]", Rule.fraction),
        ("[\\u00AA\\u00BA\\u2120\\u2122]", Rule.keep),
    ])

    /// Makes a normalizer.
    public init() {}

    /// The normalized view of `text`.
    public func normalize(_ text: String) -> NormalizedText {
        var text = text
        let changed = text.withUTF8 { bytes -> ([UInt8], TextAlignment)? in
            var isASCII = true
            guard let first = Self.firstSuspect(in: bytes, isASCII: &isASCII) else { return nil }
            var pass = Pass(bytes)
            pass.run(from: first)
            if isASCII || pass.output.withUnsafeBufferPointer({ NormalizationForm.nfc.isNormalized($0) }) {
                return (pass.output, pass.alignment)
            }
            let (composed, edits) = pass.output.withUnsafeBufferPointer { NormalizationForm.nfc.normalize($0) }
            let composition = TextAlignment(edits: edits.map { .init(original: $0.original, changed: $0.normalized) })
            return (composed, pass.alignment.followed(by: composition))
        }
        guard let (bytes, alignment) = changed else { return NormalizedText(text: text, alignment: TextAlignment()) }
        return NormalizedText(text: String(decoding: bytes, as: UTF8.self), alignment: alignment)
    }

    /// The first byte that may have to change, or nothing if the text is plain ASCII.
    private static func firstSuspect(in bytes: UnsafeBufferPointer<UInt8>, isASCII: inout Bool) -> Int? {
        var first: Int?
        for offset in 0..<bytes.count where !isPlain(bytes[offset]) {
            if first == nil { first = offset }
            if bytes[offset] >= 0x80 {
                isASCII = false
                break
            }
        }
        return first
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool { (byte >= 0x20 && byte < 0x7F) || byte == 0x0A }

    /// One walk over the text that applies the rules character by character.
    private struct Pass {
        let input: UnsafeBufferPointer<UInt8>
        var output: [UInt8] = []
        var alignment = TextAlignment()
        private var followsSuperscript = false
        private var followsFraction = false

        init(_ input: UnsafeBufferPointer<UInt8>) {
            self.input = input
            output.reserveCapacity(input.count + 16)
        }

        mutating func run(from first: Int) {
            output.append(contentsOf: UnsafeBufferPointer(rebasing: input[..<first]))
            var offset = first
            while offset < input.count {
                if TextNormalizer.isPlain(input[offset]) {
                    offset = copyPlain(from: offset)
                } else if input[offset] < 0x80 {
                    offset = replaceControl(at: offset)
                } else {
                    offset = replaceCharacter(at: offset)
                }
            }
        }

        private mutating func copyPlain(from start: Int) -> Int {
            var end = start + 1
            while end < input.count, TextNormalizer.isPlain(input[end]) { end += 1 }
            if followsFraction, TextNormalizer.isDigit(input[start]) {
                output.append(UInt8(ascii: " "))
                alignment.extendLast(to: output.count)
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: input[start..<end]))
            followsFraction = false
            followsSuperscript = false
            return end
        }

        private mutating func replaceControl(at offset: Int) -> Int {
            switch input[offset] {
            case 0x09:
                emit(UInt8(ascii: " "), for: offset..<offset + 1)
            case 0x0D:
                let isPair = offset + 1 < input.count && input[offset + 1] == 0x0A
                emit(0x0A, for: offset..<offset + (isPair ? 2 : 1))
                return offset + (isPair ? 2 : 1)
            case 0x0B, 0x0C:
                emit(0x0A, for: offset..<offset + 1)
            default:
                remove(offset..<offset + 1)
            }
            return offset + 1
        }

        private mutating func replaceCharacter(at offset: Int) -> Int {
            let (value, count) = CodePoint.decode(input, at: offset)
            let range = offset..<offset + count
            switch TextNormalizer.rules[value] {
            case Rule.remove: remove(range)
            case Rule.superscript: emitSuperscript(value, for: range)
            case Rule.fraction: emitFraction(value, for: range)
            case Rule.compatibility: emitCompatible(value, for: range)
            case let rule:
                if let byte = TextNormalizer.replacement(for: rule) {
                    emit(byte, for: range)
                } else {
                    output.append(contentsOf: UnsafeBufferPointer(rebasing: input[range]))
                    followsFraction = false
                    followsSuperscript = false
                }
            }
            return range.upperBound
        }

        /// The caret keeps powers of ten from reading as longer numbers.
        private mutating func emitSuperscript(_ value: UInt32, for range: Range<Int>) {
            let start = output.count
            if !followsSuperscript, let last = output.last, TextNormalizer.isDigit(last) {
                output.append(UInt8(ascii: "^"))
            }
            output += TextNormalizer.plainForm(of: value)
            add(range, from: start)
            followsSuperscript = true
        }

        /// The blank keeps `1½` from reading as eleven halves.
        private mutating func emitFraction(_ value: UInt32, for range: Range<Int>) {
            let start = output.count
            if let last = output.last, TextNormalizer.isDigit(last) { output.append(UInt8(ascii: " ")) }
            output += TextNormalizer.plainForm(of: value)
            add(range, from: start)
            followsFraction = true
        }

        private mutating func emitCompatible(_ value: UInt32, for range: Range<Int>) {
            let start = output.count
            let plain = TextNormalizer.plainForm(of: value)
            if plain.contains(UInt8(ascii: " ")) {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: input[range]))
                followsFraction = false
                followsSuperscript = false
                return
            }
            if followsFraction, let first = plain.first, TextNormalizer.isDigit(first) {
                output.append(UInt8(ascii: " "))
            }
            output += plain
            add(range, from: start)
        }

        private mutating func emit(_ byte: UInt8, for range: Range<Int>) {
            let start = output.count
            output.append(byte)
            add(range, from: start)
        }

        private mutating func add(_ range: Range<Int>, from start: Int) {
            alignment.append(.init(original: range, changed: start..<output.count))
            followsFraction = false
            followsSuperscript = false
        }

        /// What is removed does not part a superscript from its number.
        private mutating func remove(_ range: Range<Int>) {
            alignment.append(.init(original: range, changed: output.count..<output.count))
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func replacement(for rule: UInt8) -> UInt8? {
        switch rule {
        case Rule.blank: UInt8(ascii: " ")
        case Rule.newline: 0x0A
        case Rule.dash: UInt8(ascii: "-")
        case Rule.singleQuote: UInt8(ascii: "'")
        case Rule.doubleQuote: UInt8(ascii: "\"")
        case Rule.slash: UInt8(ascii: "/")
        default: nil
        }
    }

    /// The NFKC form of one code point, itself put through the rules for single characters.
    private static func plainForm(of value: UInt32) -> [UInt8] {
        let form = NormalizationForm.nfkc.normalize(codePoint: value)
        guard form.contains(where: { $0 >= 0x80 }) else { return form }
        var plain: [UInt8] = []
        form.withUnsafeBufferPointer { form in
            var offset = 0
            while offset < form.count {
                let (part, count) = CodePoint.decode(form, at: offset)
                let rule = rules[part]
                if let byte = replacement(for: rule) {
                    plain.append(byte)
                } else if rule != Rule.remove {
                    plain.append(contentsOf: form[offset..<offset + count])
                }
                offset += count
            }
        }
        return plain
    }
}
