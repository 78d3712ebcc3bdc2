import ClinicalText

/// An abbreviation that a text itself explains.
public struct AbbreviationDefinition: Hashable, Sendable {
    /// Where the words stand (`congestive heart failure`).
    public var longForm: TextSpan
    /// Where the abbreviation stands (`CHF`), without the parentheses.
    public var shortForm: TextSpan
}

/// Finds abbreviations that a text explains in parentheses, in both orders: `congestive heart failure (CHF)` and
/// `CHF (congestive heart failure)`.
///
/// Source: A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
/// text", Pacific Symposium on Biocomputing 8 (2003).
public enum AbbreviationDefinitions {
    /// A parenthesis with more tokens explains no abbreviation.
    private static let maxReach = 40

    /// The definitions in a document, in the order of the text.
    public static func find(in segmented: SegmentedDocument) -> [AbbreviationDefinition] {
        var text = segmented.document.text
        return text.withUTF8 { bytes in
            segmented.segmentation.sentences.flatMap { sentence in
                definitions(in: segmented.segmentation.tokens[sentence.tokens], bytes: bytes)
            }
        }
    }

    private static func definitions(
        in tokens: ArraySlice<Token>, bytes: UnsafeBufferPointer<UInt8>
    ) -> [AbbreviationDefinition] {
        var definitions: [AbbreviationDefinition] = []
        for open in tokens.indices where isByte(UInt8(ascii: "("), tokens[open], bytes) {
            let reach = tokens[open...].prefix(maxReach)
            guard let close = reach.firstIndex(where: { isByte(UInt8(ascii: ")"), $0, bytes) }),
                open > tokens.startIndex, close > open + 1
            else { continue }
            // `(CHF; see below)`: what the parenthesis says first counts.
            let end =
                tokens[open + 1..<close].firstIndex {
                    isByte(UInt8(ascii: ";"), $0, bytes) || isByte(UInt8(ascii: ","), $0, bytes)
                } ?? close
            guard end > open + 1 else { continue }
            let inside = hull(tokens[open + 1..<end])
            let before = tokens[tokens.startIndex..<open]
            if isShortForm(inside, bytes), let long = longForm(of: inside, in: before, bytes: bytes) {
                definitions.append(AbbreviationDefinition(longForm: long, shortForm: inside))
            } else if let short = before.last?.span, isShortForm(short, bytes),
                let long = longForm(of: short, in: tokens[open + 1..<end], bytes: bytes), long.start == inside.start
            {
                definitions.append(AbbreviationDefinition(longForm: long, shortForm: short))
            }
        }
        return definitions
    }

    private static func hull(_ tokens: ArraySlice<Token>) -> TextSpan {
        TextSpan(start: tokens[tokens.startIndex].span.start, end: tokens[tokens.endIndex - 1].span.end)
    }

    private static func isByte(_ byte: UInt8, _ token: Token, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        token.span.count == 1 && bytes[token.span.start] == byte
    }

    /// Two to ten bytes and at most two words, with a letter, starting with a letter or digit.
    private static func isShortForm(_ span: TextSpan, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let form = bytes[span.range]
        return (2...10).contains(span.count) && form.count { $0 <= 0x20 } <= 1 && isWordByte(bytes[span.start])
            && form.contains { isWordByte($0) && !($0 >= 0x30 && $0 <= 0x39) }
    }

    /// The shortest run of words at the end of `tokens` that has the short form's letters in their order, the first of
    /// them at the start of a word.
    private static func longForm(
        of short: TextSpan, in tokens: ArraySlice<Token>, bytes: UnsafeBufferPointer<UInt8>
    ) -> TextSpan? {
        let letters = bytes[short.range].filter(isWordByte)
        let maxWords = min(letters.count + 5, 2 * letters.count)
        var words = 0
        var first = tokens.endIndex
        while first > tokens.startIndex, words < maxWords {
            first -= 1
            if isWordByte(bytes[tokens[first].span.start]) { words += 1 }
        }
        guard first < tokens.endIndex else { return nil }
        let start = tokens[first].span.start
        let end = tokens[tokens.endIndex - 1].span.end
        var place = end
        for (index, letter) in letters.enumerated().reversed() {
            repeat {
                place -= 1
                if place < start { return nil }
            } while lowered(bytes[place]) != lowered(letter)
                || index == 0 && place > start && isWordByte(bytes[place - 1])
        }
        let span = TextSpan(start: place, end: end)
        let repeatsShortForm = tokens.contains {
            $0.span.start >= place && bytes[$0.span.range].elementsEqual(bytes[short.range])
        }
        return span.count > short.count && !repeatsShortForm ? span : nil
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
