import ClinicalText
import ICU

/// Divides text into the pieces of a BERT vocabulary, longest match first, as the reference does.
///
/// Text that spells a special piece (`[MASK]`) is text here and never becomes one.
///
/// Source: Y. Wu et al., "Google's neural machine translation system" (2016), and BERT's `tokenization.py`.
public struct WordPieceTokenizer: Sendable {
    /// Longer words, in prepared characters, are unknown.
    public static let maxWordLength = 100

    /// The pieces and their ids.
    public let vocabulary: Vocabulary
    private let normalizer: BertNormalizer
    /// For each byte its class, and for ASCII what it becomes.
    private let classes: [UInt8]
    private let folds: [UInt8]

    /// Reads the tokenizer of a model folder: `vocab.txt`, `tokenizer_config.json` and, for what they leave open,
    /// `tokenizer.json`.
    ///
    /// - Throws: ``FileError`` or ``TokenizationError``.
    public init(folder: String) throws {
        try self.init(
            vocabulary: Vocabulary(folder: folder),
            configuration: TokenizerConfiguration(folder: folder))
    }

    /// Makes the tokenizer of a vocabulary.
    public init(vocabulary: Vocabulary, configuration: TokenizerConfiguration) {
        self.vocabulary = vocabulary
        normalizer = BertNormalizer(configuration)
        classes = (0...255).map(ByteClass.of)
        folds = (0...255).map { byte in
            configuration.lowercases && byte >= 0x41 && byte <= 0x5A ? UInt8(byte) | 0x20 : UInt8(byte)
        }
    }

    /// The pieces of `text`; spans count from its start.
    public func encode(_ text: Substring) -> Encoding {
        var text = text
        return text.withUTF8 { bytes in
            withScan(bytes, keepsSpans: true) { scan in
                scan.encode(0..<bytes.count)
                return Encoding(ids: scan.ids, spans: scan.spans)
            }
        }
    }

    /// The pieces of a document's tokens; a token that yields none gets one `[UNK]`.
    public func encode(_ document: SegmentedDocument) -> EncodedDocument {
        var text = document.document.text
        return text.withUTF8 { bytes in
            withScan(bytes, keepsSpans: false) { scan in
                var wordPieces: [Range<Int>] = []
                wordPieces.reserveCapacity(document.segmentation.tokens.count)
                for token in document.segmentation.tokens {
                    let start = scan.ids.count
                    scan.encode(token.span.range)
                    if scan.ids.count == start { scan.ids.append(vocabulary.unknownID) }
                    wordPieces.append(start..<scan.ids.count)
                }
                return EncodedDocument(ids: scan.ids, wordPieces: wordPieces)
            }
        }
    }

    private func withScan<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, keepsSpans: Bool, _ body: (inout PieceScan) -> Result
    ) -> Result {
        classes.withUnsafeBufferPointer { classes in
            folds.withUnsafeBufferPointer { folds in
                var scan = PieceScan(
                    bytes: bytes, classes: classes, folds: folds, trie: vocabulary.trie,
                    unknownID: vocabulary.unknownID, normalizer: normalizer, keepsSpans: keepsSpans)
                return body(&scan)
            }
        }
    }
}

/// What a byte is to the fast way through ASCII text.
private enum ByteClass {
    static let word: UInt8 = 0
    static let punctuation: UInt8 = 1
    static let space: UInt8 = 2
    /// Control characters and all of Unicode above ASCII: the long way.
    static let other: UInt8 = 3

    static func of(_ byte: Int) -> UInt8 {
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20: space
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: word
        case 0x21...0x7E: punctuation
        default: other
        }
    }
}

/// One walk over a text that collects its pieces.
private struct PieceScan {
    let bytes: UnsafeBufferPointer<UInt8>
    let classes: UnsafeBufferPointer<UInt8>
    let folds: UnsafeBufferPointer<UInt8>
    let trie: PieceTrie
    let unknownID: Int32
    let normalizer: BertNormalizer
    let keepsSpans: Bool

    var ids: [Int32] = []
    var spans: [TextSpan] = []
    /// The prepared characters of a run that is not plain ASCII.
    private var characters: [BertNormalizer.Character] = []
    /// A prepared word in UTF-8, and for each byte the character it belongs to.
    private var word: [UInt8] = []
    private var owners: [Int] = []

