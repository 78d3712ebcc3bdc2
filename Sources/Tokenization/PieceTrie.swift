/// The pieces of a vocabulary as a trie over UTF-8 bytes, for longest-match-first lookup.
///
/// Edges lie in one open-addressing table keyed by node and byte: a step is one probe and most often one cache line.
struct PieceTrie: Sendable {
    static let root: Int32 = 0
    private static let nothing: Int32 = -1

    private struct Edge {
        /// Node and byte, all ones for a free place.
        var key: UInt32
        var child: Int32
    }

    private var edges: [Edge]
    private var shift: UInt32
    private var edgeCount = 0
    /// For each node, the id of the piece that ends there, or -1.
    private var ids: [Int32] = [PieceTrie.nothing]
    /// The node after `##`, from which pieces within a word are matched.
    private(set) var continuation: Int32 = PieceTrie.nothing

    /// Makes an empty trie.
    init() {
        shift = 32 - 10
        edges = [Edge](repeating: Edge(key: .max, child: 0), count: 1 << 10)
        continuation = "##".utf8.reduce(Self.root) { makeChild(of: $0, $1) }
    }

    /// Adds a piece; if it is there already, returns the id that it keeps.
    mutating func insert(_ piece: some Sequence<UInt8>, id: Int32) -> Int32? {
        let node = Int(piece.reduce(Self.root) { makeChild(of: $0, $1) })
        if ids[node] != Self.nothing { return ids[node] }
        ids[node] = id
        return nil
    }

    /// The id of a whole piece, if the vocabulary has it.
    func id(of piece: some Sequence<UInt8>) -> Int32? {
        var node = Self.root
        for byte in piece {
            node = child(of: node, byte)
            if node == Self.nothing { return nil }
        }
        let id = ids[Int(node)]
        return id == Self.nothing ? nil : id
    }

    /// The longest piece that `bytes` has at `range`'s start, each byte mapped through `fold`, and where it ends.
    @inline(__always)
    func longestMatch(
        from start: Int32, in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
        fold: UnsafeBufferPointer<UInt8>
    ) -> (id: Int32, end: Int)? {
        var node = start
        var match = (id: Self.nothing, end: range.lowerBound)
        var offset = range.lowerBound
        while offset < range.upperBound {
            node = child(of: node, fold[Int(bytes[offset])])
            if node == Self.nothing { break }
            offset += 1
            let id = ids[Int(node)]
            if id != Self.nothing { match = (id, offset) }
        }
        return match.id == Self.nothing ? nil : match
    }

    // MARK: Edges

    @inline(__always)
    private func child(of node: Int32, _ byte: UInt8) -> Int32 {
        let key = UInt32(bitPattern: node) << 8 | UInt32(byte)
        var place = Self.place(of: key, shift: shift)
        while true {
            let edge = edges[place]
            if edge.key == key { return edge.child }
            if edge.key == .max { return Self.nothing }
            place = (place + 1) & (edges.count - 1)
        }
    }

    private mutating func makeChild(of node: Int32, _ byte: UInt8) -> Int32 {
        let known = child(of: node, byte)
        if known != Self.nothing { return known }
        let child = Int32(ids.count)
        ids.append(Self.nothing)
        edgeCount += 1
        // At most a third is taken, so that probes stay short.
        if 3 * edgeCount > edges.count { grow() }
        insert(Edge(key: UInt32(bitPattern: node) << 8 | UInt32(byte), child: child))
        return child
    }

    private mutating func insert(_ edge: Edge) {
        var place = Self.place(of: edge.key, shift: shift)
        while edges[place].key != .max { place = (place + 1) & (edges.count - 1) }
        edges[place] = edge
    }

    private mutating func grow() {
        let old = edges
        shift -= 1
        edges = [Edge](repeating: Edge(key: .max, child: 0), count: 2 * old.count)
        for edge in old where edge.key != .max { insert(edge) }
    }

    /// Fibonacci hashing: the top bits of the product.
    @inline(__always)
    private static func place(of key: UInt32, shift: UInt32) -> Int { Int((key &* 0x9E37_79B9) >> shift) }
}
