/// A trie over numbered words whose edges lie in one open-addressing table; node 0 is the root.
struct WordTrie: Sendable {
    /// Node and word of each edge in one key; the all-ones key is an empty slot.
    private var keys: [UInt64] = Array(repeating: .max, count: 1024)
    private var targets: [Int32] = Array(repeating: 0, count: 1024)
    private var edgeCount = 0
    private(set) var nodeCount = 1

    /// The node behind the edge `word` of `node`, or 0 if there is none.
    func child(of node: Int32, _ word: Int32) -> Int32 {
        let key = Self.key(node, word)
        var place = Self.mixed(key) & (keys.count - 1)
        while keys[place] != key {
            if keys[place] == .max { return 0 }
            place = (place + 1) & (keys.count - 1)
        }
        return targets[place]
    }

    /// The node behind the edge `word` of `node`, which is added if it is new.
    mutating func insertChild(of node: Int32, _ word: Int32) -> Int32 {
        let existing = child(of: node, word)
        if existing != 0 { return existing }
        if 2 * (edgeCount + 1) > keys.count { grow() }
        let target = Int32(nodeCount)
        nodeCount += 1
        edgeCount += 1
        place(Self.key(node, word), target)
        return target
    }

    private mutating func place(_ key: UInt64, _ target: Int32) {
        var place = Self.mixed(key) & (keys.count - 1)
        while keys[place] != .max { place = (place + 1) & (keys.count - 1) }
        keys[place] = key
        targets[place] = target
    }

    private mutating func grow() {
        let edges = zip(keys, targets).filter { $0.0 != .max }
        keys = Array(repeating: .max, count: 2 * keys.count)
        targets = Array(repeating: 0, count: keys.count)
        for (key, target) in edges { place(key, target) }
    }

    private static func key(_ node: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
    }

    private static func mixed(_ key: UInt64) -> Int {
        let product = key &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: (product >> 32) & 0x7fff_ffff)
    }
}
