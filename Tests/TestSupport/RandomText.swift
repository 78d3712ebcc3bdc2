/// Makes texts that are hard to keep offsets in: accents, ligatures, emoji, control characters, CR LF, clinical bits.
public struct RandomText {
    private static let ranges: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0x00...0x1F, 0x7F...0xA0, 0xA0...0x17F, 0x300...0x34F, 0x370...0x3FF, 0x5D0...0x64F,
        0x1100...0x11FF,
        0x1E00...0x1FFF, 0x2000...0x206F, 0x2070...0x209C, 0x2100...0x218F, 0x3040...0x30FF, 0x4E00...0x4E40,
        0xAC00...0xAC40, 0xF900...0xF940, 0xFB00...0xFB1C, 0xFE00...0xFE6F, 0xFF01...0xFFEF, 0x1D400...0x1D480,
        0x1F300...0x1F6FF, 0xE0000...0xE0080, 0x10FFFE...0x10FFFF,
    ]

    private static let bits = [
        "5mg", "q.12h.", "b.i.d.", "[**Name 12**]", "___", "HbA1c", "COVID-19", "½", "1½", "10⁹", "e\u{301}",
        "a\u{323}\u{307}",
        "\r\n", "\n", "\n\n", "\t", " ", "  ", "“", "’s", "–", "\u{AD}", "\u{200B}", "\u{FEFF}", "ﬁ", "…", "HISTORY:",
        "1. ",
        "- ", "Dr. ", "naïve", "µg", "39ºC", "中文", "👩‍⚕️", "🇩🇪", "İ", "ẞ", "2.5", "1,000", "120/80", "[**", "**]", "don't",
    ]

    private init() {}

    /// A text of about `count` pieces, each a code point of one of many blocks or a bit of a note.
    public static func make(count: Int, using generator: inout some RandomNumberGenerator) -> String {
        var text = ""
        for _ in 0..<count {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: text += bits.randomElement(using: &generator) ?? ""
            case 1: text.unicodeScalars.append(scalar(in: 0x20...0x7E, using: &generator))
            case 2: text += String(repeating: "a", count: Int.random(in: 1...6, using: &generator))
            default:
                text.unicodeScalars.append(
                    scalar(in: ranges.randomElement(using: &generator) ?? 0x20...0x7E, using: &generator))
            }
        }
        return text
    }

    private static func scalar(
        in range: ClosedRange<UInt32>, using generator: inout some RandomNumberGenerator
    ) -> Unicode.Scalar {
        Unicode.Scalar(UInt32.random(in: range, using: &generator)) ?? "?"
    }
}
