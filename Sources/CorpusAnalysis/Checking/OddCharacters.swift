import ClinicalText

/// Characters of a note that show that it was damaged on its way: control characters, replacement characters, and what
/// UTF-8 becomes when it is read as Windows-1252 or Latin-1 (`Ã©` for `é`).
struct OddCharacters {
    /// What is odd about some characters.
    enum Kind: CaseIterable {
        /// A control character other than tab and line ends, or a code point that is none.
        case control
        /// U+FFFD, which stands where a character could not be decoded.
        case replacement
        /// Characters that are the bytes of another one.
        case mojibake
        /// A byte order mark within the text.
        case mark
    }

    /// Some odd characters and what should stand there, if that is known.
    struct Finding: Equatable {
        var kind: Kind
        var span: TextSpan
        var character: Unicode.Scalar
        var replacement: String?
    }

    /// The odd characters of a text in their order.
    static func find(in text: String) -> [Finding] {
        // Nearly all notes are ASCII without control characters, and this tells at the speed of memory.
        if text.utf8.allSatisfy({ $0 < 0x7F && ($0 >= 0x20 || isLayout($0)) }) { return [] }
        var findings: [Finding] = []
        let scalars = Array(text.unicodeScalars)
        var offset = 0
        var index = 0
        while index < scalars.count {
            let (finding, count) = finding(at: index, in: scalars, offset: offset)
            if let finding { findings.append(finding) }
            for scalar in scalars[index..<index + count] { offset += UTF8.width(scalar) }
            index += count
        }
        return findings
    }

    private static func finding(
        at index: Int, in scalars: [Unicode.Scalar], offset: Int
    ) -> (finding: Finding?, count: Int) {
        let scalar = scalars[index]
        func finding(_ kind: Kind, _ replacement: String?, count: Int = 1) -> (Finding?, Int) {
            let width = scalars[index..<index + count].reduce(0) { $0 + UTF8.width($1) }
            let span = TextSpan(start: offset, end: offset + width)
            return (Finding(kind: kind, span: span, character: scalar, replacement: replacement), count)
        }
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E: return (nil, 1)
        case 0x00...0x1F, 0x7F: return finding(.control, " ")
        // A byte of Windows-1252 that was read as Latin-1.
        case 0x80...0x9F:
            return finding(.control, Windows1252.scalar(of: UInt8(scalar.value)).map { String($0) } ?? " ")
        case 0xFFFE, 0xFFFF: return finding(.control, " ")
        case 0xFFFD: return finding(.replacement, nil)
        case 0xFEFF where index > 0: return finding(.mark, "")
        case 0xC2, 0xC3, 0xE2, 0xF0:
            guard let (decoded, count) = Windows1252.decoded(scalars[index...].prefix(4)) else { return (nil, 1) }
            return finding(.mojibake, String(decoded), count: count)
        default: return (nil, 1)
        }
    }

    private static func isLayout(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
