import ClinicalText

/// The text that annotation files repeat beside the offsets.
enum Surface {
    /// Whether a surface is the text of `spans`, any run of white space counting as one blank.
    ///
    /// XML turns line breaks in attributes into blanks and brat writes a blank between fragments, so exact equality
    /// would accuse good files.
    static func matches(_ surface: String, text: String, spans: [TextSpan]) -> Bool {
        let expected = spans.map { text.slice($0) }.joined(separator: " ")
        return surface == expected || collapsed(surface) == collapsed(expected)
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
            spans[0].start = first.end - String(rest).utf8.count
            if !spans[0].isEmpty { break }
            spans.removeFirst()
        }
        while let last = spans.last {
            var rest = text.slice(last).unicodeScalars
            while rest.last?.properties.isWhitespace == true { rest.removeLast() }
            spans[spans.count - 1].end = last.start + String(rest).utf8.count
            if !spans[spans.count - 1].isEmpty { break }
            spans.removeLast()
        }
        return spans
    }

    /// The places at which `surface` stands in `text`, each white space character matching any other; at most 100.
    static func places(of surface: String, in text: String) -> [TextSpan] {
        let wanted = surface.utf8.map { isSpace($0) ? 0x20 : $0 }
        guard let first = wanted.first else { return [] }
        var places: [TextSpan] = []
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            while start + wanted.count <= bytes.count, places.count < 100 {
                if same(bytes[start], first), (1..<wanted.count).allSatisfy({ same(bytes[start + $0], wanted[$0]) }) {
                    places.append(TextSpan(start: start, end: start + wanted.count))
                }
                start += 1
            }
        }
        return places
    }

    private static func same(_ byte: UInt8, _ wanted: UInt8) -> Bool {
        byte == wanted || wanted == 0x20 && isSpace(byte)
    }

    private static func collapsed(_ text: String) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if !scalar.properties.isWhitespace {
                scalars.append(scalar)
            } else if let last = scalars.last, last != " " {
                scalars.append(" ")
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        return scalars
    }
}
