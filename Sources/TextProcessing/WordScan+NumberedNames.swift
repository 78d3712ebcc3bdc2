/// Names and intervals that hold a hyphen and a number.
extension WordScan {
    /// Longer names and values are not looked at, which keeps the walk linear on any text.
    private static let maxNameLength = 40

    /// The end of `q4-6h`.
    func endOfInterval(at offset: Int, hyphen: Int) -> Int? {
        guard byte(offset) | 0x20 == UInt8(ascii: "q"), isDigit(offset + 1) else { return nil }
        let end = endOfDigits(at: hyphen + 1)
        guard byte(end) | 0x20 == UInt8(ascii: "h") || byte(end) | 0x20 == UInt8(ascii: "d") else { return nil }
        return Self.isWord(kind(from: end + 1)) ? nil : end + 1
    }

    /// The end of a name like `COVID-19` or `SARS-CoV-2`: parts with two capitals each, and a small number.
    func endOfNumberedName(at offset: Int, hyphen: Int) -> Int? {
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
