import ClinicalText
import ICU

/// What a token is to the sentence splitter, by its first character.
///
/// The classes follow the Sentence_Break property of Unicode Standard Annex #29; brackets and quotes are told apart, and
/// what begins an item or leads a number has classes of its own.
enum SentenceClass {
    static let other: UInt8 = 0
    static let lower: UInt8 = 1
    /// A capital letter, or a letter of a script without case.
    static let capital: UInt8 = 2
    static let digit: UInt8 = 3
    /// A full stop, which may be an abbreviation's.
    static let period: UInt8 = 4
    /// A mark that ends a sentence for certain: `?`, `!`, `。`.
    static let stop: UInt8 = 5
    static let opener: UInt8 = 6
    static let closer: UInt8 = 7
    /// `"` and `'`, which open and close.
    static let quote: UInt8 = 8
    /// What a sentence goes on with: a comma, a colon, a dash.
    static let continuer: UInt8 = 9
    /// What leads a number: `~`, `<`, `≥`.
    static let sign: UInt8 = 10
    static let bullet: UInt8 = 11

    private static let classes = CodePointClasses([
        ("[:L:]", capital),
        ("[:Lowercase:]", lower),
        ("[[:Nd:][:No:]]", digit),
        ("[:Sentence_Break=Close:]", closer),
        ("[[:Ps:][:Pi:]]", opener),
        ("[:Sentence_Break=SContinue:]", continuer),
        ("[;]", continuer),
        ("[:Sentence_Break=ATerm:]", period),
        ("[:Sentence_Break=STerm:]", stop),
        ("[\\u0022\\u0027]", quote),
        ("[~<>≈≤≥±]", sign),
        ("[*#•▪●○◦■►‣⁃]", bullet),
    ])

    private static let ascii: [UInt8] = (0..<128).map { classes[UInt32($0)] }

    /// Runs `body` with the classes of ASCII bytes.
    static func withASCII<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        ascii.withUnsafeBufferPointer(body)
    }

    /// The class of the token at `span`.
    @inline(__always)
    static func of(
        _ span: TextSpan, in bytes: UnsafeBufferPointer<UInt8>, ascii: UnsafeBufferPointer<UInt8>
    ) -> UInt8 {
        let first = bytes[span.start]
        let kind = first < 0x80 ? ascii[Int(first)] : classes[CodePoint.decode(bytes, at: span.start).value]
        if kind != other && kind <= digit || span.count == 1 { return kind }
        return ofLonger(span, kind: kind, in: bytes)
    }

    /// The class of a token of several bytes that does not begin with a letter or digit.
    private static func ofLonger(_ span: TextSpan, kind: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        switch bytes[span.start] {
        case UInt8(ascii: "["), UInt8(ascii: "_"), UInt8(ascii: "<"), UInt8(ascii: "*"):
            // A de-identification mark stands for a name or a number.
            return capital
        case UInt8(ascii: "."):
            return digit
        case UInt8(ascii: "'"):
            return other
        default:
            return kind
        }
    }
}
