import ClinicalText
import ICU

/// Divides a note into words, numbers, punctuation marks and de-identification marks.
///
/// Tokens are small, so that the ends of clinical entities are ends of tokens:
///
/// - A number keeps its decimal point or comma and its thousands (`2.5`, `1,000`, `1½`) and parts from letters
///   behind it (`5|mg`), ordinals aside (`2nd`). A word may hold digits (`HbA1c`, `H2O`, `T2DM`, `q6h`).
/// - Slashes and hyphens part words (`mg|/|kg`, `120|/|80`, `right|-|sided`). Names like `COVID-19` and `IL-6` and
///   intervals like `q4-6h` stay whole, unless neighbors of the same shape make them a list of values (`BUN-12 Na-139`).
/// - Dotted abbreviations keep their dots (`b.i.d.`, `q.12h.`); a word keeps an apostrophe inside (`don't`), but a
///   possessive ending is a token of its own (`Crohn|'s`).
/// - Every other mark is a token of its own, as is every ideograph.
/// - De-identification marks are single tokens (see ``DeidentificationMarks``).
public struct WordSplitter: Sendable {
    /// Makes a splitter.
    public init() {}

    /// The tokens of `text`, in order.
    public func tokens(of text: String) -> [Token] {
        var text = text
        return text.withUTF8 { tokens(of: $0) }
    }

    func tokens(of bytes: UnsafeBufferPointer<UInt8>) -> [Token] {
        WordClass.ascii.withUnsafeBufferPointer { classes in
            var scan = WordScan(bytes: bytes, asciiClasses: classes)
            scan.run()
            return scan.tokens
        }
    }
}

/// One walk over a text that collects its tokens.
private struct WordScan {
    /// Longer names and values are not looked at, which keeps the walk linear on any text.
    private static let maxNameLength = 40
    /// More groups of digits between dots and commas are a list.
    private static let maxGroups = 6

    let bytes: UnsafeBufferPointer<UInt8>
    let asciiClasses: UnsafeBufferPointer<UInt8>
    var tokens: [Token] = []

    init(bytes: UnsafeBufferPointer<UInt8>, asciiClasses: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        self.asciiClasses = asciiClasses
        tokens.reserveCapacity(bytes.count / 5 + 4)
    }

    mutating func run() {
        var offset = 0
        while offset < bytes.count {
            let (kind, count) = kind(at: offset)
            if kind == WordClass.space || kind == WordClass.invisible {
                offset += count
                continue
            }
            let end = end(ofTokenAt: offset, kind: kind, count: count)
            tokens.append(Token(span: TextSpan(start: offset, end: end)))
            offset = end
        }
    }

    /// The class and length of the character at `offset`.
    @inline(__always)
    private func kind(at offset: Int) -> (kind: UInt8, count: Int) {
        let byte = bytes[offset]
        if byte < 0x80 { return (asciiClasses[Int(byte)], 1) }
        let (value, count) = CodePoint.decode(bytes, at: offset)
        return (WordClass.classes[value], count)
    }

    /// The class of the character at `offset`, white space at the end of the text.
    @inline(__always)
    private func kind(from offset: Int) -> UInt8 { offset < bytes.count ? kind(at: offset).kind : WordClass.space }

    @inline(__always)
    private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private func isDigit(_ offset: Int) -> Bool { byte(offset) >= 0x30 && byte(offset) <= 0x39 }

    @inline(__always)
    private static func isLetter(_ kind: UInt8) -> Bool { kind == WordClass.letter || kind == WordClass.capital }

    @inline(__always)
    private static func isWord(_ kind: UInt8) -> Bool { kind >= WordClass.letter && kind <= WordClass.mark }

    private mutating func end(ofTokenAt offset: Int, kind: UInt8, count: Int) -> Int {
        let first = bytes[offset]
        if first == 0x5B || first == 0x5F || first == 0x58,
            let end = DeidentificationMarks.end(ofMarkAt: offset, in: bytes)
        {
            return end
        }
        switch kind {
        case WordClass.letter, WordClass.capital, WordClass.mark:
            return endOfWord(at: offset)
        case WordClass.digit:
            return endOfNumber(at: offset)
        case WordClass.numeral:
            return endOfNumerals(from: offset + count)
        default:
            if first == UInt8(ascii: "."), isDigit(offset + 1), !followsWord(offset) {
                // `.5`, but not the full stop in `. .1.5 cm`.
                let end = endOfNumber(at: offset + 1)
                if end == endOfDigits(at: offset + 1) { return end }
            }
            if let end = endOfPossessive(at: offset), followsWord(offset) { return end }
            return endOfSymbol(from: offset + count)
        }
    }

