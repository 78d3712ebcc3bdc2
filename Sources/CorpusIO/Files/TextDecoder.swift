/// Turns the pieces of a text in another encoding into UTF-8.
struct TextDecoder {
    private enum Kind {
        case utf16(bigEndian: Bool)
        case singleByte(high: [UInt32])
    }

    private let kind: Kind
    private let file: String
    private var isAtStart = true
    private var position = 0
    private var pending: [UInt8] = []
    private var highSurrogate: UInt32?

    /// A decoder for `encoding`, or for what the first bytes show; nothing where they are UTF-8 already.
    ///
    /// Without a mark, UTF-16 is told by zero bytes: of ASCII characters every second byte is one.
    init?(_ encoding: TextEncoding?, firstBytes: [UInt8], file: String) {
        self.file = file
        switch encoding {
        case .utf8: return nil
        case .utf16: kind = .utf16(bigEndian: firstBytes.starts(with: [0xFE, 0xFF]))
        case .utf16LittleEndian: kind = .utf16(bigEndian: false)
        case .utf16BigEndian: kind = .utf16(bigEndian: true)
        case .latin1: kind = .singleByte(high: Self.latin1)
        case .windows1252: kind = .singleByte(high: Self.windows1252)
        case nil:
            if firstBytes.starts(with: [0xFF, 0xFE]) {
                kind = .utf16(bigEndian: false)
            } else if firstBytes.starts(with: [0xFE, 0xFF]) {
                kind = .utf16(bigEndian: true)
            } else if let bigEndian = Self.looksLikeUTF16(firstBytes) {
                kind = .utf16(bigEndian: bigEndian)
            } else {
                return nil
            }
        }
    }

    /// The next piece as UTF-8.
    ///
    /// - Throws: ``CorpusError/undecodable(file:byte:encoding:)`` for surrogates without their other half.
    mutating func decode(_ piece: [UInt8]) throws -> [UInt8] {
        switch kind {
        case .singleByte(let high):
            var bytes: [UInt8] = []
            bytes.reserveCapacity(piece.count + piece.count / 8)
            for byte in piece {
                if byte < 0x80 { bytes.append(byte) } else { Self.append(high[Int(byte) - 0x80], to: &bytes) }
            }
            return bytes
        case .utf16(let bigEndian):
            return try decodeUTF16(pending + piece, bigEndian: bigEndian)
        }
    }

    /// What is left at the end: nothing, if the text is whole.
    ///
    /// - Throws: ``CorpusError/undecodable(file:byte:encoding:)`` for half a character.
    mutating func finish() throws -> [UInt8]? {
        guard pending.isEmpty, highSurrogate == nil else {
            throw CorpusError.undecodable(file: file, byte: position, encoding: .utf16)
        }
        return nil
    }

    private mutating func decodeUTF16(_ piece: [UInt8], bigEndian: Bool) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(piece.count)
        var index = 0
        while index + 1 < piece.count {
            let first = UInt32(piece[index])
            let second = UInt32(piece[index + 1])
            let unit = bigEndian ? first << 8 | second : second << 8 | first
            index += 2
            defer { position += 2 }
            if isAtStart {
                isAtStart = false
                if unit == 0xFEFF { continue }
            }
            if let high = highSurrogate {
                guard unit & 0xFC00 == 0xDC00 else {
                    throw CorpusError.undecodable(file: file, byte: position, encoding: .utf16)
                }
                highSurrogate = nil
                Self.append(0x10000 + (high - 0xD800) << 10 + unit - 0xDC00, to: &bytes)
            } else if unit & 0xFC00 == 0xD800 {
                highSurrogate = unit
            } else if unit & 0xFC00 == 0xDC00 {
                throw CorpusError.undecodable(file: file, byte: position, encoding: .utf16)
            } else {
                Self.append(unit, to: &bytes)
            }
        }
        pending = Array(piece[index...])
        return bytes
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        switch value {
        case 0..<0x80: bytes.append(UInt8(value))
        case 0x80..<0x800:
            bytes.append(UInt8(0xC0 | value >> 6))
            bytes.append(UInt8(0x80 | value & 0x3F))
        case 0x800..<0x10000:
            bytes.append(UInt8(0xE0 | value >> 12))
            bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | value & 0x3F))
        default:
            bytes.append(UInt8(0xF0 | value >> 18))
            bytes.append(UInt8(0x80 | value >> 12 & 0x3F))
            bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | value & 0x3F))
        }
    }

    /// The byte order, if nearly all zero bytes stand at even or nearly all at odd places and there are many.
    private static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool? {
        let head = bytes.prefix(1024)
        guard head.count >= 4 else { return nil }
        var zeros = [0, 0]
        for (index, byte) in head.enumerated() where byte == 0 { zeros[index & 1] += 1 }
        let half = head.count / 2
        if zeros[1] * 10 >= half * 4, zeros[0] * 20 <= half { return false }
        if zeros[0] * 10 >= half * 4, zeros[1] * 20 <= half { return true }
        return nil
    }

    private static let latin1 = (0x80...0xFF).map { UInt32($0) }

    /// As the WHATWG's table: the five bytes that Microsoft left open are control characters.
    private static let windows1252: [UInt32] =
        [
            0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
            0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
            0x0153, 0x9D, 0x017E, 0x0178,
        ] + (0xA0...0xFF).map { UInt32($0) }
}
