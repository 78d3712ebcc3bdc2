/// Puts right what real corpora have that is not well-formed XML and has only one meaning.
///
/// Lines stay, so that a later error still names the right one.
enum XMLRepair {
    /// Something that was put right.
    struct Slip {
        let line: Int
        let message: String
        let fix: String
        let kind: FaultKind
    }

    /// Puts right what made a parser stop.
    ///
    /// - Returns: what was put right; nothing where it is none of what is known.
    static func repair(_ bytes: inout [UInt8], after error: XMLSyntaxError) -> [Slip] {
        // Bytes of UTF-16 are not looked at.
        if bytes.prefix(4).contains(0) || bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return []
        }
        if error.isMisplacedDeclaration, blankDeclaration(in: &bytes, fromLine: error.line) {
            return [
                Slip(
                    line: error.line, message: "a second XML declaration is left out", fix: "remove it",
                    kind: .notInterpreted)
            ]
        }
        return error.isBareAmpersand ? escapeAmpersands(in: &bytes) : []
    }

    /// Overwrites the misplaced declaration of a line with blanks.
    private static func blankDeclaration(in bytes: inout [UInt8], fromLine line: Int) -> Bool {
        var start = 0
        for _ in 1..<max(line, 1) {
            guard let end = bytes[start...].firstIndex(of: 0x0A) else { return false }
            start = end + 1
        }
        guard let opening = find("<?xml", in: bytes, from: max(start, 1)),
            let closing = find("?>", in: bytes, from: opening)
        else { return false }
        for position in opening..<closing + 2 where bytes[position] != 0x0A { bytes[position] = 0x20 }
        return true
    }

    /// Writes each `&` of an attribute that starts no reference as `&amp;`; one slip a line.
    ///
    /// Comments, CDATA and text are left as they are.
    private static func escapeAmpersands(in bytes: inout [UInt8]) -> [Slip] {
        var repaired: [UInt8] = []
        repaired.reserveCapacity(bytes.count + bytes.count / 64)
        var lines: [Int] = []
        var line = 1
        var quote: UInt8?
        var isInTag = false
        var index = 0
        func copy(to end: Int) {
            for byte in bytes[index..<end] where byte == 0x0A { line += 1 }
            repaired.append(contentsOf: bytes[index..<end])
            index = end
        }
        while index < bytes.count {
            let byte = bytes[index]
            if !isInTag, byte == UInt8(ascii: "<") {
                if let end = endOfOtherMarkup(in: bytes, at: index) {
                    copy(to: end)
                    continue
                }
                isInTag = true
            } else if isInTag, let open = quote {
                if byte == open { quote = nil }
                if byte == UInt8(ascii: "&"), !startsReference(bytes, at: index) {
                    repaired.append(contentsOf: "&amp;".utf8)
                    if lines.last != line { lines.append(line) }
                    index += 1
                    continue
                }
            } else if isInTag {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
                if byte == UInt8(ascii: ">") { isInTag = false }
            }
            copy(to: index + 1)
        }
        guard !lines.isEmpty else { return [] }
        bytes = repaired
        return lines.map { line in
            Slip(
                line: line, message: "an & that starts no reference stands in an attribute; it is read as &amp;",
                fix: "write &amp;", kind: .malformed)
        }
    }

    /// The end of a comment, a CDATA section, a declaration or a processing instruction that starts here.
    private static func endOfOtherMarkup(in bytes: [UInt8], at index: Int) -> Int? {
        for (opening, closing) in [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>"), ("<!", ">")]
        where bytes[index...].starts(with: opening.utf8) {
            return find(closing, in: bytes, from: index).map { $0 + closing.utf8.count } ?? bytes.count
        }
        return nil
    }

    /// Whether `&` at a place starts a reference that ends with a semicolon: `&amp;`, `&#9;`, `&#x1F637;`.
    private static func startsReference(_ bytes: [UInt8], at index: Int) -> Bool {
        let rest = bytes[(index + 1)...].prefix(64)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { return false }
        let name = rest[..<end]
        if name.first == UInt8(ascii: "#") {
            let digits = name.dropFirst()
            let isHex = digits.first == UInt8(ascii: "x")
            return Int(String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self), radix: isHex ? 16 : 10)
                != nil
        }
        return XMLText.isName(String(decoding: name, as: UTF8.self))
    }

    /// The first place of `pattern` at or after `start`.
    static func find(_ pattern: String, in bytes: [UInt8], from start: Int) -> Int? {
        let pattern = Array(pattern.utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index + pattern.count <= bytes.count {
                if bytes[index] == pattern[0], (1..<pattern.count).allSatisfy({ bytes[index + $0] == pattern[$0] }) {
                    return index
                }
                index += 1
            }
            return nil
        }
    }
}
