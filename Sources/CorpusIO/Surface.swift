import ClinicalText

/// The text that annotation files repeat beside the offsets.
enum Surface {
    /// Whether a surface is the text of `spans`, any run of white space counting as one blank.
    ///
    /// XML turns line breaks in attributes into blanks and brat writes a blank between fragments, so exact equality
    /// would accuse good files.
    static func matches(_ surface: String, text: String, spans: [TextSpan]) -> Bool {
        let fragments = spans.map { text.slice($0) }
        if fragments.count == 1, surface.utf8.count == spans[0].count, surface == fragments[0] { return true }
        // Only as far as both agree: many short surfaces may stand beside spans of a whole text.
        var given = CollapsedScalars([surface[...]])
        var expected = CollapsedScalars(fragments)
        while true {
            let scalar = given.next()
            guard scalar == expected.next() else { break }
            if scalar == nil { return true }
        }
        // A letter with an accent may be composed in one of them and not in the other.
        guard spans.reduce(0, { $0 + $1.count + 1 }) <= 4 * surface.utf8.count else { return false }
        return surface == fragments.joined(separator: " ")
    }

    /// The surface of `spans` on one line: fragments joined by a blank, each white space character but a blank made one.
    static func singleLine(text: String, spans: [TextSpan]) -> String {
        var bytes: [UInt8] = []
        for (index, span) in spans.enumerated() {
            if index > 0 { bytes.append(0x20) }
            bytes.append(contentsOf: text.slice(span).utf8.map { isSpace($0) ? 0x20 : $0 })
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Whether `text` begins or ends with white space of any script.
    static func hasSpaceAtEdge(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        let hasSpaceAtStart = first < 0x80 ? isSpace(first) : hasSpace(text.unicodeScalars.first)
        return hasSpaceAtStart || hasSpaceAtEnd(text, last)
    }

    private static func hasSpaceAtEnd(_ text: Substring, _ last: UInt8) -> Bool {
        last < 0x80 ? isSpace(last) : hasSpace(text.unicodeScalars.last)
    }

    private static func hasSpace(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isWhitespace == true }

    /// `spans` without the white space at the ends of the first and last; what holds nothing else goes.
    static func trimmed(_ spans: [TextSpan], of text: String) -> [TextSpan] {
        var spans = spans
        while let first = spans.first {
            let rest = text.slice(first).unicodeScalars.drop { $0.properties.isWhitespace }
            spans[0].start = first.end - text.utf8.distance(from: rest.startIndex, to: rest.endIndex)
            if !spans[0].isEmpty { break }
            spans.removeFirst()
        }
        while let last = spans.last {
            var rest = text.slice(last).unicodeScalars
            while rest.last?.properties.isWhitespace == true { rest.removeLast() }
            spans[spans.count - 1].end = last.start + text.utf8.distance(from: rest.startIndex, to: rest.endIndex)
            if !spans[spans.count - 1].isEmpty { break }
            spans.removeLast()
        }
        return spans
    }

    /// The places at which `surface` stands in `text`, each white space character matching any other; at most 100.
    ///
    /// The search takes its steps, about one a byte, from `budget` and finds nothing when that is spent. The case of
    /// ASCII letters can be ignored.
    static func places(
        of surface: String, in text: String, ignoringCase: Bool = false, budget: inout Int
    ) -> [TextSpan] {
        let wanted = surface.utf8.map { isSpace($0) ? 0x20 : ignoringCase ? lowercase($0) : $0 }
        guard !wanted.isEmpty else { return [] }
        var places: [TextSpan] = []
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            while start + wanted.count <= bytes.count, places.count < 100 {
                var count = 0
                while count < wanted.count {
                    let byte = isSpace(bytes[start + count]) ? 0x20 : bytes[start + count]
                    guard (ignoringCase ? lowercase(byte) : byte) == wanted[count] else { break }
                    count += 1
                }
                if count == wanted.count { places.append(TextSpan(start: start, end: start + count)) }
                start += 1
                budget -= 1 + count
                if budget <= 0 {
                    places = []
                    return
                }
            }
        }
        return places
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
