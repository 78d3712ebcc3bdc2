import ClinicalText
import TextProcessing

/// Finds the terms of many lexicons in one pass over folded words.
///
/// Matches begin and end with whole tokens and stay within a sentence. Of the terms of one lexicon that begin at a
/// token the longest one counts, and the next match of that lexicon begins behind it; lexicons do not hide each
/// other's matches. ``LexiconMatching`` asks for more. Lexicons in memory share one index; each compiled lexicon is
/// searched where it lies in its file.
public final class LexiconMatcher: Sendable {
    /// A store that is searched, and which lexicons its entries belong to.
    struct Part: Sendable {
        var store: LexiconStore
        /// The lexicon of each entry, for entries of several; nothing where all are of `first`.
        var lexicons: [UInt16]
        var first: Int
        /// Where each lexicon's entries begin among those of the store, by lexicon.
        var starts: [Int: Int]
        /// The variants that any of its lexicons allows.
        var variants: Set<MatchVariant>

        @inline(__always)
        func lexicon(of entry: Int) -> Int { lexicons.isEmpty ? first : Int(lexicons[entry]) }
    }

    /// The lexicons, in the order in which matches name them.
    public let lexicons: [Lexicon]
    /// Which matches are found.
    public let options: LexiconMatching

    private let parts: [Part]
    /// How mentions may differ from the terms of each lexicon.
    private let variants: [VariantSet]

    /// Compiles the `lexicons` that are not compiled yet.
    public init(_ lexicons: [Lexicon], options: LexiconMatching = LexiconMatching()) {
        self.lexicons = lexicons
        self.options = options
        variants = lexicons.map { VariantSet($0.variants ?? options.variants) }
        var compiler = LexiconCompiler()
        var owners: [UInt16] = []
        var starts: [Int: Int] = [:]
        var parts: [Part] = []
        for (index, lexicon) in lexicons.enumerated() {
            if let store = lexicon.store {
                parts.append(
                    Part(
                        store: store, lexicons: [], first: index, starts: [index: 0],
                        variants: lexicon.variants ?? options.variants))
                continue
            }
            starts[index] = owners.count
            for entry in lexicon.entries {
                // Codes and names stay with the lexicon.
                let term = LexiconEntry(term: entry.term, type: nil, isCaseSensitive: entry.isCaseSensitive)
                do { try compiler.add(term) } catch { preconditionFailure("\(error)") }
                owners.append(UInt16(clamping: index))
            }
        }
        if compiler.count > 0 {
            do {
                parts.append(
                    Part(
                        store: try compiler.store(), lexicons: owners, first: 0, starts: starts,
                        variants: starts.keys.reduce(into: []) {
                            $0.formUnion(lexicons[$1].variants ?? options.variants)
                        }
                    ))
            } catch { preconditionFailure("\(error)") }
        }
        self.parts = parts
    }

    /// The matches in a document, by the token they begin at, then by lexicon.
    ///
    /// - Parameters:
    ///   - words: the document's folded words.
    ///   - text: the normalized text they come from.
    ///   - sentences: the document's sentences.
    package func matches(
        in words: FoldedWords, text: UnsafeBufferPointer<UInt8>, sentences: [Sentence]
    ) -> [LexiconMatch] {
        var matches: [LexiconMatch] = []
        for part in parts {
            var search = LexiconSearch(
                part: part, options: options, variants: variants, words: words, text: text)
            search.run(sentences: sentences) { matches.append($0) }
        }
        if parts.count > 1 || options.overlap == .all {
            matches.sort {
                ($0.tokens.lowerBound, $0.lexicon, $0.tokens.upperBound, $0.entry)
                    < ($1.tokens.lowerBound, $1.lexicon, $1.tokens.upperBound, $1.entry)
            }
        }
        return matches
    }

    /// The matches in a document as it was read.
    package func matches(in document: SegmentedDocument) -> [LexiconMatch] {
        let normalized = TextNormalizer().normalize(document.document.text)
        let tokens = document.segmentation.tokens.map { normalized.normalized(of: $0.span) }
        // A wrapped line is a blank.
        let bytes = Array(normalized.text.utf8).map { $0 == 0x0A ? 0x20 : $0 }
        return bytes.withUnsafeBufferPointer { text in
            matches(
                in: FoldedWords(normalized: text, tokens: tokens), text: text,
                sentences: document.segmentation.sentences)
        }
    }

    /// The matches in a normalized text that nobody divided into sentences and tokens: `tokens` are folded words.
    ///
    /// ``FoldedWords/span(of:)`` says where these stand in the text.
    package func matches(in words: FoldedWords, text: UnsafeBufferPointer<UInt8>) -> [LexiconMatch] {
        matches(in: words, text: text, sentences: [])
    }

    /// The matches in a text as somebody typed it: the normalized text, its folded words, and matches over these words.
    package func matches(
        inText text: String
    ) -> (normalized: String, words: FoldedWords, matches: [LexiconMatch]) {
        var normalized = TextNormalizer().normalize(text).text
        let (words, matches) = normalized.withUTF8 { bytes in
            let words = FoldedWords(normalized: bytes)
            return (words, self.matches(in: words, text: bytes))
        }
        return (normalized, words, matches)
    }
}
