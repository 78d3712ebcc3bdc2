/// Compiles entries, one after the other, into the sections of a ``LexiconStore``.
///
/// Entries keep their order. What a term's words are in other orders and spellings is part of the index.
package struct LexiconCompiler {
    /// The most entries: their numbers share 32 bits with a mark.
    private static let maximumEntries = 1 << 30
    /// The most words of a term that is found; what is longer is a sentence, and a walk must end.
    private static let maximumWords = 100

    private var words = WordTable()
    private var keys = TermKeys()
    private var folded = FoldedWords(term: "")

    private var terms = StringColumn()
    private var entryConcepts: [UInt32] = []
    private var lines: [UInt32] = []
    private var typeNumbers: [UInt16] = []
    private var statuses: [UInt8] = []
    private var flags: [UInt8] = []
    private var concepts = ConceptColumns()
    private var types = NameTable()

    package init() {}

    /// The number of entries so far.
    package var count: Int { entryConcepts.count }

    /// Adds an entry; one whose term holds no letter or digit, or more than a hundred words, is kept, and never found.
    ///
    /// - Throws: ``LexiconStoreError/tooLarge(path:what:limit:)``.
    package mutating func add(_ entry: LexiconEntry) throws {
        let number = UInt32(count)
        guard count < Self.maximumEntries, terms.byteCount < Int(UInt32.max) - entry.term.utf8.count else {
            throw LexiconStoreError.tooLarge(path: "", what: "terms", limit: count)
        }
        folded.replace(withTerm: entry.term)
        addKey(number, entry, variant: .exact)
        for (form, variant) in TermVariants.forms(of: entry.term) {
            folded.replace(withTerm: form)
            addKey(number, entry, variant: variant)
        }
        terms.append(entry.term)
        entryConcepts.append(concepts.number(of: entry, at: number))
        lines.append(UInt32(clamping: entry.line))
        let type = entry.type.map { types.number(of: $0) + 1 } ?? 0
        guard type < UInt16.max else {
            throw LexiconStoreError.tooLarge(path: "", what: "types", limit: Int(UInt16.max) - 1)
        }
        typeNumbers.append(UInt16(type))
        statuses.append(entry.status.number)
        flags.append(entry.isCaseSensitive ? LexiconStore.caseSensitive : 0)
    }

    private mutating func addKey(_ number: UInt32, _ entry: LexiconEntry, variant: MatchVariant) {
        guard folded.count > 0, folded.count <= Self.maximumWords else { return }
        var marks: FoldedWords.Marks = []
        for index in 0..<folded.count {
            keys.words.append(UInt32(bitPattern: words.insert(folded, index)))
            marks.formUnion(folded.words[index].marks)
        }
        keys.append(
            entry: number,
            marks: PostingMarks(
                variant: variant, isCaseSensitive: entry.isCaseSensitive, isInflected: marks.contains(.inflected),
                isHyphenated: marks.contains(.hyphenated)))
    }

    /// The store in memory.
    package func store() throws -> LexiconStore { try LexiconStore(StoreBytes(file(origin: "")), path: "") }

    /// The bytes of the file, in pieces; `origin` says what it was made from.
    package func file(origin: String) throws -> [[UInt8]] {
        var words = words
        let spellings = SpellingRings.make(&words)
        let trie = keys.trie(wordCount: words.count)
        let concepts = concepts.finished()
        var sections = [[UInt8]](repeating: [], count: StoreSection.allCases.count)
        func put<Element: FixedWidthInteger>(_ section: StoreSection, _ values: [Element]) {
            precondition(MemoryLayout<Element>.stride == section.stride, "elements of another size than the section's")
            #if _endian(little)
                values.withUnsafeBytes { sections[section.rawValue] = Array($0) }
            #else
                sections[section.rawValue] = values.map(\.littleEndian).withUnsafeBytes { Array($0) }
            #endif
        }
        put(.wordBytes, words.bytes)
        put(.wordEnds, words.ends)
        put(.wordSlots, WordIndex.slots(words.hashes.enumerated().map { ($1, UInt32($0)) }))
        put(.wordNodes, trie.firstNodes)
        put(.wordSpellings, spellings)
        let deletions = WordIndex.buckets(words.deletions(), wordCount: words.count)
        put(.deletionStarts, deletions.starts)
        put(.deletionWords, deletions.words)
        put(.edgeStarts, trie.edgeStarts)
        put(.edgeWords, trie.edgeWords)
        put(.postingStarts, trie.postingStarts)
        put(.postingEntries, trie.postingEntries)
        put(.postingMarks, trie.postingMarks)
        put(.termBytes, terms.bytes)
        put(.termEnds, terms.ends)
        put(.entryConcepts, entryConcepts)
        put(.entryLines, lines)
        put(.entryTypes, typeNumbers)
        put(.entryStatuses, statuses)
        put(.entryFlags, flags)
        put(.codeBytes, concepts.codes.bytes)
        put(.codeEnds, concepts.codes.ends)
        put(.conceptNames, concepts.names)
        put(.conceptSources, concepts.sources)
        put(.nameBytes, concepts.nameTable.column.bytes)
        put(.nameEnds, concepts.nameTable.column.ends)
        put(.typeBytes, types.column.bytes)
        put(.typeEnds, types.column.ends)
        put(.sourceBytes, concepts.sourceTable.column.bytes)
        put(.sourceEnds, concepts.sourceTable.column.ends)
        put(.origin, Array(origin.utf8))
        return StoreHeader.file(of: sections)
    }
}
