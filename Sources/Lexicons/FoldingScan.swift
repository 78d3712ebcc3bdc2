import Foundation

/// One walk over a text that folds its words into a buffer, which has room for all of them.
struct FoldingScan {
    private static let separator: UInt8 = 0
    private static let letter: UInt8 = 1
    private static let digit: UInt8 = 2
    private static let symbol: UInt8 = 3

    /// The class of each byte; those above ASCII are looked at as characters.
    static let classes: [UInt8] = (0..<256).map { value in
        switch UInt8(value) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): letter
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit
        case 0...0x20, 0x7F, UInt8(ascii: "-"), UInt8(ascii: "'"): separator
        default: symbol
        }
    }

    /// Whether a byte is an ASCII symbol, which alone makes no term.
    static func isSymbol(_ byte: UInt8) -> Bool { byte < 0x80 && classes[Int(byte)] == symbol }

    private let text: UnsafeBufferPointer<UInt8>
    private let output: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private let classes: UnsafeBufferPointer<UInt8>
    private var length = 0
    private(set) var words: [FoldedWords.Word]

    init(
        text: UnsafeBufferPointer<UInt8>, output: UnsafeMutablePointer<UInt8>, capacity: Int,
        classes: UnsafeBufferPointer<UInt8>, words: [FoldedWords.Word]
    ) {
        self.text = text
        self.output = output
        self.capacity = capacity
        self.classes = classes
        self.words = words
    }

    mutating func run() {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte >= 0x80 {
                index = foldAboveASCII(from: index)
                continue
            }
            switch classes[Int(byte)] {
            case Self.separator:
                index += 1
            case Self.symbol:
                append(index..<index + 1)
                index += 1
            case Self.digit:
                var end = index + 1
                while end < text.count, text[end] < 0x80, classes[Int(text[end])] == Self.digit { end += 1 }
                append(index..<end)
                index = end
            default:
                var end = index + 1
                while end < text.count, text[end] < 0x80, classes[Int(text[end])] == Self.letter { end += 1 }
                if end < text.count, text[end] >= 0x80 {
                    index = foldAboveASCII(from: index)
                } else if end == index + 1 {
                    index = foldSingleLetter(at: index)
                } else {
                    appendLetters(index..<end)
                    index = end
                }
            }
        }
    }

    /// A letter on its own: the `s` of a possessive goes, `p.o.` becomes one word. Returns where to go on.
    private mutating func foldSingleLetter(at index: Int) -> Int {
        if text[index] | 0x20 == UInt8(ascii: "s"), index >= 2, text[index - 1] == UInt8(ascii: "'"),
            classes[Int(text[index - 2])] == Self.letter || text[index - 2] >= 0x80
        {
            if !words.isEmpty { words[words.count - 1].marks.insert(.inflected) }
            return index + 1
        }
        let start = length
        var last = index
        put(text[index] | 0x20)
        while last + 2 < text.count, text[last + 1] == UInt8(ascii: "."), isSingleLetter(last + 2) {
            last += 2
            put(text[last] | 0x20)
        }
        finishWord(from: start, span: index..<last + 1)
        // The full stop that closes an abbreviation belongs to it.
        return last > index && last + 1 < text.count && text[last + 1] == UInt8(ascii: ".") ? last + 2 : last + 1
    }

    private func isSingleLetter(_ place: Int) -> Bool {
        place < text.count && classes[Int(text[place])] == Self.letter
            && (place + 1 == text.count || (classes[Int(text[place + 1])] != Self.letter && text[place + 1] < 0x80))
    }

    private mutating func append(_ range: Range<Int>) {
        let start = length
        for index in range { put(text[index]) }
        finishWord(from: start, span: range)
    }

    private mutating func appendLetters(_ range: Range<Int>) {
        let start = length
        for index in range { put(text[index] | 0x20) }
        var marks: FoldedWords.Marks = []
        let last = text[range.upperBound - 1]
        // What follows is only about words that end in `s` or `e`.
        if last | 0x20 == UInt8(ascii: "s") || last | 0x20 == UInt8(ascii: "e") {
            // `PVCs` is the plural of a short abbreviation; words of up to four letters keep their `s`: `does` is no
            // `DOE`.
            let isAbbreviationPlural =
                range.count > 2 && last == UInt8(ascii: "s")
                && text[range.lowerBound..<range.upperBound - 1].allSatisfy { $0 < UInt8(ascii: "a") }
            let ending = endingLength(from: start, isAbbreviationPlural: isAbbreviationPlural)
            length -= ending
            // The `e` that `ache` loses is no inflection.
            if ending > 0, last | 0x20 == UInt8(ascii: "s") { marks = .inflected }
            if range.count >= 5, last | 0x20 == UInt8(ascii: "s"), ending == 2,
                output[length - 1] == UInt8(ascii: "i")
            {
                output[length - 1] = UInt8(ascii: "y")
            }
        }
        finishWord(from: start, span: range, marks: marks)
    }

    /// How many bytes at the end of the word in lower case are its plural: `biopsies`, `masses`, `fevers`, not `pelvis`.
    ///
    /// The `e` of words like `ache` goes too, so that singular and plural end alike.
    private func endingLength(from start: Int, isAbbreviationPlural: Bool) -> Int {
        if isAbbreviationPlural { return 1 }
        guard length - start >= 5 else { return 0 }
        func ends(_ suffix: StaticString, at end: Int) -> Bool {
            let count = suffix.utf8CodeUnitCount
            guard end - start >= count else { return false }
            return suffix.withUTF8Buffer { suffix in
                for index in 0..<count where output[end - count + index] != suffix[index] { return false }
                return true
            }
        }
        var end = length
        if ends("s", at: end), !ends("ss", at: end), !ends("us", at: end), !ends("is", at: end) {
            // `biopsies` keeps its `i`, which becomes `y`.
            if ends("ies", at: end) { return 2 }
            end -= 1
            if ends("use", at: end), length - start >= 6 { return 2 }
        }
        if ends("sse", at: end) || ends("che", at: end) || ends("she", at: end) || ends("xe", at: end) { end -= 1 }
        return length - end
    }

    /// Folds one run of characters of one class that holds some above ASCII; returns where it ends.
    private mutating func foldAboveASCII(from index: Int) -> Int {
        // Longer words are folded in pieces; a character that the cut splits becomes a symbol and ends the run.
        var rest = String(decoding: text[index...].prefix(128), as: UTF8.self).unicodeScalars[...]
        guard let first = rest.first else { return text.count }
        let kind = kind(of: first)
        var run = String.UnicodeScalarView()
        repeat {
            run.append(rest.removeFirst())
        } while kind != Self.symbol && rest.first.map { self.kind(of: $0) == kind } == true
        let count = min(String(run).utf8.count, text.count - index)
        guard kind != Self.separator else { return index + count }
        let start = length
        let folded = String(run).decomposedStringWithCanonicalMapping.lowercased()
        for scalar in folded.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
            for byte in String(scalar).utf8 where length + FoldedWords.padding < capacity { put(byte) }
        }
        var marks: FoldedWords.Marks = []
        if kind == Self.letter {
            let ending = endingLength(from: start, isAbbreviationPlural: false)
            if ending > 0, output[length - 1] == UInt8(ascii: "s") { marks = .inflected }
            length -= ending
        }
        if length > start { finishWord(from: start, span: index..<index + count, marks: marks) }
        return index + count
    }

    private func kind(of scalar: Unicode.Scalar) -> UInt8 {
        if scalar.isASCII { return classes[Int(scalar.value)] }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark:
            return Self.letter
        case .decimalNumber: return Self.digit
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format: return Self.separator
        default: return Self.symbol
        }
    }

    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        output[length] = byte
        length += 1
    }

    private mutating func finishWord(from start: Int, span: Range<Int>, marks: FoldedWords.Marks = []) {
        var marks = marks
        if span.lowerBound > 0, text[span.lowerBound - 1] == UInt8(ascii: "-"),
            words.last?.stop == Int32(span.lowerBound - 1)
        {
            marks.insert(.hyphenated)
        }
        let place = Int32(words.count)
        words.append(
            FoldedWords.Word(
                hash: WordHash.hash(UnsafeRawPointer(output + start), length - start), end: Int32(length),
                start: Int32(span.lowerBound), stop: Int32(span.upperBound), firstToken: place, lastToken: place,
                marks: marks))
    }
}
