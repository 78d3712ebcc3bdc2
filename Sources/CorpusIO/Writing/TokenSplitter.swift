import ClinicalText

/// Divides a text into tokens for formats that have a token a line.
public struct TokenSplitter: Sendable, Equatable {
    /// What it is called; splitters of one name are the same.
    public let name: String
    /// The tokens of a text: not empty, in its order, not overlapping, without white space at their ends.
    public let split: @Sendable (String) -> [TextSpan]

    /// Makes a splitter.
    public init(name: String, split: @escaping @Sendable (String) -> [TextSpan]) {
        self.name = name
        self.split = split
    }

    /// Two splitters are equal if they are called the same.
    public static func == (left: TokenSplitter, right: TokenSplitter) -> Bool { left.name == right.name }

    /// Runs of letters, marks and digits, and each other character that is not white space by itself.
    public static let simple = TokenSplitter(name: "simple") { text in
        var tokens: [TextSpan] = []
        var wordStart: Int?
        var offset = 0
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            if isOfWord(scalar) {
                if wordStart == nil { wordStart = offset }
            } else {
                if let start = wordStart { tokens.append(TextSpan(start: start, end: offset)) }
                wordStart = nil
                if !scalar.properties.isWhitespace {
                    tokens.append(TextSpan(start: offset, end: offset + width))
                }
            }
            offset += width
        }
        if let start = wordStart { tokens.append(TextSpan(start: start, end: offset)) }
        return tokens
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .format:
            return true
        default: return false
        }
    }
}
