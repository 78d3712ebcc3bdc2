/// Pieces of XML as text.
enum XMLText {
    /// An empty element on one line.
    static func element(_ name: String, attributes: [(name: String, value: String)]) -> String {
        startTag(name, attributes: attributes) + " />"
    }

    /// A start tag without its closing bracket.
    static func startTag(_ name: String, attributes: [(name: String, value: String)]) -> String {
        var tag = "<\(name)"
        for (name, value) in attributes { tag += " \(name)=\"\(escapedAttribute(value))\"" }
        return tag
    }

    /// The value of an attribute; line breaks and tabs as references, because a parser makes blanks of bare ones.
    static func escapedAttribute(_ value: String) -> String {
        escaped(value) { byte in
            switch byte {
            case UInt8(ascii: "\""): "&quot;"
            case 0x09: "&#9;"
            case 0x0A: "&#10;"
            default: nil
            }
        }
    }

    /// The content of an element that a conforming parser reads back exactly.
    ///
    /// CDATA, unless the text holds what CDATA cannot: its own end, or a carriage return, which parsers fold away.
    static func content(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let hasEnd = bytes.indices.contains { bytes[$0] == UInt8(ascii: "]") && bytes[$0...].starts(with: "]]>".utf8) }
        if !hasEnd && !bytes.contains(0x0D) { return "<![CDATA[\(text)]]>" }
        return escaped(text) { _ in nil }
    }

    /// Text outside CDATA with every character escaped that XML has a name for, as the 2006 and 2008 files write it.
    static func escapedText(_ text: some StringProtocol) -> String {
        escaped(text) { byte in
            switch byte {
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "'"): "&apos;"
            default: nil
            }
        }
    }

    private static func escaped(_ text: some StringProtocol, more: (UInt8) -> String?) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            let reference: String? =
                switch byte {
                case UInt8(ascii: "&"): "&amp;"
                case UInt8(ascii: "<"): "&lt;"
                case UInt8(ascii: ">"): "&gt;"
                case 0x0D: "&#13;"
                default: more(byte)
                }
            if let reference { bytes.append(contentsOf: reference.utf8) } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The first character of `text` that XML 1.0 cannot hold, and its place in code points.
    static func firstForbidden(in text: String) -> (offset: Int, character: Unicode.Scalar)? {
        var text = text
        // Only these bytes can begin one; most notes have none.
        let isSuspicious = text.withUTF8 { bytes in
            bytes.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D || $0 == 0xEF }
        }
        guard isSuspicious else { return nil }
        for (offset, scalar) in text.unicodeScalars.enumerated() where !isAllowed(scalar) { return (offset, scalar) }
        return nil
    }

    /// Whether XML 1.0 can hold a character (production 2).
    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// Whether `line` is one element with all that is in it.
    static func isElement(_ line: String) -> Bool {
        final class Nothing: XMLEventSink {
            func start(_ element: XMLElementEvent) {}
            func end() {}
            func text(_ bytes: UnsafeRawBufferPointer) {}
        }
        guard line.hasPrefix("<"), !line.hasPrefix("<?"), !line.hasPrefix("<!") else { return false }
        return (try? XMLEventParser.parse(Array(line.utf8), file: "", maxDepth: 64, sink: Nothing())) != nil
    }

    /// Whether `name` may be the name of an element or attribute (XML 1.0, production 5).
    static func isName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, startsName(first) else { return false }
        return name.unicodeScalars.allSatisfy(continuesName)
    }

    /// `name` with what a name cannot hold replaced by `_`.
    static func nearestName(to name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars { scalars.append(continuesName(scalar) && scalar != ":" ? scalar : "_") }
        if scalars.first.map(startsName) != true { scalars.insert("_", at: scalars.startIndex) }
        return String(scalars)
    }

    private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "_", ":", "\u{C0}"..."\u{D6}", "\u{D8}"..."\u{F6}", "\u{F8}"..."\u{2FF}",
            "\u{370}"..."\u{37D}", "\u{37F}"..."\u{1FFF}", "\u{200C}"..."\u{200D}", "\u{2070}"..."\u{218F}",
            "\u{2C00}"..."\u{2FEF}", "\u{3001}"..."\u{D7FF}", "\u{F900}"..."\u{FDCF}", "\u{FDF0}"..."\u{FFFD}",
            "\u{10000}"..."\u{EFFFF}":
            true
        default: false
        }
    }

    private static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", ".", "0"..."9", "\u{B7}", "\u{300}"..."\u{36F}", "\u{203F}"..."\u{2040}": true
        default: startsName(scalar)
        }
    }
}
