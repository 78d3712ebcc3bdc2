import Essentials
import Foundation

/// The first bytes of a compiled lexicon.
///
/// 0 magic (8 bytes); 8 version, 12 number of sections (4 bytes each); 16 size of the file; 24 check sum of the header
/// with zeros here; 32 SHA-256 digest of what follows the header (32 bytes); 64 a line of offset, size and check sum
/// (8 bytes each) for each section. All numbers are little-endian; sections begin at multiples of 64 bytes.
enum StoreHeader {
    /// Told from text by its first byte, and damaged by whoever changes line ends.
    static let magic: [UInt8] = [0x8A] + Array("CLEX".utf8) + [0x0D, 0x0A, 0x1A]
    /// Rises with the layout, with how words are folded and hashed, and with how spellings are compared.
    static let version: UInt32 = 1
    static let fixedSize = 64
    static let lineSize = 24
    static let size = (fixedSize + lineSize * StoreSection.allCases.count + 63) / 64 * 64

    /// The bytes of a file in pieces: header and sections, filled up to multiples of 64 bytes.
    static func file(of sections: [[UInt8]]) -> [[UInt8]] {
        var header = [UInt8](repeating: 0, count: size)
        header.replaceSubrange(0..<8, with: magic)
        put(UInt64(version) | UInt64(sections.count) << 32, at: 8, in: &header)
        var pieces: [[UInt8]] = []
        var offset = size
        for (index, section) in sections.enumerated() {
            let line = fixedSize + lineSize * index
            put(UInt64(offset), at: line, in: &header)
            put(UInt64(section.count), at: line + 8, in: &header)
            put(section.withUnsafeBytes { checkSum(of: $0) }, at: line + 16, in: &header)
            let filled = (section.count + 63) / 64 * 64
            pieces.append(section)
            pieces.append([UInt8](repeating: 0, count: filled - section.count))
            offset += filled
        }
        put(UInt64(offset), at: 16, in: &header)
        header.replaceSubrange(32..<64, with: digest(of: pieces))
        put(header.withUnsafeBytes { checkSum(of: $0) }, at: 24, in: &header)
        return [header] + pieces
    }

    /// Finds the sections of a file and checks all sums.
    ///
    /// - Throws: ``LexiconStoreError``.
    static func sections(in bytes: UnsafeRawBufferPointer, path: String) throws -> [UnsafeRawBufferPointer] {
        guard bytes.count >= 8, bytes[..<8].elementsEqual(magic) else { throw LexiconStoreError.noLexicon(path: path) }
        guard bytes.count >= fixedSize else {
            throw LexiconStoreError.truncated(path: path, size: bytes.count, expected: size)
        }
        let found = UInt32(truncatingIfNeeded: number(at: 8, in: bytes))
        guard found == version else { throw LexiconStoreError.version(path: path, found: found, expected: version) }
        let expected = number(at: 16, in: bytes)
        guard bytes.count >= size, expected == UInt64(bytes.count) else {
            throw LexiconStoreError.truncated(path: path, size: bytes.count, expected: Int(clamping: expected))
        }
        var header = Array(bytes[..<size])
        put(0, at: 24, in: &header)
        guard header.withUnsafeBytes({ checkSum(of: $0) }) == number(at: 24, in: bytes),
            number(at: 8, in: bytes) >> 32 == UInt64(StoreSection.allCases.count)
        else { throw LexiconStoreError.damaged(path: path, part: "header") }
        return try StoreSection.allCases.map { section in
            let line = fixedSize + lineSize * section.rawValue
            let offset = number(at: line, in: bytes)
            let count = number(at: line + 8, in: bytes)
            guard offset % 64 == 0, offset >= UInt64(size), offset <= UInt64(bytes.count),
                count <= UInt64(bytes.count) - offset, count % UInt64(section.stride) == 0
            else { throw LexiconStoreError.damaged(path: path, part: "\(section)") }
            let content = UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset + count)])
            guard checkSum(of: content) == number(at: line + 16, in: bytes) else {
                throw LexiconStoreError.damaged(path: path, part: "\(section)")
            }
            return content
        }
    }

    /// The digest that the header holds, in hexadecimal digits.
    static func digest(in bytes: UnsafeRawBufferPointer) -> String {
        bytes[32..<64].map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }

    /// The SHA-256 digest of all sections.
    private static func digest(of pieces: [[UInt8]]) -> [UInt8] {
        var data = Data(capacity: pieces.reduce(0) { $0 + $1.count })
        for piece in pieces { data.append(contentsOf: piece) }
        let digits = Array(Digest.sha256(data).utf8)
        return stride(from: 0, to: 64, by: 2).map {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0
        }
    }

    /// A sum that each changed byte changes: four lanes of 8 bytes, so that it runs as fast as memory.
    static func checkSum(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15
        var place = 0
        @inline(__always) func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        while place + 32 <= bytes.count {
            lanes.0 = (lanes.0 ^ word(place)) &* multiplier
            lanes.1 = (lanes.1 ^ word(place + 8)) &* multiplier
            lanes.2 = (lanes.2 ^ word(place + 16)) &* multiplier
            lanes.3 = (lanes.3 ^ word(place + 24)) &* multiplier
            place += 32
        }
        while place < bytes.count {
            lanes.0 = (lanes.0 ^ UInt64(bytes[place])) &* multiplier
            place += 1
        }
        return [lanes.1, lanes.2, lanes.3, UInt64(bytes.count)].reduce(WordHash.mixed(lanes.0)) {
            WordHash.mixed($0 ^ $1)
        }
    }

    private static func put(_ value: UInt64, at offset: Int, in bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.replaceSubrange(offset..<offset + 8, with: $0) }
    }

    private static func number(at offset: Int, in bytes: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
