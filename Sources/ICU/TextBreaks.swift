internal import CICU

/// The breaks of Unicode Standard Annex #29, in the untailored rules of ICU's root locale.
public enum TextBreaks: Sendable {
    /// Between sentences; white space belongs to the sentence before it.
    case sentences
    /// Between words, runs of white space and punctuation marks.
    case words

    /// The UTF-8 offsets after each piece of the text `bytes`, rising, the last one the text's end.
    public func offsets(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        let count = checkedCount(bytes)
        var breaks: UnsafeMutablePointer<Int32>?
        var breakCount: Int32 = 0
        let kind = self == .sentences ? CICU_SENTENCES : CICU_WORDS
        withCharacters(bytes) { check(cicu_breaks(kind, $0, count, &breaks, &breakCount)) }
        defer { cicu_free(breaks) }
        return UnsafeBufferPointer(start: breaks, count: Int(breakCount)).map { Int($0) }
    }
}
