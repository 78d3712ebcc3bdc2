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
        text.unicodeScalars.first?.properties.isWhitespace == true
            || text.unicodeScalars.last?.properties.isWhitespace == true
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
