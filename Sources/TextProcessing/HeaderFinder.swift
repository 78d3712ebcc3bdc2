import ClinicalText
import ICU

/// Finds the headers in one line of a note.
struct HeaderFinder {
    /// A header as found.
    struct Found {
        /// The header with its colon and what decorates it.
        var span: TextSpan
        /// What is known of it; nothing for an unknown header.
        var known: SectionHeaders.Header?
        /// Whether it has the line to itself.
        var hasOwnLine = false
        /// Whether it counts only where a section is open that it is part of.
        var needsParent = false
    }

    /// Longer runs before a colon are prose.
    private static let maxHeaderLength = 80
    /// A header within a line is looked for in so many bytes before its colon.
    private static let maxInlineLength = 60

    private static let letterCase = CodePointClasses([("[:L:]", 1), ("[[:Lu:][:Lt:]]", 2)])

    let headers: SectionHeaders
    let bytes: UnsafeBufferPointer<UInt8>
    /// Whether the note is written in capitals, so that a line in capitals is no header.
    let isInCapitals: Bool

    // MARK: At the start of a line

    /// The header that begins a line; `isFirst` tells whether it is the first of the text that is not blank,
    /// `followsBlank` whether it is the first of its paragraph.
    func header(of line: TextLine, isFirst: Bool, followsBlank: Bool) -> Found? {
        let start = line.contentStart + decoration(from: line.contentStart, to: line.contentEnd)
        guard start < line.contentEnd, canStartHeader(bytes[start]) else { return nil }
        let limit = min(line.contentEnd, start + Self.maxHeaderLength)
        let colon = self.colon(from: start, to: limit)
        if colon == limit, limit < line.contentEnd { return nil }
        let hasColon = colon < limit
        var wordsEnd = colon
        var end = hasColon ? colon + 1 : colon
        if start > line.contentStart || isDecoration(bytes[wordsEnd - 1]) {
            // `**Plan:**`, `**Plan**:`, `== PLAN ==`.
            while wordsEnd > start, isDecoration(bytes[wordsEnd - 1]) || bytes[wordsEnd - 1] == 0x20 { wordsEnd -= 1 }
            while end < line.contentEnd, isDecoration(bytes[end]) { end += 1 }
        }
        if start == line.contentStart { end = min(end, hasColon ? colon + 1 : line.contentEnd) }
        let span = TextSpan(start: line.contentStart, end: end)
        let hasOwnLine = end == line.contentEnd
        if let known = known(start..<wordsEnd, hasColon: hasColon) {
            return Found(span: span, known: known, hasOwnLine: hasOwnLine)
        }
        guard start == line.contentStart, !isDigit(bytes[start]),
            isUnknownHeader(
                start..<colon, hasColon: hasColon, hasOwnLine: hasOwnLine, followsBlank: followsBlank,
                isTitle: isFirst && isBlankBehind(line))
        else { return nil }
        return Found(span: span, known: nil, hasOwnLine: hasOwnLine)
    }

    /// The first colon outside brackets (`Labs (10:30):`), or `limit`.
    private func colon(from start: Int, to limit: Int) -> Int {
        var depth = 0
        var offset = start
        while offset < limit {
            switch bytes[offset] {
            case UInt8(ascii: ":") where depth == 0: return offset
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth = max(0, depth - 1)
            default: break
            }
            offset += 1
        }
        return limit
    }

    /// A known header, perhaps with more behind it: `Labs (3/4):`, `Labs [**2121-3-4**]:`, `LABS 3/4:`.
    private func known(_ words: Range<Int>, hasColon: Bool) -> SectionHeaders.Header? {
        if let header = headers.header(UnsafeBufferPointer(rebasing: bytes[words])) { return header }
        guard hasColon else { return nil }
        let cut = words.first { bytes[$0] == UInt8(ascii: "(") || bytes[$0] == UInt8(ascii: "[") || isDigit(bytes[$0]) }
        guard let cut, cut - words.lowerBound >= 3, bytes[cut - 1] <= 0x20 else { return nil }
        if isDigit(bytes[cut]), !bytes[cut..<words.upperBound].allSatisfy(isDatePart) { return nil }
        return headers.header(UnsafeBufferPointer(rebasing: bytes[words.lowerBound..<cut]))
    }

    private func isDatePart(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == 0x20
    }

    /// The length of `**`, `##` or `==` with the blanks behind it.
    private func decoration(from start: Int, to end: Int) -> Int {
        guard isDecoration(bytes[start]) else { return 0 }
        var offset = start
        while offset < end, bytes[offset] == bytes[start] { offset += 1 }
        // A single star is a bullet.
        if offset - start < 2, bytes[start] != UInt8(ascii: "#") { return 0 }
        while offset < end, bytes[offset] == 0x20 { offset += 1 }
        return offset - start
    }

