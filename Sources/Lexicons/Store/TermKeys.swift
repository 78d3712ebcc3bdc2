/// The sequences of word numbers that terms and their variants are, from which the trie is built.
struct TermKeys {
    /// The words of all keys, one key behind the other.
    var words: [UInt32] = []
    private var ends: [UInt32] = []
    private var entries: [UInt32] = []
    private var marks: [UInt8] = []

    /// The arrays of a ``TermTrie``.
    struct Trie {
        var firstNodes: [UInt32] = []
        var edgeStarts: [UInt32] = []
        var edgeWords: [UInt32] = []
        var postingStarts: [UInt32] = []
        var postingEntries: [UInt32] = []
        var postingMarks: [UInt8] = []
    }

    /// Ends a key whose words are in ``words`` already.
    mutating func append(entry: UInt32, marks: PostingMarks) {
        ends.append(UInt32(words.count))
        entries.append(entry)
        self.marks.append(marks.rawValue)
    }

    /// The trie of all keys, its nodes numbered level by level.
    func trie(wordCount: Int) -> Trie {
        let order = sorted()
        var trie = Trie()
        trie.firstNodes = [UInt32](repeating: 0, count: wordCount)
        // The keys below each node, in the order of the nodes.
        var starts: [UInt32] = [0]
        var stops: [UInt32] = [UInt32(order.count)]
        var node = 0
        var depth = 0
        var levelEnd = 1
        while node < starts.count {
            if node == levelEnd {
                depth += 1
                levelEnd = starts.count
            }
            var place = Int(starts[node])
            let stop = Int(stops[node])
            trie.postingStarts.append(UInt32(trie.postingEntries.count))
            // Shorter keys stand before longer ones.
            while place < stop, range(order[place]).count == depth {
                trie.postingEntries.append(entries[Int(order[place])])
                trie.postingMarks.append(marks[Int(order[place])])
                place += 1
            }
            trie.edgeStarts.append(UInt32(trie.edgeWords.count))
            while place < stop {
                let word = words[range(order[place]).lowerBound + depth]
                let start = place
                repeat { place += 1 } while place < stop && words[range(order[place]).lowerBound + depth] == word
                if depth == 0 { trie.firstNodes[Int(word)] = UInt32(starts.count) }
                trie.edgeWords.append(word)
                starts.append(UInt32(start))
                stops.append(UInt32(place))
            }
            node += 1
        }
        trie.edgeStarts.append(UInt32(trie.edgeWords.count))
        trie.postingStarts.append(UInt32(trie.postingEntries.count))
        return trie
    }

    private func range(_ key: UInt32) -> Range<Int> {
        (key == 0 ? 0 : Int(ends[Int(key) - 1]))..<Int(ends[Int(key)])
    }

    /// The keys by their words; of the same words the nearest variant first, then the first entry.
    private func sorted() -> [UInt32] {
        struct Item {
            var prefix: UInt64
            var key: UInt32
        }
        var items: [Item] = []
        items.reserveCapacity(ends.count)
        for key in 0..<UInt32(ends.count) {
            let range = range(key)
            let first = UInt64(words[range.lowerBound]) + 1
            let second = range.count > 1 ? UInt64(words[range.lowerBound + 1]) + 1 : 0
            items.append(Item(prefix: first << 32 | second, key: key))
        }
        words.withUnsafeBufferPointer { words in
            items.sort { left, right in
                if left.prefix != right.prefix { return left.prefix < right.prefix }
                let leftRange = range(left.key)
                let rightRange = range(right.key)
                var offset = 2
                while offset < leftRange.count, offset < rightRange.count {
                    let leftWord = words[leftRange.lowerBound + offset]
                    let rightWord = words[rightRange.lowerBound + offset]
                    if leftWord != rightWord { return leftWord < rightWord }
                    offset += 1
                }
                if leftRange.count != rightRange.count { return leftRange.count < rightRange.count }
                let leftVariant = PostingMarks(rawValue: marks[Int(left.key)]).variant
                let rightVariant = PostingMarks(rawValue: marks[Int(right.key)]).variant
                if leftVariant != rightVariant { return leftVariant < rightVariant }
                return left.key < right.key
            }
        }
        return items.map(\.key)
    }
}
