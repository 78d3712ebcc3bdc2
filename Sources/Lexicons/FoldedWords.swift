import ClinicalText
import TextProcessing

/// The words of a text folded for lookup, so that a term and its spellings in notes become the same list of words.
///
/// A word is a run of letters, a run of digits, or another character on its own. Letters lose case, accents and the
/// endings of plural and possessive; hyphens, apostrophes and white space separate words and leave no trace; single
/// letters with full stops between them are one word: `Crohn's` and `crohns` are `crohn`, `b.i.d.` is `bid`, `5mg` is
/// `5` and `mg`.
public struct FoldedWords: Sendable {
    /// A folded word.
    package struct Word: Sendable {
        /// Of its folded bytes.
        package var hash: UInt64
        /// Where it ends in ``bytes``.
        var end: Int32
        /// Its span in the text that was folded, in UTF-8 offsets.
        package var start: Int32
        package var stop: Int32
        /// The tokens that it lies in, first and last; its own place where there are no tokens.
        package var firstToken: Int32
        package var lastToken: Int32
        var marks: Marks
    }

    /// What folding took away.
    struct Marks: OptionSet, Sendable {
        let rawValue: UInt8
        /// The ending of a plural or possessive.
        static let inflected = Marks(rawValue: 1)
        /// A hyphen, and nothing else, between the word before and this one.
        static let hyphenated = Marks(rawValue: 2)
    }

    /// The folded bytes of all words, one after the other, and eight more, which the hash may read.
    private(set) var bytes: [UInt8] = []
    /// The words, in the order of the text.
    package private(set) var words: [Word] = []

    /// How many bytes behind a word a hash may read.
    static let padding = 8

    /// The number of words.
    public var count: Int { words.count }

    /// The folded word at `index`.
    public subscript(index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : Int(words[index - 1].end))..<Int(words[index].end) }

    /// Where the word at `index` stands in the text that was folded, in UTF-8 offsets.
    public func span(of index: Int) -> TextSpan {
        TextSpan(start: Int(words[index].start), end: Int(words[index].stop))
    }

    /// Whether the word is the first of its token.
    func startsToken(_ index: Int) -> Bool {
        index == 0 || words[index - 1].lastToken != words[index].firstToken
    }

    /// Whether the word is the last of its token.
    func endsToken(_ index: Int) -> Bool {
        index + 1 == count || words[index + 1].firstToken != words[index].lastToken
    }

    /// Folds a term; full stops at its end do not count.
    public init(term: String) { replace(withTerm: term) }

    /// Folds a whole normalized text in which every word stands for itself.
    package init(normalized text: UnsafeBufferPointer<UInt8>) { fold(text) }

    /// Folds a document's normalized text; `tokens` are the tokens' spans in that text, in its order.
    package init(normalized text: UnsafeBufferPointer<UInt8>, tokens: [TextSpan]) {
        words.reserveCapacity(tokens.count + tokens.count / 8)
        fold(text)
        tokens.withUnsafeBufferPointer { tokens in
            words.withUnsafeMutableBufferPointer { words in
                var token = 0
                for index in 0..<words.count {
                    while token + 1 < tokens.count, tokens[token].end <= Int(words[index].start) { token += 1 }
                    words[index].firstToken = Int32(token)
                    while token + 1 < tokens.count, tokens[token].end < Int(words[index].stop) { token += 1 }
                    words[index].lastToken = Int32(token)
                }
            }
        }
    }

    /// Folds another term into the same memory.
    mutating func replace(withTerm term: String) {
        words.removeAll(keepingCapacity: true)
        var term = term
        term.makeContiguousUTF8()
        if term.utf8.contains(where: { $0 >= 0x80 }) { term = Self.normalizer.normalize(term).text }
        term.withUTF8 { fold($0) }
        while count > 1, bytes[range(count - 1)].elementsEqual(CollectionOfOne(UInt8(ascii: "."))) {
            words.removeLast()
        }
        let length = words.last.map { Int($0.end) } ?? 0
        if !bytes[..<length].contains(where: { !FoldingScan.isSymbol($0) }) {
            words.removeAll(keepingCapacity: true)
        }
    }

    private static let normalizer = TextNormalizer()

    private mutating func fold(_ text: UnsafeBufferPointer<UInt8>) {
        // Folding makes no ASCII longer; a decomposed character above it is at most three times as long (Hangul).
        let aboveASCII = text.reduce(0) { $0 + Int($1 >> 7) }
        let capacity = text.count + 2 * aboveASCII + Self.padding
        if bytes.count < capacity { bytes = [UInt8](repeating: 0, count: capacity) }
        var words = self.words
        self.words = []
        bytes.withUnsafeMutableBufferPointer { output in
            FoldingScan.classes.withUnsafeBufferPointer { classes in
                guard let base = output.baseAddress else { return }
                var scan = FoldingScan(
                    text: text, output: base, capacity: output.count, classes: classes, words: words)
                words = []
                scan.run()
                words = scan.words
            }
        }
        self.words = words
    }
}