    init(
        bytes: UnsafeBufferPointer<UInt8>, classes: UnsafeBufferPointer<UInt8>, folds: UnsafeBufferPointer<UInt8>,
        trie: PieceTrie, unknownID: Int32, normalizer: BertNormalizer, keepsSpans: Bool
    ) {
        self.bytes = bytes
        self.classes = classes
        self.folds = folds
        self.trie = trie
        self.unknownID = unknownID
        self.normalizer = normalizer
        self.keepsSpans = keepsSpans
        ids.reserveCapacity(bytes.count / 3 + 4)
        if keepsSpans { spans.reserveCapacity(bytes.count / 3 + 4) }
    }

    mutating func encode(_ range: Range<Int>) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            // A run has no ASCII white space; only then can no character in it act on one outside.
            var end = offset
            var kinds: UInt8 = 0
            while end < range.upperBound, classes[Int(bytes[end])] != ByteClass.space {
                kinds = max(kinds, classes[Int(bytes[end])])
                end += 1
            }
            switch kinds {
            case ByteClass.word: if end > offset { encodeASCIIWord(offset..<end) }
            case ByteClass.punctuation: encodeASCII(offset..<end)
            default: encodeUnicode(offset..<end)
            }
            offset = end + 1
        }
    }

    private mutating func encodeASCII(_ range: Range<Int>) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            var end = offset + 1
            if classes[Int(bytes[offset])] == ByteClass.word {
                while end < range.upperBound, classes[Int(bytes[end])] == ByteClass.word { end += 1 }
            }
            encodeASCIIWord(offset..<end)
            offset = end
        }
    }

    private mutating func encodeASCIIWord(_ range: Range<Int>) {
        guard range.count <= WordPieceTokenizer.maxWordLength else {
            add(unknownID, range)
            return
        }
        let mark = ids.count
        var start = PieceTrie.root
        var offset = range.lowerBound
        while offset < range.upperBound {
            guard let match = trie.longestMatch(from: start, in: bytes, offset..<range.upperBound, fold: folds) else {
                drop(from: mark)
                add(unknownID, range)
                return
            }
            add(match.id, offset..<match.end)
            offset = match.end
            start = trie.continuation
        }
    }

    private mutating func encodeUnicode(_ range: Range<Int>) {
        normalizer.prepare(range, of: bytes, into: &characters)
        var start = 0
        while start < characters.count {
            if characters[start].value == BertNormalizer.space {
                start += 1
                continue
            }
            var end = start + 1
            if !BertNormalizer.isPunctuation(characters[start].value) {
                while end < characters.count, characters[end].value != BertNormalizer.space,
                    !BertNormalizer.isPunctuation(characters[end].value)
                {
                    end += 1
                }
            }
            encodeWord(start..<end)
            start = end
        }
    }

    private mutating func encodeWord(_ range: Range<Int>) {
        let mark = ids.count
        guard range.count <= WordPieceTokenizer.maxWordLength else {
            add(unknownID, source(range))
            return
        }
        word.removeAll(keepingCapacity: true)
        owners.removeAll(keepingCapacity: true)
        for place in range {
            CodePoint.append(characters[place].value, to: &word)
            while owners.count < word.count { owners.append(place) }
        }
        var node = PieceTrie.root
        var offset = 0
        while offset < word.count {
            // Prepared already: ASCII folds to itself a second time.
            let match = word.withUnsafeBufferPointer {
                trie.longestMatch(from: node, in: $0, offset..<$0.count, fold: folds)
            }
            guard let match else {
                drop(from: mark)
                add(unknownID, source(range))
                return
            }
            add(match.id, source(owners[offset]..<owners[match.end - 1] + 1))
            offset = match.end
            node = trie.continuation
        }
    }

    /// The bytes that a run of prepared characters stands for.
    private func source(_ range: Range<Int>) -> Range<Int> {
        let start = characters[range.lowerBound].start
        return start..<max(start, characters[range.upperBound - 1].end)
    }

    @inline(__always)
    private mutating func add(_ id: Int32, _ range: Range<Int>) {
        ids.append(id)
        if keepsSpans { spans.append(TextSpan(range)) }
    }

    private mutating func drop(from mark: Int) {
        ids.removeSubrange(mark...)
        if keepsSpans { spans.removeSubrange(mark...) }
    }
}
