/// The parts of a compiled lexicon, in the order of the file.
enum StoreSection: Int, CaseIterable {
    /// The folded words of all terms: bytes, ends.
    case wordBytes, wordEnds
    /// The hash table of the words: the upper half of the hash, and the number plus one.
    case wordSlots
    /// For each word the node of the terms that begin with it, or 0.
    case wordNodes
    /// For each word the next one that is spelled alike in the other English, in a ring.
    case wordSpellings
    /// The long words by the hashes of what is left of them without one letter: bucket `b` of a power of two holds
    /// `deletionWords[deletionStarts[b] ..< deletionStarts[b + 1]]`, each a word's number and, in the bits above those that
    /// numbers need, the upper bits of the hash.
    case deletionStarts, deletionWords
    /// The trie: node `n` has the children `edgeStarts[n] + 1 ..< edgeStarts[n + 1] + 1`; child `c` stands behind the
    /// word `edgeWords[c - 1]`, and the words of one node ascend.
    case edgeStarts, edgeWords
    /// The entries that end at node `n`: `postingEntries[postingStarts[n] ..< postingStarts[n + 1]]`, and how they differ.
    case postingStarts, postingEntries, postingMarks
    /// The columns of the entries.
    case termBytes, termEnds, entryConcepts, entryLines, entryTypes, entryStatuses, entryFlags
    /// The columns of the concepts.
    case codeBytes, codeEnds, conceptNames, conceptSources
    /// Preferred names that are no terms, types, sources.
    case nameBytes, nameEnds, typeBytes, typeEnds, sourceBytes, sourceEnds
    /// What it was made from, in words.
    case origin

    /// The size of an element.
    var stride: Int {
        switch self {
        case .wordSlots: 8
        case .entryTypes, .conceptSources: 2
        case .wordBytes, .postingMarks, .termBytes, .entryStatuses, .entryFlags, .codeBytes, .nameBytes, .typeBytes,
            .sourceBytes, .origin:
            1
        default: 4
        }
    }
}
