/// The words of the terms as a trie whose nodes are numbered level by level, so that the children of a node follow each
/// other and an edge needs nothing but its word; node 0 is the root.
struct TermTrie: Sendable {
    private let edgeStarts: FlatArray<UInt32>
    private let edgeWords: FlatArray<UInt32>
    private let postingStarts: FlatArray<UInt32>
    private let postingEntries: FlatArray<UInt32>
    private let postingMarks: FlatArray<UInt8>

    init(
        edgeStarts: FlatArray<UInt32>, edgeWords: FlatArray<UInt32>, postingStarts: FlatArray<UInt32>,
        postingEntries: FlatArray<UInt32>, postingMarks: FlatArray<UInt8>
    ) {
        self.edgeStarts = edgeStarts
        self.edgeWords = edgeWords
        self.postingStarts = postingStarts
        self.postingEntries = postingEntries
        self.postingMarks = postingMarks
    }

    /// The number of different sequences of words that terms begin with.
    var nodeCount: Int { edgeWords.count + 1 }

    /// Whether the arrays fit each other.
    var isComplete: Bool {
        edgeStarts.count == nodeCount + 1 && postingStarts.count == nodeCount + 1
            && Int(edgeStarts.last) == edgeWords.count && Int(postingStarts.last) == postingEntries.count
            && postingMarks.count == postingEntries.count
    }

    /// The node behind the edge `word` of `node`, or 0.
    @inline(__always)
    func child(of node: Int, _ word: Int32) -> Int {
        let range = edgeStarts.range(startingAt: node, limit: edgeWords.count)
        let word = UInt32(bitPattern: word)
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low &+ high) / 2
            if edgeWords[middle] < word { low = middle &+ 1 } else { high = middle }
        }
        return low < range.upperBound && edgeWords[low] == word ? low &+ 1 : 0
    }

    /// The places of the postings of a node.
    @inline(__always)
    func postings(of node: Int) -> Range<Int> {
        postingStarts.range(startingAt: node, limit: postingEntries.count)
    }

    /// The entry of a posting.
    @inline(__always)
    func entry(_ place: Int) -> Int { Int(postingEntries[place]) }

    /// How a posting's words differ from its term.
    @inline(__always)
    func marks(_ place: Int) -> PostingMarks { PostingMarks(rawValue: postingMarks[place]) }
}
