/// Splits a line of the i2b2 line formats into its fields.
///
/// A text may hold quotation marks (`c="a " leaky valve "" 10:5 10:9`): it ends at the first one that is followed by
/// nothing but places before the end of the line or two bars. The slips that are known from the corpora are read: three
/// bars instead of two, a blank instead of the comma between places.
struct LineTokenParser {
    /// What follows a quotation mark that ends a text.
    private struct Tail {
        var positions: [Range<Int>] = []
        /// Of each position but the first, whether a comma stands before it.
        var commas: [Bool] = []
        var end = 0
    }

    private static let quote = UInt8(ascii: "\"")
    private static let bar = UInt8(ascii: "|")
    private static let comma = UInt8(ascii: ",")

    private let bytes: ArraySlice<UInt8>
    private let line: Int
    private let file: String
    private var position: Int
    /// See ``LineTokenRecord/oddities``.
    private(set) var oddities: [String] = []

    init(_ bytes: ArraySlice<UInt8>, line: Int, file: String) {
        self.bytes = bytes
        self.line = line
        self.file = file
        position = bytes.startIndex
    }

    /// The fields of the line.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)``.
    mutating func fields() throws -> [LineTokenRecord.Field] {
        var fields: [LineTokenRecord.Field] = []
        repeat { fields.append(try field(number: fields.count + 1)) } while takeSeparator()
        return fields
    }

    private mutating func field(number: Int) throws -> LineTokenRecord.Field {
        guard let text = startOfText(at: afterSpace(position)) else {
            throw malformed("field \(number) must read NAME=\"TEXT\" LINE:TOKEN LINE:TOKEN, or NAME=\"TEXT\"")
        }
        let name = string(afterSpace(position)..<text - 2)
        var isUnclosed = true
        var search = text
        while let quote = bytes[search...].firstIndex(of: Self.quote) {
            if let tail = tail(at: quote + 1) {
                position = tail.end
                return LineTokenRecord.Field(
                    name: name, text: string(text..<quote), places: try places(of: tail, field: name))
            }
            // Where the next field opens, this one should have ended.
            if opensField(at: quote, after: text) { break }
            isUnclosed = false
            search = quote + 1
        }
        throw isUnclosed
            ? malformed("field \(name) has no closing quotation mark")
            : malformed("the place of field \(name) must read LINE:TOKEN LINE:TOKEN")
    }

    private mutating func places(of tail: Tail, field name: String) throws -> [LineTokenPlace] {
        guard tail.positions.count.isMultiple(of: 2) else {
            throw malformed("the place of field \(name) must read LINE:TOKEN LINE:TOKEN")
        }
        let positions = try tail.positions.map { range in
            let numbers = bytes[range].split(separator: UInt8(ascii: ":")).map {
                Int(String(decoding: $0, as: UTF8.self))
            }
            guard numbers.count == 2, let line = numbers[0], let token = numbers[1] else {
                throw malformed("the place of field \(name) has a number that is too large for a line or token")
            }
            return LineTokenPosition(line: line, token: token)
        }
        for (index, hasComma) in tail.commas.enumerated() where hasComma != (index % 2 == 1) {
            oddities.append("the places of field \(name) are not joined by commas")
            break
        }
        return stride(from: 0, to: positions.count, by: 2).map {
            LineTokenPlace(first: positions[$0], last: positions[$0 + 1])
        }
    }

    /// Moves on to the next field, if there is one.
    private mutating func takeSeparator() -> Bool {
        position = afterSpace(position)
        guard position < bytes.endIndex else { return false }
        let end = afterBars(position)
        if end - position > 2 { oddities.append("\(end - position) bars between fields instead of two") }
        position = afterSpace(end)
        if position == bytes.endIndex { oddities.append("bars at the end of the line") }
        return position < bytes.endIndex
    }

    /// What follows a quotation mark, if that may be one that ends a text.
    private func tail(at start: Int) -> Tail? {
        var tail = Tail()
        var next = afterSpace(start)
        // Each position must have a separator before it, the first one white space.
        var mayFollow = next > start
        var hasComma = false
        while mayFollow, let end = endOfPosition(at: next) {
            if !tail.positions.isEmpty { tail.commas.append(hasComma) }
            tail.positions.append(next..<end)
            next = end
            hasComma = false
            while next < bytes.endIndex, Surface.isSpace(bytes[next]) || bytes[next] == Self.comma {
                hasComma = hasComma || bytes[next] == Self.comma
                next += 1
            }
            mayFollow = next > end
        }
        tail.end = next
        return next == bytes.endIndex || afterBars(next) - next >= 2 ? tail : nil
    }

    /// The end of `LINE:TOKEN`, digits with or without a minus sign, if it stands at an offset.
    private func endOfPosition(at start: Int) -> Int? {
        guard let colon = endOfNumber(at: start), colon < bytes.endIndex, bytes[colon] == UInt8(ascii: ":") else {
            return nil
        }
        return endOfNumber(at: colon + 1)
    }

    private func endOfNumber(at start: Int) -> Int? {
        guard start < bytes.endIndex else { return nil }
        let digits = bytes[start] == UInt8(ascii: "-") ? start + 1 : start
        let end = bytes[digits...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.endIndex
        return end > digits ? end : nil
    }

    /// Where the text of the field at an offset begins, after `NAME="`.
    private func startOfText(at start: Int) -> Int? {
        let end = bytes[start...].firstIndex { !Self.isInName($0) } ?? bytes.endIndex
        guard end > start, end + 1 < bytes.endIndex, bytes[end] == UInt8(ascii: "="), bytes[end + 1] == Self.quote
        else { return nil }
        return end + 2
    }

    /// Whether a quotation mark opens the text of a field that follows a bar, which stands at `start` or later.
    private func opensField(at quote: Int, after start: Int) -> Bool {
        guard quote > start, bytes[quote - 1] == UInt8(ascii: "=") else { return false }
        let before = bytes[start..<quote - 1]
        guard let end = before.lastIndex(where: { !Self.isInName($0) }), end < quote - 2,
            let bar = before[...end].lastIndex(where: { !Surface.isSpace($0) })
        else { return false }
        return bytes[bar] == Self.bar
    }

    /// Whether a byte may stand in the name of a field.
    static func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private func afterSpace(_ start: Int) -> Int {
        bytes[start...].firstIndex { !Surface.isSpace($0) } ?? bytes.endIndex
    }

    private func afterBars(_ start: Int) -> Int { bytes[start...].firstIndex { $0 != Self.bar } ?? bytes.endIndex }

    private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func malformed(_ problem: String) -> CorpusError { .malformed(file: file, line: line, problem: problem) }
}
