import ClinicalText

/// A text that is put together from tokens: one blank between two, a line feed between sentences, or, where the file
/// gives offsets, what fills the gaps up.
struct TokenText {
    /// How many characters gaps may fill, beyond a multiple of the text: a file of a few bytes must not make gigabytes.
    private static let freeFilling = 1 << 16

    private(set) var bytes: [UInt8] = []
    private(set) var layout = TokenLayout(tokens: [], sentenceStarts: [])
    private var codePoints = 0
    private var filled = 0
    private var beginsSentence = true

    /// The text so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The next token begins a sentence.
    mutating func endSentence() { beginsSentence = true }

    /// Adds a token, at `start` in code points or after a blank.
    ///
    /// - Returns: nothing, or what is wrong with the offset.
    mutating func add(_ token: some Collection<UInt8>, at start: Int?) -> String? {
        if let start {
            guard start >= codePoints else { return "the token begins before the end of the one before it" }
            guard start - codePoints <= Self.freeFilling + 16 * bytes.count - filled else {
                return "the token begins far behind the one before it; check its offsets"
            }
            fill(start - codePoints)
        } else if !layout.tokens.isEmpty {
            fill(1)
        }
        if beginsSentence { layout.sentenceStarts.append(layout.tokens.count) }
        beginsSentence = false
        let first = bytes.count
        bytes.append(contentsOf: token)
        codePoints += token.count { $0 & 0xC0 != 0x80 }
        layout.tokens.append(TextSpan(start: first, end: bytes.count))
        return nil
    }

    private mutating func fill(_ count: Int) {
        guard count > 0 else { return }
        bytes.append(beginsSentence && !layout.tokens.isEmpty ? 0x0A : 0x20)
        bytes.append(contentsOf: repeatElement(0x20, count: count - 1))
        codePoints += count
        filled += count
    }
}
