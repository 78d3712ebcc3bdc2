import ClinicalText

/// Divides a note into words, numbers, punctuation marks and de-identification marks.
///
/// Tokens are small, so that the ends of clinical entities are ends of tokens:
///
/// - A number keeps its decimal point or comma and its thousands (`2.5`, `1,000`, `1½`) and parts from letters
///   behind it (`5|mg`), ordinals aside (`2nd`). A word may hold digits (`HbA1c`, `H2O`, `T2DM`, `q6h`).
/// - Slashes and hyphens part words (`mg|/|kg`, `120|/|80`, `right|-|sided`). Names like `COVID-19` and `IL-6` and
///   intervals like `q4-6h` stay whole, unless neighbors of the same shape make them a list of values (`BUN-12 Na-139`).
/// - Dotted abbreviations keep their dots (`b.i.d.`, `q.12h.`); a word keeps an apostrophe inside (`don't`), but a
///   possessive ending is a token of its own (`Crohn|'s`).
/// - Every other mark is a token of its own, as is every ideograph.
/// - De-identification marks are single tokens (see ``DeidentificationMarks``).
///
/// A ``Configuration`` joins what this parts, for models and lexicons that expect larger tokens.
public struct WordSplitter: Sendable {
    /// Where words are parted.
    public let configuration: Configuration

    /// Makes a splitter.
    public init(configuration: Configuration = Configuration()) { self.configuration = configuration }

    /// The tokens of `text`, in order.
    public func tokens(of text: String) -> [Token] {
        var text = text
        return text.withUTF8 { tokens(of: $0) }
    }

    func tokens(of bytes: UnsafeBufferPointer<UInt8>) -> [Token] {
        WordClass.ascii.withUnsafeBufferPointer { classes in
            var scan = WordScan(bytes: bytes, asciiClasses: classes, configuration: configuration)
            scan.run()
            return scan.tokens
        }
    }
}
