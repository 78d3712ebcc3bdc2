import ClinicalText

/// Finds the terms of many lexicons in one pass: a trie over folded words in flat arrays.
///
/// Matches begin and end with whole tokens and stay within a sentence. Of the terms of one lexicon that begin at a
/// token the longest one counts, and the next match of that lexicon begins behind it; lexicons do not hide each
/// other's matches.
public final class LexiconMatcher: Sendable {
    /// The lexicons, in the order in which matches name them.
    public let lexicons: [Lexicon]

    private let vocabulary: WordTable
    private let trie: WordTrie
    /// For each word of the vocabulary the node behind the root's edge, or 0.
    private let firstNodes: [Int32]
    /// The entries that end at node `n` are `entries[entryStarts[n] ..< entryStarts[n + 1]]`.
    private let entryStarts: [Int32]
    private let entries: [EntryReference]
    /// What a case-sensitive entry must spell, by its place in ``entries``; empty for the others.
    private let spellings: [[UInt8]]

    private struct EntryReference: Sendable {
        var lexicon: Int32
        var entry: Int32
    }

    /// Compiles `lexicons`.
    public init(_ lexicons: [Lexicon]) {
        self.lexicons = lexicons
        var vocabulary = WordTable()
        var trie = WordTrie()
        var found: [(node: Int32, reference: EntryReference)] = []
        for (lexiconIndex, lexicon) in lexicons.enumerated() {
            for (entryIndex, entry) in lexicon.entries.enumerated() {
                let words = FoldedWords(term: entry.term)
                guard words.count > 0 else { continue }
                var node: Int32 = 0
                for word in 0..<words.count { node = trie.insertChild(of: node, vocabulary.insert(words, word)) }
                found.append((node, EntryReference(lexicon: Int32(lexiconIndex), entry: Int32(entryIndex))))
            }
        }
        found.sort {
            ($0.node, $0.reference.lexicon, $0.reference.entry) < ($1.node, $1.reference.lexicon, $1.reference.entry)
        }
        var starts = [Int32](repeating: 0, count: trie.nodeCount + 1)
        for (node, _) in found { starts[Int(node) + 1] += 1 }
        for node in 0..<trie.nodeCount { starts[node + 1] += starts[node] }
        firstNodes = (0..<Int32(vocabulary.count)).map { trie.child(of: 0, $0) }
        entryStarts = starts
        entries = found.map(\.reference)
        spellings = found.map { _, reference in
            let entry = lexicons[Int(reference.lexicon)].entries[Int(reference.entry)]
            return entry.isCaseSensitive ? entry.term.utf8.filter(Self.isSpelled) : []
        }
        self.vocabulary = vocabulary
        self.trie = trie
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
        let numbers = (0..<words.count).map { vocabulary.number(of: words, $0) }
        var next = [Int](repeating: 0, count: lexicons.count)
        var longest = [(end: Int, entry: Int32)](repeating: (0, 0), count: lexicons.count)
        var touched: [Int] = []
        var sentence = 0
        for first in 0..<words.count where numbers[first] >= 0 && words.startsToken(first) {
            var node = firstNodes[Int(numbers[first])]
            guard node != 0 else { continue }
            let firstToken = Int(words.firstTokens[first])
            while sentence < sentences.count, sentences[sentence].tokens.upperBound <= firstToken { sentence += 1 }
            let limit = sentence < sentences.count ? sentences[sentence].tokens.upperBound : Int.max
            var last = first
            touched.removeAll(keepingCapacity: true)
            while true {
                if words.endsToken(last) {
                    for place in Int(entryStarts[Int(node)])..<Int(entryStarts[Int(node) + 1]) {
                        let lexicon = Int(entries[place].lexicon)
                        // Of two entries for the same words the first in the file counts.
                        guard firstToken >= next[lexicon], longest[lexicon].end != last + 1,
                            isSpelled(
                                as: spellings[place], words.spans[first].lowerBound..<words.spans[last].upperBound, text
                            )
                        else { continue }
                        if longest[lexicon].end == 0 { touched.append(lexicon) }
                        longest[lexicon] = (last + 1, entries[place].entry)
                    }
                }
                last += 1
                guard last < words.count, numbers[last] >= 0, Int(words.lastTokens[last]) < limit else { break }
                node = trie.child(of: node, numbers[last])
                guard node != 0 else { break }
            }
            touched.sort()
            for lexicon in touched {
                let end = Int(words.lastTokens[longest[lexicon].end - 1]) + 1
                matches.append(
                    LexiconMatch(lexicon: lexicon, entry: Int(longest[lexicon].entry), tokens: firstToken..<end))
                next[lexicon] = end
                longest[lexicon] = (0, 0)
            }
        }
        return matches
    }

    /// Whether the letters and digits of a span are those of `spelling`, one plural `s` aside.
    private func isSpelled(
        as spelling: [UInt8], _ span: Range<Int32>, _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if spelling.isEmpty { return true }
        var place = 0
        for index in Int(span.lowerBound)..<Int(span.upperBound) where Self.isSpelled(text[index]) {
            if place == spelling.count {
                return text[index] == UInt8(ascii: "s") && index == Int(span.upperBound) - 1
            }
            if text[index] != spelling[place] { return false }
            place += 1
        }
        return place == spelling.count
    }

    /// Whether a byte counts for the comparison of case-sensitive terms; what separates words does not.
    private static func isSpelled(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != UInt8(ascii: "-") && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "'")
    }
}
