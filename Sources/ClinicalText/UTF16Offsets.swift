/// Converts between Unicode code points and UTF-16 code units, which Java and JavaScript count.
///
/// Only the places of characters that take two units are kept, so that most notes cost nothing.
public struct UTF16Offsets: Sendable {
    /// The code point offsets of the characters outside the first plane.
    private let wide: [Int]
    /// The text's length in code units.
    public let count: Int

    /// Prepares the conversion for `text`.
    public init(_ text: String) {
        var text = text
        var wide: [Int] = []
        var codePoints = 0
        text.withUTF8 { buffer in
            for byte in buffer where byte & 0xC0 != 0x80 {
                if byte >= 0xF0 { wide.append(codePoints) }
                codePoints += 1
            }
        }
        self.wide = wide
        count = codePoints + wide.count
    }

    /// Whether the text has characters of two units, so that the counts differ.
    public var hasWideCharacters: Bool { !wide.isEmpty }

    /// The code point offset of a code unit offset; nothing outside the text and in the middle of a character.
    public func codePoint(ofUnit unit: Int) -> Int? {
        guard (0...count).contains(unit) else { return nil }
        // The wide character of place k begins at the unit wide[k] + k.
        var low = 0
        var high = wide.count
        while low < high {
            let middle = (low + high) / 2
            if wide[middle] + middle < unit { low = middle + 1 } else { high = middle }
        }
        if low > 0, wide[low - 1] + low - 1 == unit - 1 { return nil }
        return unit - low
    }

    /// The code unit offset of a code point offset within the text.
    public func unit(ofCodePoint codePoint: Int) -> Int {
        var low = 0
        var high = wide.count
        while low < high {
            let middle = (low + high) / 2
            if wide[middle] < codePoint { low = middle + 1 } else { high = middle }
        }
        return codePoint + low
    }
}
