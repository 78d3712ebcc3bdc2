import Foundation

/// The CDATA sections of a document, taken out before it is parsed.
///
/// libxml2 copies sections character by character, which takes it longer than all the rest of a clinical note; here
/// they are found and checked many bytes at a time. Each section's content is replaced by its number. Only documents in
/// UTF-8 that was checked, without a document type and without carriage returns in sections are treated so: in those a
/// `<` is always the start of markup, or the document is not well-formed, with its sections or without.
struct XMLSections {
    /// The document with numbers for contents.
    private(set) var bytes: [UInt8] = []
    /// Where the contents are in the original, and how many line feeds they hold.
    private(set) var contents: [(range: Range<Int>, lines: Int)] = []

    /// Takes the sections out of a document; nothing where there are none or where they must be left to the parser.
    init?(of original: [UInt8]) {
        let isFine = original.withUnsafeBufferPointer { find(in: $0) }
        guard isFine, !contents.isEmpty else { return nil }
        bytes.reserveCapacity(
            original.count - contents.reduce(0) { $0 + $1.range.count } + 8 * contents.count + Self.padding)
        var copied = 0
        for (index, content) in contents.enumerated() {
            bytes.append(contentsOf: original[copied..<content.range.lowerBound])
            bytes.append(contentsOf: String(index).utf8)
            copied = content.range.upperBound
        }
        bytes.append(contentsOf: original[copied...])
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: Self.padding))
    }

    /// Blanks behind the document, where XML allows them: within 250 bytes of the end libxml2 asks for more input at
    /// every step, which takes a twentieth of the time of a note.
    private static let padding = 256

    /// The number that stands for a content.
    static func number(_ bytes: UnsafeRawBufferPointer) -> Int? {
        bytes.isEmpty ? nil : Int(String(decoding: bytes, as: UTF8.self))
    }

    private mutating func find(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while let open = Self.first(UInt8(ascii: "<"), in: bytes, from: index) {
            index = open + 1
            guard index < bytes.count, bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "?") else {
                continue
            }
            if Self.holds("<![CDATA[", in: bytes, at: open) {
                guard let end = Self.first("]]>", in: bytes, from: open + 9),
                    let lines = Self.lines(
                        of: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[open + 9..<end]))
                else { return false }
                contents.append((open + 9..<end, lines))
                index = end + 3
            } else if Self.holds("<!--", in: bytes, at: open) {
                guard let end = Self.first("-->", in: bytes, from: open + 4) else { return false }
                index = end + 3
            } else if Self.holds("<?", in: bytes, at: open) {
                guard let end = Self.first("?>", in: bytes, from: open + 2) else { return false }
                index = end + 2
            } else {
                return false
            }
        }
        return true
    }

    /// How many line feeds a content has; nothing where it holds what XML does not allow, or a carriage return.
    private static func lines(of content: UnsafeRawBufferPointer) -> Int? {
        var lines = 0
        var holdsMark = false
        var index = 0
        while index < content.count {
            if index + 8 <= content.count {
                let odd = oddBytes(of: content.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                index += odd.trailingZeroBitCount / 8
                if odd == 0 { continue }
            }
            let byte = content[index]
            if byte == 0x0A {
                lines += 1
            } else if byte < 0x20, byte != 0x09 {
                return nil
            } else if byte == 0xEF {
                holdsMark = true
            }
            index += 1
        }
        return holdsMark && holdsNoncharacter(content) ? nil : lines
    }

    /// The high bit of each of eight bytes that is below 0x20, or 0xEF, with which U+FFFE begins; the first lowest.
    private static func oddBytes(of word: UInt64) -> UInt64 {
        let high: UInt64 = 0x8080_8080_8080_8080
        let word = UInt64(littleEndian: word)
        // Adding 0x60 to seven bits carries into the eighth from 0x20 on, adding 0x7F from 1 on.
        let above = ((word & ~high) &+ 0x6060_6060_6060_6060) | word
        let other = word ^ 0xEFEF_EFEF_EFEF_EFEF
        let notMark = ((other & ~high) &+ ~high) | other
        return ~(above & notMark) & high
    }

    /// Whether U+FFFE or U+FFFF is there.
    private static func holdsNoncharacter(_ content: UnsafeRawBufferPointer) -> Bool {
        content.indices.contains { index in
            content[index] == 0xEF && index + 2 < content.count && content[index + 1] == 0xBF
                && content[index + 2] >= 0xBE
        }
    }

    private static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }

    private static func first(
        _ pattern: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        var index = start
        while let found = first(pattern.utf8Start.pointee, in: bytes, from: index) {
            if holds(pattern, in: bytes, at: found) { return found }
            index = found + 1
        }
        return nil
    }

    private static func holds(_ pattern: StaticString, in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard let base = bytes.baseAddress, index + pattern.utf8CodeUnitCount <= bytes.count else { return false }
        return memcmp(base + index, pattern.utf8Start, pattern.utf8CodeUnitCount) == 0
    }
}
