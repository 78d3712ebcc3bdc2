import ClinicalText

/// Converts between spans of a note and the positions of the i2b2 line formats, `LINE:TOKEN`.
///
/// Lines end at line feeds; a carriage return at a line's end belongs to no token but counts in the text.
struct LineTokenOffsets: Sendable {
    /// What a token is.
    enum Tokenization: Sendable {
        /// A maximal run of characters that are no white space (of any script): `split()` in Python.
        case whitespaceRuns
        /// What stands between two single blanks, so that a leading or double blank makes an empty token.
        case singleSpace
    }

    /// Why a place is none in the note.
    enum Problem: Equatable {
        /// It ends before it starts.
        case reversed
        /// Its line is below 1 or its token below 0.
        case negative(LineTokenPosition)
        /// The note has fewer lines.
        case noLine(LineTokenPosition)
        /// The line has fewer tokens; how many is given.
        case noToken(LineTokenPosition, count: Int)
    }

    /// Of every token, its UTF-8 offsets without white space at the edges; a token of blanks is empty.
    private var starts: [Int] = []
    private var ends: [Int] = []
    /// Of every line, the number of its first token.
    private var firstTokens: [Int] = []

    /// Finds the tokens of `text`.
    init(_ text: String, tokens: Tokenization = .whitespaceRuns) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            while true {
                let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
                let hasReturn = end > start && bytes[end - 1] == 0x0D
                firstTokens.append(starts.count)
                switch tokens {
                case .whitespaceRuns: addRuns(of: bytes, start..<(hasReturn ? end - 1 : end))
                case .singleSpace: addPieces(of: bytes, start..<(hasReturn ? end - 1 : end))
                }
                if end == bytes.count { break }
                start = end + 1
            }
        }
    }

    /// How many lines the note has; the last one counts if it holds a token.
    var lineCount: Int { firstTokens.last == starts.count ? firstTokens.count - 1 : firstTokens.count }

    /// The span of a place, or nothing if the note has no such place or only blanks stand at its ends.
    func span(of place: LineTokenPlace) -> TextSpan? {
        guard problem(with: place) == nil, let first = index(of: place.first), let last = index(of: place.last),
            starts[first] < ends[first], starts[last] < ends[last]
        else { return nil }
        return TextSpan(start: starts[first], end: ends[last])
    }

    /// Why the note has no such place, or nothing if it has.
    func problem(with place: LineTokenPlace) -> Problem? {
        for position in [place.first, place.last] where index(of: position) == nil {
            if position.line < 1 || position.token < 0 { return .negative(position) }
            guard position.line <= firstTokens.count else { return .noLine(position) }
            return .noToken(position, count: tokens(ofLine: position.line).count)
        }
        return place.last < place.first ? .reversed : nil
    }

    /// The tokens that a span of the text touches, and whether it is exactly theirs; nothing for a span of white space.
    ///
    /// Only for ``Tokenization/whitespaceRuns``, whose tokens are never empty.
    func place(of span: TextSpan) -> (place: LineTokenPlace, isExact: Bool)? {
        let first = Self.firstIndex(in: ends) { $0 > span.start }
        let last = Self.firstIndex(in: starts) { $0 >= span.end } - 1
        guard first <= last else { return nil }
        let place = LineTokenPlace(first: position(ofToken: first), last: position(ofToken: last))
        return (place, starts[first] == span.start && ends[last] == span.end)
    }

    private func tokens(ofLine line: Int) -> Range<Int> {
        firstTokens[line - 1]..<(line < firstTokens.count ? firstTokens[line] : starts.count)
    }

    private func index(of position: LineTokenPosition) -> Int? {
        guard position.line >= 1, position.line <= firstTokens.count, position.token >= 0 else { return nil }
        let tokens = tokens(ofLine: position.line)
        return position.token < tokens.count ? tokens.lowerBound + position.token : nil
    }

    private func position(ofToken token: Int) -> LineTokenPosition {
        // Lines without tokens share their first token's number with the line that has it, which is the last of them.
        let line = Self.firstIndex(in: firstTokens) { $0 > token }
        return LineTokenPosition(line: line, token: token - firstTokens[line - 1])
    }

    /// The first index at which an ordered array fulfills a condition that all later ones fulfill as well.
    private static func firstIndex(in numbers: [Int], where condition: (Int) -> Bool) -> Int {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if condition(numbers[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private mutating func addRuns(of bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
        var position = line.lowerBound
        while position < line.upperBound {
            let space = Self.spaceLength(in: bytes, at: position)
            if space > 0 {
                position += space
                continue
            }
            starts.append(position)
            repeat { position += 1 } while position < line.upperBound && Self.spaceLength(in: bytes, at: position) == 0
            ends.append(position)
        }
    }

    private mutating func addPieces(of bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
        var start = line.lowerBound
        while true {
            let end = bytes[start..<line.upperBound].firstIndex(of: 0x20) ?? line.upperBound
            addPiece(of: bytes, start..<end)
            if end == line.upperBound { break }
            start = end + 1
        }
    }

    private mutating func addPiece(of bytes: UnsafeBufferPointer<UInt8>, _ piece: Range<Int>) {
        var position = piece.lowerBound
        var start: Int?
        var end = position
        while position < piece.upperBound {
            let space = Self.spaceLength(in: bytes, at: position)
            if space == 0 {
                start = start ?? position
                end = position + 1
            }
            position += max(space, 1)
        }
        starts.append(start ?? end)
        ends.append(end)
    }

    /// How many bytes the white space at an offset of valid UTF-8 has (Unicode's property `White_Space`); 0 for
    /// another character.
    private static func spaceLength(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        let byte = bytes[position]
        if byte < 0x80 { return Surface.isSpace(byte) ? 1 : 0 }
        switch byte {
        case 0xC2: return bytes[position + 1] == 0x85 || bytes[position + 1] == 0xA0 ? 2 : 0
        case 0xE1: return bytes[position + 1] == 0x9A && bytes[position + 2] == 0x80 ? 3 : 0
        case 0xE2:
            switch (bytes[position + 1], bytes[position + 2]) {
            case (0x80, 0x80...0x8A), (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF), (0x81, 0x9F): return 3
            default: return 0
            }
        case 0xE3: return bytes[position + 1] == 0x80 && bytes[position + 2] == 0x80 ? 3 : 0
        default: return 0
        }
    }
}