    private func isDecoration(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "=")
    }

    // MARK: Unknown headers

    private func isBlankBehind(_ line: TextLine) -> Bool { line.next < bytes.count && bytes[line.next] <= 0x20 }

    private func isUnknownHeader(
        _ words: Range<Int>, hasColon: Bool, hasOwnLine: Bool, followsBlank: Bool, isTitle: Bool
    ) -> Bool {
        if !hasOwnLine, !hasColon { return false }
        if !hasColon, isInCapitals && !isTitle || !followsBlank { return false }
        var shape = (capitals: 0, blanks: 0, isInCapitals: true, isTitle: true)
        var offset = words.lowerBound
        var startsWord = true
        while offset < words.upperBound {
            let (value, count) = CodePoint.decode(bytes, at: offset)
            switch Self.letterCase[value] {
            case 1:
                shape.isInCapitals = false
                if startsWord, !isSmallWord(at: offset, in: words) { shape.isTitle = false }
                startsWord = false
            case 2:
                shape.capitals += 1
                startsWord = false
            default:
                if value == 0x20 { shape.blanks += 1 }
                if isDigit(bytes[offset]) || value == 0x2E { shape.isTitle = false }
                // `TO AUSCULTATION. HEART:` is the end of a sentence.
                if value == 0x2E, offset + 1 < words.upperBound, bytes[offset + 1] <= 0x20 { return false }
                startsWord = true
            }
            offset += count
        }
        if shape.isInCapitals, hasColon {
            return shape.capitals >= 4 && 2 * shape.capitals > words.count && (hasOwnLine || shape.blanks > 0)
        }
        guard hasOwnLine, followsBlank, words.count >= 5, shape.blanks < 6 else { return false }
        if shape.isInCapitals { return shape.isTitle && 4 * shape.capitals > 3 * (words.count - shape.blanks) }
        return hasColon && shape.isTitle
    }

    /// Whether a word in lower case may stand in a title.
    private func isSmallWord(at offset: Int, in words: Range<Int>) -> Bool {
        if offset == words.lowerBound { return false }
        var end = offset
        while end < words.upperBound, bytes[end] | 0x20 >= 0x61, bytes[end] | 0x20 <= 0x7A { end += 1 }
        switch end - offset {
        case 2: return true
        case 3: return ["and", "the", "for"].contains { $0.utf8.elementsEqual(bytes[offset..<end]) }
        case 4: return ["with", "from"].contains { $0.utf8.elementsEqual(bytes[offset..<end]) }
        default: return false
        }
    }

    // MARK: Within a line

    /// The known headers of a line behind `start`, before colons.
    ///
    /// A header within a line follows a full stop or a wide gap, is capitalized, and consists of several words or of
    /// capitals, or is a part by nature of an open section (`Lungs: clear. Heart: regular.`). If `isLoose`, in a line that
    /// begins with a header or is very long, it may be any known header, or follow any word.
    func inlineHeaders(from start: Int, of line: TextLine, isLoose: Bool) -> [Found] {
        var found: [Found] = []
        var offset = start
        var lowest = start
        if start == line.contentStart, let marker = ListMarker.end(in: line, of: bytes) {
            // `1. Neuro: alert` is an item.
            lowest = marker
            while lowest < line.contentEnd, bytes[lowest] <= 0x20 { lowest += 1 }
        }
        while offset < line.contentEnd {
            guard let colon = bytes[offset..<line.contentEnd].firstIndex(of: UInt8(ascii: ":")) else { break }
            offset = colon + 1
            if let header = inlineHeader(
                endingAt: colon, from: max(lowest, colon - Self.maxInlineLength), isLoose: isLoose)
            {
                found.append(header)
                lowest = offset
            }
        }
        return found
    }

    private func inlineHeader(endingAt colon: Int, from lowest: Int, isLoose: Bool) -> Found? {
        guard colon > lowest, isLetter(bytes[colon - 1]) || bytes[colon - 1] == UInt8(ascii: ")") else { return nil }
        var best: Found?
        var start = colon - 1
        // Word by word to the left; the longest known header counts.
        while start > lowest {
            while start > lowest, bytes[start - 1] > 0x20 { start -= 1 }
            guard start > lowest else { break }
            let isClear = isClearStart(start, lowest: lowest)
            if isClear || isLoose, isCapital(bytes[start]),
                let known = headers.header(UnsafeBufferPointer(rebasing: bytes[start..<colon])),
                let needsParent = needsParent(start..<colon, known: known, isClear: isClear, isLoose: isLoose)
            {
                best = Found(span: TextSpan(start: start, end: colon + 1), known: known, needsParent: needsParent)
            }
            if isClear { break }
            start -= 1
            while start > lowest, bytes[start - 1] <= 0x20 { start -= 1 }
        }
        return best
    }

    /// Whether a full stop, a colon, a semicolon, a bar or a wide gap stands before a word.
    private func isClearStart(_ start: Int, lowest: Int) -> Bool {
        guard start >= 2, bytes[start - 1] <= 0x20 else { return false }
        if bytes[start - 2] <= 0x20 || bytes[start - 1] == 0x09 { return true }
        switch bytes[start - 2] {
        case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "?"): return true
        default: return false
        }
    }

    /// Whether a header within a line must be part of the section it stands in; nothing if it is none anyway.
    private func needsParent(
        _ words: Range<Int>, known: SectionHeaders.Header, isClear: Bool, isLoose: Bool
    ) -> Bool? {
        let isInCapitals = words.count >= 2 && bytes[words].allSatisfy { !isLetter($0) || isCapital($0) }
        if isInCapitals || bytes[words].contains(0x20) { return false }
        guard isClear, words.count >= 3, known.isPart || isLoose else { return nil }
        return known.isPart
    }

    // MARK: Bytes

    private func canStartHeader(_ byte: UInt8) -> Bool { byte >= 0x80 || isLetter(byte) || isDigit(byte) }

    private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
