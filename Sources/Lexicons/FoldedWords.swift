import ClinicalText
import Foundation

/// The words of a text folded for lookup, so that a term and its spellings in notes become the same list of words.
///
/// A word is a run of letters, a run of digits, or another character on its own. Letters lose case, accents and the
/// endings of plural and possessive; hyphens, apostrophes and white space separate words and leave no trace; single
/// letters with full stops between them are one word: `Crohn's` and `crohns` are `crohn`, `b.i.d.` is `bid`, `5mg` is
/// `5` and `mg`.
public struct FoldedWords: Sendable {
    /// The folded bytes of all words, one after the other.
    package private(set) var bytes: [UInt8] = []
    /// Where each word ends in ``bytes``.
    private(set) var ends: [Int32] = []
    /// A hash of each word's bytes.
    private(set) var hashes: [UInt64] = []
    /// The span of each word in the text that was folded, in UTF-8 offsets.
    package private(set) var spans: [Range<Int32>] = []
    /// The tokens that each word lies in, first and last; empty for a term.
    package private(set) var firstTokens: [Int32] = []
    package private(set) var lastTokens: [Int32] = []

    /// The number of words.
    public var count: Int { ends.count }

    /// The folded word at `index`.
    public subscript(index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index]) }

    /// Whether the word is the first of its token.
    func startsToken(_ index: Int) -> Bool { index == 0 || lastTokens[index - 1] != firstTokens[index] }

    /// Whether the word is the last of its token.
    func endsToken(_ index: Int) -> Bool { index + 1 == count || firstTokens[index + 1] != lastTokens[index] }

    /// Folds a term; full stops at its end do not count.
    public init(term: String) {
        var term = term
        term.withUTF8 { fold($0) }
        let stop = Self.hash(of: [UInt8(ascii: ".")])
        while count > 1, hashes[count - 1] == stop { removeLast() }
        if !bytes.contains(where: { Self.classes[Int($0)] != Self.symbol || $0 >= 0x80 }) { self = FoldedWords() }
    }

    /// Folds a document's normalized text; `tokens` are the tokens' spans in that text, in its order.
    package init(normalized text: UnsafeBufferPointer<UInt8>, tokens: [TextSpan]) {
        bytes.reserveCapacity(text.count)
        ends.reserveCapacity(tokens.count)
        hashes.reserveCapacity(tokens.count)
        spans.reserveCapacity(tokens.count)
        fold(text)
        firstTokens.reserveCapacity(count)
        lastTokens.reserveCapacity(count)
        var token = 0
        for span in spans {
            while token + 1 < tokens.count, tokens[token].end <= Int(span.lowerBound) { token += 1 }
            firstTokens.append(Int32(token))
            while token + 1 < tokens.count, tokens[token].end < Int(span.upperBound) { token += 1 }
            lastTokens.append(Int32(token))
        }
    }

    private init() {}

    private mutating func removeLast() {
        bytes.removeLast(range(count - 1).count)
        ends.removeLast()
        hashes.removeLast()
        spans.removeLast()
    }

    // MARK: Folding

    private static let separator: UInt8 = 0
    private static let letter: UInt8 = 1
    private static let digit: UInt8 = 2
    private static let symbol: UInt8 = 3

    /// The class of each byte; those above ASCII are looked at as characters.
    private static let classes: [UInt8] = (0..<256).map { value in
        switch UInt8(value) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): letter
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit
        case 0...0x20, 0x7F, UInt8(ascii: "-"), UInt8(ascii: "'"): separator
        default: symbol
        }
    }

    private mutating func fold(_ text: UnsafeBufferPointer<UInt8>) {
        Self.classes.withUnsafeBufferPointer { classes in
            var index = 0
            while index < text.count {
                let byte = text[index]
                if byte >= 0x80 {
                    index = foldAboveASCII(text, from: index)
                    continue
                }
                switch classes[Int(byte)] {
                case Self.separator:
                    index += 1
                case Self.symbol:
                    append(text, index..<index + 1)
                    index += 1
                case Self.digit:
                    var end = index + 1
                    while end < text.count, text[end] < 0x80, classes[Int(text[end])] == Self.digit { end += 1 }
                    append(text, index..<end)
                    index = end
                default:
                    var end = index + 1
                    while end < text.count, text[end] < 0x80, classes[Int(text[end])] == Self.letter { end += 1 }
                    if end < text.count, text[end] >= 0x80 {
                        index = foldAboveASCII(text, from: index)
                    } else if end == index + 1 {
                        index = foldSingleLetter(text, at: index, classes)
                    } else {
                        appendLetters(text, index..<end)
                        index = end
                    }
                }
            }
        }
    }

    /// A letter on its own: the `s` of a possessive goes, `p.o.` becomes one word. Returns where to go on.
    private mutating func foldSingleLetter(
        _ text: UnsafeBufferPointer<UInt8>, at index: Int, _ classes: UnsafeBufferPointer<UInt8>
    ) -> Int {
        if text[index] | 0x20 == UInt8(ascii: "s"), index >= 2, text[index - 1] == UInt8(ascii: "'"),
            classes[Int(text[index - 2])] == Self.letter || text[index - 2] >= 0x80
        {
            return index + 1
        }
        func isSingleLetter(_ place: Int) -> Bool {
            place < text.count && classes[Int(text[place])] == Self.letter
                && (place + 1 == text.count || (classes[Int(text[place + 1])] != Self.letter && text[place + 1] < 0x80))
        }
        let start = bytes.count
        var last = index
        bytes.append(text[index] | 0x20)
        while last + 2 < text.count, text[last + 1] == UInt8(ascii: "."), isSingleLetter(last + 2) {
            last += 2
            bytes.append(text[last] | 0x20)
        }
        finishWord(from: start, span: index..<last + 1)
        // The full stop that closes an abbreviation belongs to it.
        return last > index && last + 1 < text.count && text[last + 1] == UInt8(ascii: ".") ? last + 2 : last + 1
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        let start = bytes.count
        bytes.append(contentsOf: text[range])
        finishWord(from: start, span: range)
    }

    private mutating func appendLetters(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        let start = bytes.count
        for index in range { bytes.append(text[index] | 0x20) }
        // `PVCs` is the plural of a short abbreviation; words of up to four letters keep their `s`: `does` is no `DOE`.
        let isAbbreviationPlural =
            range.count > 2 && text[range.upperBound - 1] == UInt8(ascii: "s")
            && text[range.lowerBound..<range.upperBound - 1].allSatisfy { $0 < UInt8(ascii: "a") }
        bytes.removeLast(Self.endingLength(bytes[start...], isAbbreviationPlural: isAbbreviationPlural))
        if range.count >= 5, text[range.upperBound - 1] | 0x20 == UInt8(ascii: "s"), bytes.last == UInt8(ascii: "i"),
            bytes.count - start == range.count - 2
        {
            bytes[bytes.count - 1] = UInt8(ascii: "y")
        }
        finishWord(from: start, span: range)
    }

    /// How many bytes at the end of a word in lower case are its plural: `biopsies`, `masses`, `fevers`, not `pelvis`.
    ///
    /// The `e` of words like `ache` goes too, so that singular and plural end alike.
    private static func endingLength(_ word: ArraySlice<UInt8>, isAbbreviationPlural: Bool) -> Int {
        if isAbbreviationPlural { return 1 }
        guard word.count >= 5 else { return 0 }
        func ends(_ suffix: StaticString, at end: Int) -> Bool {
            let length = suffix.utf8CodeUnitCount
            guard end - word.startIndex >= length else { return false }
            return suffix.withUTF8Buffer { word[(end - length)..<end].elementsEqual($0) }
        }
        var end = word.endIndex
        if ends("s", at: end), !ends("ss", at: end), !ends("us", at: end), !ends("is", at: end) {
            // `biopsies` keeps its `i`, which becomes `y`.
            if ends("ies", at: end), word.count >= 5 { return 2 }
            end -= 1
            if ends("use", at: end), word.count >= 6 { return 2 }
        }
        if ends("sse", at: end) || ends("che", at: end) || ends("she", at: end) || ends("xe", at: end) { end -= 1 }
        return word.endIndex - end
    }

    /// Folds one run of characters of one class that holds some above ASCII; returns where it ends.
    private mutating func foldAboveASCII(_ text: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
        // Longer words are folded in pieces; a character that the cut splits becomes a symbol and ends the run.
        var rest = String(decoding: text[index...].prefix(128), as: UTF8.self).unicodeScalars[...]
        guard let first = rest.first else { return text.count }
        let kind = Self.kind(of: first)
        var run = String.UnicodeScalarView()
        repeat {
            run.append(rest.removeFirst())
        } while kind != Self.symbol && rest.first.map { Self.kind(of: $0) == kind } == true
        let length = String(run).utf8.count
        guard kind != Self.separator else { return index + length }
        let start = bytes.count
        let folded = String(run).decomposedStringWithCanonicalMapping.lowercased()
        for scalar in folded.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
            bytes.append(contentsOf: String(scalar).utf8)
        }
        if kind == Self.letter {
            bytes.removeLast(Self.endingLength(bytes[start...], isAbbreviationPlural: false))
        }
        if bytes.count > start { finishWord(from: start, span: index..<index + length) }
        return index + length
    }

    private static func kind(of scalar: Unicode.Scalar) -> UInt8 {
        if scalar.isASCII { return classes[Int(scalar.value)] }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark:
            return letter
        case .decimalNumber: return digit
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format: return separator
        default: return symbol
        }
    }

    private mutating func finishWord(from start: Int, span: Range<Int>) {
        ends.append(Int32(bytes.count))
        hashes.append(Self.hash(of: bytes[start...]))
        spans.append(Int32(span.lowerBound)..<Int32(span.upperBound))
    }

    /// FNV-1a.
    private static func hash(of word: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return hash
    }
}
