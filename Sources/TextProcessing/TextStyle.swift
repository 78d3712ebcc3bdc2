import ClinicalText

/// Habits of a note's writer that change what capitals, full stops and blanks mean.
struct TextStyle {
    /// So many bytes at the start of a note tell whether it is written in capitals.
    private static let sampleSize = 4096
    /// So many bytes at the start of a note tell how its stops are typed.
    private static let stopSampleSize = 16384

    /// Whether the note is written in capitals, so that a capital begins nothing.
    let isInCapitals: Bool
    /// Whether full stops stand apart from the words before them (`no fever . no cough .`), as in tokenized notes.
    let isTokenized: Bool
    /// Whether sentences begin in lower case (`no fever. denies cough.`).
    let beginsInLowerCase: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        isInCapitals = Self.isInCapitals(bytes)
        (isTokenized, beginsInLowerCase) = Self.stops(in: bytes)
    }

    /// Whether at least four in five ASCII letters at the start of a text are capitals.
    private static func isInCapitals(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var capitals = 0
        var letters = 0
        for offset in 0..<min(sampleSize, bytes.count) {
            // Wrapping differences, so that the compiler takes many bytes at a time.
            capitals &+= bytes[offset] &- 0x41 < 26 ? 1 : 0
            letters &+= (bytes[offset] | 0x20) &- 0x61 < 26 ? 1 : 0
        }
        return letters >= 20 && 5 * capitals >= 4 * letters
    }

    private static func stops(in bytes: UnsafeBufferPointer<UInt8>) -> (isTokenized: Bool, beginsInLowerCase: Bool) {
        var attached = 0
        var apart = 0
        var lower = 0
        var upper = 0
        for offset in 1..<max(1, min(stopSampleSize, bytes.count - 1))
        where bytes[offset] == UInt8(ascii: ".") && bytes[offset + 1] <= 0x20 {
            if bytes[offset - 1] <= 0x20 { apart += 1 } else { attached += 1 }
            var next = offset + 2
            while next < min(bytes.count, offset + 4), bytes[next] <= 0x20 { next += 1 }
            guard next < bytes.count else { continue }
            if bytes[next] >= 0x61 && bytes[next] <= 0x7A, isWord(endingAt: offset, in: bytes) { lower += 1 }
            if bytes[next] >= 0x41 && bytes[next] <= 0x5A { upper += 1 }
        }
        return (apart >= 2 && apart > 2 * attached, lower >= 3 && lower > 4 * upper)
    }

    /// Whether a word of three letters or more ends at `end` that is no abbreviation.
    private static func isWord(endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = end
        while start > max(0, end - 9), bytes[start - 1] | 0x20 >= 0x61, bytes[start - 1] | 0x20 <= 0x7A { start -= 1 }
        return end - start >= 3 && SentenceWords.of(start..<end, in: bytes).isDisjoint(with: .abbreviation)
    }
}