    /// Whether the token before ends where this one starts and is no mark of punctuation.
    private func followsWord(_ offset: Int) -> Bool {
        guard let last = tokens.last, last.span.end == offset else { return false }
        let byte = bytes[offset - 1]
        return byte >= 0x80 || asciiClasses[Int(byte)] != WordClass.symbol
    }

    // MARK: Symbols

    /// Takes what belongs to the symbol: marks, and what a joiner ties to it (`👩‍⚕️`).
    private func endOfSymbol(from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] >= 0x80 {
            let (value, count) = CodePoint.decode(bytes, at: end)
            guard WordClass.classes[value] == WordClass.mark else { break }
            end += count
            if value == 0x200D, end < bytes.count {
                let (kind, count) = kind(at: end)
                if kind == WordClass.symbol { end += count }
            }
        }
        return end
    }

    /// The end of `'s` before the end of a word.
    private func endOfPossessive(at offset: Int) -> Int? {
        guard let mark = apostrophe(at: offset), byte(offset + mark) | 0x20 == UInt8(ascii: "s") else { return nil }
        let end = offset + mark + 1
        return Self.isWord(kind(from: end)) ? nil : end
    }

    /// The length of the apostrophe at `offset`: `'` or `’`.
    @inline(__always)
    private func apostrophe(at offset: Int) -> Int? {
        if byte(offset) == 0x27 { return 1 }
        return byte(offset) == 0xE2 && byte(offset + 1) == 0x80 && byte(offset + 2) == 0x99 ? 3 : nil
    }

    // MARK: Numbers

    /// The end of the number whose first digit stands at `offset`.
    private func endOfNumber(at offset: Int) -> Int {
        var end = endOfDigits(at: offset)
        var groups = 1
        var commas = 0
        var areThousands = end - offset <= 3
        var full = end
        while groups <= Self.maxGroups, byte(full) == UInt8(ascii: ",") || byte(full) == UInt8(ascii: "."),
            isDigit(full + 1)
        {
            let next = endOfDigits(at: full + 1)
            if bytes[full] == UInt8(ascii: ",") {
                commas += 1
                if next - full != 4 { areThousands = false }
            }
            groups += 1
            full = next
        }
        // Commas part thousands, or one is a decimal comma; `1,2,3` is a list.
        let isInList = byte(full) == UInt8(ascii: ",") && isDigit(full + 1) || followsListComma(offset)
        if commas == 0 || !isInList && (commas == 1 || areThousands) { end = full }
        let kind = kind(from: end)
        if kind == WordClass.numeral || kind == WordClass.mark { return endOfNumerals(from: end) }
        if Self.isLetter(kind), let ordinal = endOfOrdinal(from: end) { return ordinal }
        return end
    }

    /// Whether a comma behind another number comes right before.
    private func followsListComma(_ offset: Int) -> Bool {
        offset >= 2 && bytes[offset - 1] == UInt8(ascii: ",") && isDigit(offset - 2)
    }

    private func endOfDigits(at offset: Int) -> Int {
        var end = offset
        while end < bytes.count {
            let (kind, count) = kind(at: end)
            guard kind == WordClass.digit else { break }
            end += count
        }
        return end
    }

    private func endOfNumerals(from start: Int) -> Int {
        var end = start
        while end < bytes.count {
            let (kind, count) = kind(at: end)
            guard kind == WordClass.numeral || kind == WordClass.mark else { break }
            end += count
        }
        return end
    }

    /// The end of `st`, `nd`, `rd` or `th` behind a number.
    private func endOfOrdinal(from offset: Int) -> Int? {
        let pair = (byte(offset) | 0x20, byte(offset + 1) | 0x20)
        let isOrdinal =
            pair == (0x73, 0x74) || pair == (0x6E, 0x64) || pair == (0x72, 0x64) || pair == (0x74, 0x68)
        return isOrdinal && !Self.isWord(kind(from: offset + 2)) ? offset + 2 : nil
    }

    // MARK: Words

    private func endOfWord(at offset: Int) -> Int {
        var end = endOfLetters(at: offset)
        if end - offset == 1, let dotted = endOfDotted(from: end) { return dotted }
        while let mark = apostrophe(at: end), Self.isLetter(kind(from: end + mark)), endOfPossessive(at: end) == nil {
            end = endOfLetters(at: end + mark)
        }
        if byte(end) == UInt8(ascii: "-"), isDigit(end + 1) {
            return endOfInterval(at: offset, hyphen: end) ?? endOfNumberedName(at: offset, hyphen: end) ?? end
        }
        if byte(end) == UInt8(ascii: "-"), let name = endOfNumberedName(at: offset, hyphen: end) { return name }
        return end
    }

    /// The end of the letters and digits at `offset`; a long lower-case word or a unit does not run into a dose
    /// (`lisinopril|10|mg`, `3|mg|3|mg`).
    private func endOfLetters(at offset: Int) -> Int {
        var end = offset
        var next = offset
        var lowerCase = 0
        var hasDigit = false
        while next < bytes.count {
            let (kind, count) = kind(at: next)
            if kind == WordClass.invisible {
                next += count
                continue
            }
            guard Self.isWord(kind) else { break }
            if kind == WordClass.digit, !hasDigit {
                hasDigit = true
                let isDose = Self.isLetter(self.kind(from: endOfDigits(at: next)))
                if isDose, lowerCase >= 4 || lowerCase > 0 && offset > 0 && isDigit(offset - 1) { break }
            }
            if kind == WordClass.letter { lowerCase += 1 }
            next += count
            end = next
        }
        return end
    }

    /// The end of a dotted abbreviation whose first letter ends at `start`: single letters, or a number and a letter,
    /// between dots.
    private func endOfDotted(from start: Int) -> Int? {
        var end = start
        var units = 1
        while byte(end) == UInt8(ascii: ".") {
            var next = end + 1
            while isDigit(next) || byte(next) == UInt8(ascii: "-") && isDigit(next + 1) && isDigit(next - 1) {
                next += 1
            }
            guard Self.isLetter(kind(from: next)) else { break }
            next += kind(at: next).count
            if Self.isWord(kind(from: next)) { break }
            end = next
            units += 1
        }
        guard units > 1 else { return nil }
        return byte(end) == UInt8(ascii: ".") ? end + 1 : end
    }

    /// The end of `q4-6h`.
    private func endOfInterval(at offset: Int, hyphen: Int) -> Int? {
        guard byte(offset) | 0x20 == UInt8(ascii: "q"), isDigit(offset + 1) else { return nil }
        let end = endOfDigits(at: hyphen + 1)
        guard byte(end) | 0x20 == UInt8(ascii: "h") || byte(end) | 0x20 == UInt8(ascii: "d") else { return nil }
        return Self.isWord(kind(from: end + 1)) ? nil : end + 1
    }

    /// The end of a name like `COVID-19` or `SARS-CoV-2`: parts with two capitals each, and a small number.
    private func endOfNumberedName(at offset: Int, hyphen: Int) -> Int? {
        var start = offset
        var hyphen = hyphen
        while true {
            guard hyphen - offset <= Self.maxNameLength, hasTwoCapitals(start..<hyphen) else { return nil }
            let next = hyphen + 1
            if isDigit(next) {
                let end = endOfDigits(at: next)
                let isSmall = end - next <= 3 && !Self.isWord(kind(from: end))
                let goesOn = [0x2D, 0x2F, 0x25].contains(byte(end)) || byte(end) == 0x2E && isDigit(end + 1)
                return isSmall && !goesOn && !isInListOfValues(offset..<end) ? end : nil
            }
            guard Self.isLetter(kind(from: next)) else { return nil }
            let end = endOfLetters(at: next)
            guard byte(end) == UInt8(ascii: "-") else { return nil }
            start = next
            hyphen = end
        }
    }

    private func hasTwoCapitals(_ range: Range<Int>) -> Bool {
        var capitals = 0
        for offset in range {
            let byte = bytes[offset]
            if byte >= 0x80 || asciiClasses[Int(byte)] == WordClass.digit { return false }
            if asciiClasses[Int(byte)] == WordClass.capital { capitals += 1 }
        }
        return capitals >= 2
    }

    /// Whether the next or the last chunk between blanks has the shape of a value too (`Na-139`, `Creat-0.9`).
    private func isInListOfValues(_ range: Range<Int>) -> Bool {
        var start = range.upperBound
        let ahead = min(bytes.count, start + Self.maxNameLength)
        while start < ahead, bytes[start] == 0x20 { start += 1 }
        var end = start
        while end < ahead, bytes[end] > 0x20 { end += 1 }
        if start > range.upperBound, isValue(start..<end) { return true }
        end = range.lowerBound
        let behind = max(0, end - Self.maxNameLength)
        while end > behind, bytes[end - 1] == 0x20 { end -= 1 }
        start = end
        while start > behind, bytes[start - 1] > 0x20 { start -= 1 }
        return end < range.lowerBound && isValue(start..<end)
    }

    /// Whether the bytes are a word, a hyphen and a number.
    private func isValue(_ range: Range<Int>) -> Bool {
        guard let hyphen = range.first(where: { bytes[$0] == 0x2D }), hyphen > range.lowerBound else { return false }
        let number = hyphen + 1..<range.upperBound
        return Self.isWord(kind(at: range.lowerBound).kind) && isDigit(number.lowerBound)
            && number.allSatisfy { isDigit($0) || bytes[$0] == 0x2E || bytes[$0] == 0x2A }
    }
}
