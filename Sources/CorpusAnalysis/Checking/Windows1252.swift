/// Windows' code page 1252, as far as it differs from Latin-1, and UTF-8 that was read by it.
enum Windows1252 {
    private static let high: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
        0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    private static let bytes = Dictionary(
        uniqueKeysWithValues: high.enumerated().filter { $1 != 0 }.map { ($1, UInt8(0x80 + $0)) })

    /// The character of a byte from 0x80 to 0x9F; nothing for the five that are left open.
    static func scalar(of byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte), high[Int(byte) - 0x80] != 0 else { return nil }
        return Unicode.Scalar(high[Int(byte) - 0x80])
    }

    /// The byte of a character, in this code page or in Latin-1; nothing below 0x80.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        if let byte = bytes[scalar.value] { return byte }
        return (0x80...0xFF).contains(scalar.value) ? UInt8(scalar.value) : nil
    }

    /// The character whose UTF-8 bytes the first of `scalars` are, and how many they are.
    ///
    /// Only characters that notes have: those of Latin-1, punctuation and the euro, and those beyond the first plane
    /// (emoji). Any other pair of letters may be meant.
    static func decoded(_ scalars: ArraySlice<Unicode.Scalar>) -> (character: Unicode.Scalar, count: Int)? {
        var found: [UInt8] = []
        for scalar in scalars {
            guard let byte = byte(of: scalar) else { break }
            found.append(byte)
        }
        guard let lead = found.first else { return nil }
        let count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard found.count >= count, found[1..<count].allSatisfy({ $0 & 0xC0 == 0x80 }),
            let text = String(validating: found[..<count], as: UTF8.self), let character = text.unicodeScalars.first
        else { return nil }
        switch character.value {
        case 0xA0...0xFF, 0x2010...0x203A, 0x20AC, 0x2122, 0x2190...0x22FF, 0x1F300...0x1FAFF: return (character, count)
        default: return nil
        }
    }
}
