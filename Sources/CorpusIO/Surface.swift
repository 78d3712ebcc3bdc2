import ClinicalText

/// The text that annotation files repeat beside the offsets.
enum Surface {
    /// Whether a surface is the text of `spans`, any run of white space counting as one blank.
    ///
    /// XML turns line breaks in attributes into blanks and brat writes a blank between fragments, so exact equality
    /// would accuse good files.
    static func matches(_ surface: String, text: String, spans: [TextSpan]) -> Bool {
        let expected = spans.map { text.slice($0) }.joined(separator: " ")
        return surface == expected || collapsed(surface).elementsEqual(collapsed(expected))
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

    private static func collapsed(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if !isSpace(byte) {
                bytes.append(byte)
            } else if let last = bytes.last, last != 0x20 {
                bytes.append(0x20)
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return bytes
    }
}
