/// Words and what is left of them without one letter: two words that are one edit apart share one of these.
///
/// An edit is a letter missing, added, replaced or changed with its neighbor. The first letter is never part of one, and the last
/// only as a final `e` that comes or goes: most other changes there make another word, as of `arthritis` the adjective.
/// Source: the symmetric delete algorithm (W. Garbe, SymSpell, 2012), after T. Bocek et al., "Fast similarity search in
/// large dictionaries", University of Zurich, 2007.
enum DeletionNeighborhood {
    /// The letters of a word of the lexicon that may be misspelled, at least.
    static let shortestWord = 8
    /// The letters of a misspelled word, at least and at most.
    static let shortestMisspelling = 7
    static let longest = 40

    /// Calls `body` with the hashes of a word and of the word without each letter but the first.
    static func forEachHash(of word: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
        guard word.count >= 2, word.count <= longest + 1 else { return }
        withUnsafeTemporaryAllocation(byteCount: word.count + FoldedWords.padding, alignment: 8) { rest in
            guard let base = rest.baseAddress else { return }
            rest.copyBytes(from: word)
            for index in 0..<FoldedWords.padding { rest[word.count + index] = 0 }
            body(WordHash.hash(base, word.count))
            // From the end: `rest` is the word without its last letter, then without the one before ...
            for index in stride(from: word.count - 1, to: 0, by: -1) {
                if index < word.count - 1 { rest[index] = word[index + 1] }
                // Of two equal neighbors it does not matter which one goes.
                if index + 1 < word.count, word[index] == word[index + 1] { continue }
                body(WordHash.hash(base, word.count - 1))
            }
        }
    }

    /// Whether two different words that begin alike are one edit apart.
    static func isOneEdit(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count > 1, right.count > 1, left[0] == right[0], abs(left.count - right.count) <= 1 else {
            return false
        }
        var first = 1
        while first < left.count, first < right.count, left[first] == right[first] { first += 1 }
        func agree(_ leftStart: Int, _ rightStart: Int) -> Bool {
            left.count - leftStart == right.count - rightStart
                && left[leftStart...].elementsEqual(right[rightStart...])
        }
        let letterE = UInt8(ascii: "e")
        if left.count > right.count {
            return agree(first + 1, first) && (first + 1 < left.count || left[first] == letterE)
        }
        if left.count < right.count {
            return agree(first, first + 1) && (first + 1 < right.count || right[first] == letterE)
        }
        guard first < left.count else { return false }
        if agree(first + 1, first + 1) { return first + 1 < left.count }
        return first + 1 < left.count && left[first] == right[first + 1] && left[first + 1] == right[first]
            && agree(first + 2, first + 2)
    }
}
