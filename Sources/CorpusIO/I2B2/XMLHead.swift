/// What the beginning of an XML file shows without a parser: its encoding and its first elements.
enum XMLHead {
    /// Whether bytes look like UTF-16 or UTF-32.
    static func isWide(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(4).contains(0) || bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    }

    /// The encoding that the XML declaration names, in lower case; nothing where it names none.
    static func encodingName(in bytes: [UInt8]) -> String? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let head = Array(bytes[start...].prefix(200))
        guard head.starts(with: "<?xml".utf8), let end = XMLRepair.find("?>", in: head, from: 0) else { return nil }
        let declaration = Array(head[..<end])
        guard let name = XMLRepair.find("encoding", in: declaration, from: 0) else { return nil }
        let value = declaration[(name + 8)...].drop { Surface.isSpace($0) || $0 == UInt8(ascii: "=") }
        guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        return String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self).lowercased()
    }

    /// Overwrites the encoding that the XML declaration names with blanks.
    static func removeEncoding(from bytes: inout [UInt8]) {
        guard encodingName(in: bytes) != nil, let start = XMLRepair.find("encoding", in: bytes, from: 0) else { return }
        var quotes = 0
        for index in start..<bytes.count where quotes < 2 {
            if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") { quotes += 1 }
            bytes[index] = 0x20
        }
    }

    /// The names of the first elements, in the order of their start tags; comments, CDATA and the like do not count.
    static func elements(in bytes: [UInt8], limit: Int) -> [String] {
        var names: [String] = []
        var index = bytes.firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        while index < bytes.count, names.count < limit {
            if let closing = closing(of: bytes[index...]) {
                guard let end = XMLRepair.find(closing, in: bytes, from: index) else { break }
                index = end
            } else {
                let name = bytes[(index + 1)...].prefix { byte in
                    !Surface.isSpace(byte) && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
                }
                if !name.isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
                index += 1
            }
            index = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        }
        return names
    }

    /// What ends markup that is no tag.
    private static func closing(of bytes: ArraySlice<UInt8>) -> String? {
        [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>"), ("<!", ">")].first { bytes.starts(with: $0.0.utf8) }?.1
    }
}
