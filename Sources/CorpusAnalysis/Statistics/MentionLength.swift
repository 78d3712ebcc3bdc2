/// How long mentions are, in words.
public enum MentionLength: String, CaseIterable, Sendable {
    /// One word, or a mark of punctuation alone.
    case one = "1"
    /// Two words.
    case two = "2"
    /// Three words.
    case three = "3"
    /// Four or five words.
    case four = "4-5"
    /// Six words or more.
    case six = "6+"

    /// The class of a number of words.
    init(words: Int) {
        self =
            switch words {
            case ...1: .one
            case 2: .two
            case 3: .three
            case 4, 5: .four
            default: .six
            }
    }
}
