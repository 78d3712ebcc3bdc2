import ClinicalText

/// Finds the marks that stand where a de-identified note had names, dates and numbers.
///
/// Known are `[**…**]` (MIMIC-II and III, may run over a line end), a run of at least two underscores (MIMIC-IV), a
/// word of at least three capital X, De-ID's `**NAME[…]` and `**INSTITUTION`, and words for what was removed in angle
/// or square brackets (`<DATE>`, `[Patient Name]`). The last three count only if every word is one that such marks are
/// made of and the first is capitalized: `[doctor]` is a speaker, `<HTN>` a diagnosis. The elements `<PHI TYPE="…">` of
/// i2b2 2006 are markup, which the reader of that format takes away.
public enum DeidentificationMarks {
    /// A mark without its end within so many bytes is no mark.
    private static let maxLength = 400
    /// Longer runs of words in brackets are text.
    private static let maxWordsLength = 40

    /// The marks in `text`, in order.
    public static func marks(in text: String) -> [DeidentificationMark] {
        var text = text
        return text.withUTF8 { bytes in
            var marks: [DeidentificationMark] = []
            var offset = 0
            while offset < bytes.count {
                if mayStart(bytes[offset]), let mark = mark(at: offset, in: bytes) {
                    marks.append(mark)
                    offset = mark.span.end
                } else {
                    offset += 1
                }
            }
            return marks
        }
    }

    /// Where the marks in `text` stand, in order.
    public static func spans(in text: String) -> [TextSpan] { marks(in: text).map(\.span) }

    /// Whether a mark may start with `byte`.
    @inline(__always)
    static func mayStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "[") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "X")
            || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "<")
    }

    /// The mark that starts at `offset`, or nothing if none does.
    static func mark(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> DeidentificationMark? {
        func mark(_ end: Int, _ kind: DeidentificationMark.Kind, _ style: DeidentificationMark.Style)
            -> DeidentificationMark
        {
            DeidentificationMark(span: TextSpan(start: offset, end: end), kind: kind, style: style)
        }
        switch bytes[offset] {
        case UInt8(ascii: "["):
            if let end = endOfStarredBrackets(at: offset, in: bytes) {
                let words = UnsafeBufferPointer(rebasing: bytes[offset + 3..<end - 3])
                return mark(end, DeidentificationVocabulary.kind(ofOpen: words), .starredBrackets)
            }
            return words(at: offset, until: UInt8(ascii: "]"), in: bytes).map { mark($0.end, $0.kind, .squareBrackets) }
        case UInt8(ascii: "<"):
            return words(at: offset, until: UInt8(ascii: ">"), in: bytes).map { mark($0.end, $0.kind, .angleBrackets) }
        case UInt8(ascii: "*"):
            return starred(at: offset, in: bytes).map { mark($0.end, $0.kind, .starred) }
        case UInt8(ascii: "_"):
            return endOfRun(at: offset, in: bytes, minimum: 2).map { mark($0, .unknown, .underscores) }
        case UInt8(ascii: "X"):
            return endOfX(at: offset, in: bytes).map { mark($0, .unknown, .capitalX) }
        default:
            return nil
        }
    }

    /// Where the mark that starts at `offset` ends, or nothing if none starts there.
    static func end(ofMarkAt offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        mark(at: offset, in: bytes)?.span.end
    }

    // MARK: Brackets

    private static func endOfStarredBrackets(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let star = UInt8(ascii: "*")
        guard offset + 2 < bytes.count, bytes[offset + 1] == star, bytes[offset + 2] == star else { return nil }
        var end = offset + 3
        let limit = min(bytes.count, offset + maxLength) - 2
        while end < limit {
            if bytes[end] == star, bytes[end + 1] == star, bytes[end + 2] == UInt8(ascii: "]") { return end + 3 }
            // A second mark that opens first tells that this one was never closed.
            if bytes[end] == UInt8(ascii: "["), bytes[end + 1] == star, bytes[end + 2] == star { return nil }
            end += 1
        }
        return nil
    }

    /// A mark of known words, the first of them capitalized, between a bracket and `close`.
    private static func words(
        at offset: Int, until close: UInt8, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (end: Int, kind: DeidentificationMark.Kind)? {
        let start = offset + 1
        guard start < bytes.count, isCapital(bytes[start]) else { return nil }
        let limit = min(bytes.count, start + maxWordsLength)
        var end = start
        while end < limit, bytes[end] != close {
            guard isWordByte(bytes[end]) || isJoint(bytes[end]) else { return nil }
            end += 1
        }
        guard end < limit,
            let kind = DeidentificationVocabulary.kind(
                ofClosed: UnsafeBufferPointer(rebasing: bytes[start..<end]))
        else { return nil }
        return (end + 1, kind)
    }

    /// `**NAME[AAA, BBB M]` or `**ID-NUM`; `**DATE**` is a word in bold.
    private static func starred(
        at offset: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (end: Int, kind: DeidentificationMark.Kind)? {
        let start = offset + 2
        guard start < bytes.count, bytes[offset + 1] == UInt8(ascii: "*"), isCapital(bytes[start]),
            offset == 0 || bytes[offset - 1] != UInt8(ascii: "*")
        else { return nil }
        let limit = min(bytes.count, start + maxWordsLength)
        var end = start
        while end < limit,
            isCapital(bytes[end])
                || bytes[end] == UInt8(ascii: "-") && end + 1 < limit
                    && isCapital(bytes[end + 1])
        {
            end += 1
        }
        guard end == bytes.count || !isWordByte(bytes[end]) && bytes[end] != UInt8(ascii: "*"),
            let kind = DeidentificationVocabulary.kind(ofClosed: UnsafeBufferPointer(rebasing: bytes[start..<end]))
        else { return nil }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "[") else { return (end, kind) }
        let reach = bytes[end..<min(bytes.count, offset + maxLength)]
        return (reach.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? end, kind)
    }

    // MARK: Runs

    private static func endOfX(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        if offset > 0, isWordByte(bytes[offset - 1]) { return nil }
        guard let end = endOfRun(at: offset, in: bytes, minimum: 3) else { return nil }
        return end < bytes.count && isWordByte(bytes[end]) ? nil : end
    }

    private static func endOfRun(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, minimum: Int) -> Int? {
        var end = offset + 1
        while end < bytes.count, bytes[end] == bytes[offset] { end += 1 }
        return end - offset >= minimum ? end : nil
    }

    private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private static func isJoint(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}
