import ClinicalText
import ICU

/// One walk over a text that collects its tokens.
struct WordScan {
    /// More groups of digits between dots and commas are a list.
    private static let maxGroups = 6

    let bytes: UnsafeBufferPointer<UInt8>
    let asciiClasses: UnsafeBufferPointer<UInt8>
    private let configuration: WordSplitter.Configuration
    private let joins: Bool
    private(set) var tokens: [Token] = []

    init(
        bytes: UnsafeBufferPointer<UInt8>, asciiClasses: UnsafeBufferPointer<UInt8>,
        configuration: WordSplitter.Configuration
    ) {
        self.bytes = bytes
        self.asciiClasses = asciiClasses
        self.configuration = configuration
        joins =
            !(configuration.partsUnits && configuration.partsSlashes && configuration.partsFractions
            && configuration.partsHyphens)
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
            var end = end(ofTokenAt: offset, kind: kind, count: count)
            if joins, Self.isWord(kind) { end = endOfJoined(from: offset, end: end) }
            tokens.append(Token(span: TextSpan(start: offset, end: end)))
            offset = end
        }
    }

    /// The class and length of the character at `offset`.
    @inline(__always)
    func kind(at offset: Int) -> (kind: UInt8, count: Int) {
        let byte = bytes[offset]
        if byte < 0x80 { return (asciiClasses[Int(byte)], 1) }
        let (value, count) = CodePoint.decode(bytes, at: offset)
        return (WordClass.classes[value], count)
    }

    /// The class of the character at `offset`, white space at the end of the text.
    @inline(__always)
    func kind(from offset: Int) -> UInt8 { offset < bytes.count ? kind(at: offset).kind : WordClass.space }

    @inline(__always)
    func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    func isDigit(_ offset: Int) -> Bool { byte(offset) >= 0x30 && byte(offset) <= 0x39 }

    @inline(__always)
    static func isLetter(_ kind: UInt8) -> Bool { kind == WordClass.letter || kind == WordClass.capital }

    @inline(__always)
    static func isWord(_ kind: UInt8) -> Bool { kind >= WordClass.letter && kind <= WordClass.mark }

    private func end(ofTokenAt offset: Int, kind: UInt8, count: Int) -> Int {
        let first = bytes[offset]
        if DeidentificationMarks.mayStart(first), configuration.keepsDeidentificationMarks,
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
            if configuration.partsPossessives, let end = endOfPossessive(at: offset), followsWord(offset) { return end }
            return endOfSymbol(from: offset + count)
        }
    }

    /// The end of a token that ends at `end` by the rules, after what the configuration does not part from it.
    private func endOfJoined(from start: Int, end: Int) -> Int {
        var end = end
        while end < bytes.count {
            let last = kind(before: end)
            guard Self.isWord(last) else { break }
            var next = end
            switch bytes[end] {
            case UInt8(ascii: "/"):
                let isFraction = isDigit(end + 1) && last == WordClass.digit
                if configuration.partsSlashes && !(isFraction && !configuration.partsFractions) { return end }
                next += 1
            case UInt8(ascii: "-"):
                if configuration.partsHyphens { return end }
                next += 1
            default:
                if configuration.partsUnits { return end }
            }
            guard next < bytes.count else { break }
            let (kind, count) = kind(at: next)
            guard Self.isWord(kind) else { break }
            end = self.end(ofTokenAt: next, kind: kind, count: count)
        }
        return end
    }

    /// The class of the character that ends at `end`.
    private func kind(before end: Int) -> UInt8 {
        var start = end - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return kind(at: start).kind
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

    func endOfDigits(at offset: Int) -> Int {
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
        if end - offset == 1, configuration.keepsDottedAbbreviations, let dotted = endOfDotted(from: end) {
            return dotted
        }
        while let mark = apostrophe(at: end), Self.isLetter(kind(from: end + mark)),
            !configuration.partsPossessives || endOfPossessive(at: end) == nil
        {
            end = endOfLetters(at: end + mark)
        }
        guard configuration.keepsNumberedNames else { return end }
        if byte(end) == UInt8(ascii: "-"), isDigit(end + 1) {
            return endOfInterval(at: offset, hyphen: end) ?? endOfNumberedName(at: offset, hyphen: end) ?? end
        }
        if byte(end) == UInt8(ascii: "-"), let name = endOfNumberedName(at: offset, hyphen: end) { return name }
        return end
    }

    /// The end of the letters and digits at `offset`; a long lower-case word or a unit does not run into a dose
    /// (`lisinopril|10|mg`, `3|mg|3|mg`).
    func endOfLetters(at offset: Int) -> Int {
        var end = offset
        var next = offset
        var lowerCase = 0
        var hasDigit = false
        // Most words are letters of ASCII to their end.
        while next < bytes.count, bytes[next] < 0x80 {
            let kind = asciiClasses[Int(bytes[next])]
            guard Self.isLetter(kind) else { break }
            lowerCase += kind == WordClass.letter ? 1 : 0
            next += 1
        }
        end = next
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
}
