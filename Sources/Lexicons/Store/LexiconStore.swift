/// A compiled lexicon: its entries and the index that finds them, in flat arrays within one run of bytes.
///
/// Opening maps the file and looks at each byte once; nothing is decoded until it is asked for.
public final class LexiconStore: @unchecked Sendable {
    /// Where it was read from; empty if it was compiled in memory.
    public let path: String
    /// The SHA-256 digest of its content.
    public let digest: String
    /// How many bytes it takes.
    public let byteCount: Int
    /// The entity types of its entries.
    public let types: [String]

    let words: WordIndex
    let trie: TermTrie
    private let bytes: StoreBytes
    private let terms: FlatStrings
    private let concepts: FlatArray<UInt32>
    private let lines: FlatArray<UInt32>
    private let typeNumbers: FlatArray<UInt16>
    private let statuses: FlatArray<UInt8>
    private let flags: FlatArray<UInt8>
    private let codes: FlatStrings
    private let conceptNames: FlatArray<UInt32>
    private let conceptSources: FlatArray<UInt16>
    private let names: FlatStrings
    private let sourceNames: FlatStrings
    private let originBytes: UnsafeRawBufferPointer

    /// In ``conceptNames`` what stands for no name, and what marks a place among the names instead of one among the terms.
    static let noName = UInt32.max
    static let nameMark: UInt32 = 1 << 31
    static let caseSensitive: UInt8 = 1

    /// Opens the compiled lexicon at `path`.
    ///
    /// - Throws: ``LexiconStoreError`` if the file is no lexicon, cut, damaged or of another release; `FileError`.
    public convenience init(path: String) throws { try self.init(StoreBytes(mapping: path), path: path) }

    init(_ bytes: StoreBytes, path: String) throws {
        let sections = try StoreHeader.sections(in: bytes.buffer, path: path)
        guard let base = bytes.buffer.baseAddress else { throw LexiconStoreError.noLexicon(path: path) }
        func array<Element>(_ section: StoreSection) -> FlatArray<Element> {
            FlatArray(sections[section.rawValue], empty: base)
        }
        func strings(_ ends: StoreSection, _ content: StoreSection) -> FlatStrings {
            FlatStrings(ends: array(ends), bytes: sections[content.rawValue])
        }
        self.bytes = bytes
        self.path = path
        digest = StoreHeader.digest(in: bytes.buffer)
        byteCount = bytes.buffer.count
        words = WordIndex(
            words: strings(.wordEnds, .wordBytes), slots: array(.wordSlots), nodes: array(.wordNodes),
            spellings: array(.wordSpellings), deletionStarts: array(.deletionStarts),
            deletionWords: array(.deletionWords))
        trie = TermTrie(
            edgeStarts: array(.edgeStarts), edgeWords: array(.edgeWords), postingStarts: array(.postingStarts),
            postingEntries: array(.postingEntries), postingMarks: array(.postingMarks))
        terms = strings(.termEnds, .termBytes)
        concepts = array(.entryConcepts)
        lines = array(.entryLines)
        typeNumbers = array(.entryTypes)
        statuses = array(.entryStatuses)
        flags = array(.entryFlags)
        codes = strings(.codeEnds, .codeBytes)
        conceptNames = array(.conceptNames)
        conceptSources = array(.conceptSources)
        names = strings(.nameEnds, .nameBytes)
        let typeNames = strings(.typeEnds, .typeBytes)
        sourceNames = strings(.sourceEnds, .sourceBytes)
        originBytes = sections[StoreSection.origin.rawValue]
        types = (0..<typeNames.count).map { typeNames[$0] }
        let count = terms.count
        guard words.isComplete, trie.isComplete, terms.isComplete, codes.isComplete, names.isComplete,
            typeNames.isComplete, sourceNames.isComplete,
            [concepts.count, lines.count, typeNumbers.count, statuses.count, flags.count].allSatisfy({ $0 == count }),
            conceptNames.count == codes.count, conceptSources.count == codes.count
        else { throw LexiconStoreError.damaged(path: path, part: "counts") }
    }

    /// The number of entries.
    public var count: Int { terms.count }

    /// The number of concepts: different codes, or preferred names where there are no codes.
    public var conceptCount: Int { codes.count }

    /// The number of different folded words.
    public var wordCount: Int { words.count }

    /// The vocabularies that the terms come from.
    public var sources: [String] { (0..<sourceNames.count).map { sourceNames[$0] }.filter { !$0.isEmpty } }

    /// What it was made from, a line an input.
    public var origin: String { String(decoding: originBytes, as: UTF8.self) }

    /// The entry at `index`.
    public func entry(_ index: Int) -> LexiconEntry {
        let concept = Int(concepts[index])
        let codes = codes[concept].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        return LexiconEntry(
            term: terms[index], type: type(of: index), code: codes.first ?? "", preferred: preferredName(of: concept),
            isCaseSensitive: flags[index] & Self.caseSensitive != 0, source: sourceNames[Int(conceptSources[concept])],
            status: TermStatus(number: statuses[index]), crossReferences: Array(codes.dropFirst()),
            line: Int(lines[index]))
    }

    /// The UTF-8 bytes of an entry's term.
    func term(_ index: Int) -> UnsafeRawBufferPointer { terms.utf8(index) }

    /// 0 for an entry without a type, otherwise the place of its type in ``types`` plus one.
    func typeNumber(of index: Int) -> Int { min(Int(typeNumbers[index]), types.count) }

    private func type(of index: Int) -> String? {
        let number = typeNumber(of: index)
        return number == 0 ? nil : types[number - 1]
    }

    private func preferredName(of concept: Int) -> String {
        let place = concept < conceptNames.count ? conceptNames[concept] : Self.noName
        if place == Self.noName { return "" }
        return place & Self.nameMark != 0 ? names[Int(place & ~Self.nameMark)] : terms[Int(place)]
    }
}
