/// Numbers words: an open-addressing hash table from folded bytes to 0, 1, 2 ... in the order of insertion.
struct WordTable: Sendable {
    private var slots: [Int32] = Array(repeating: -1, count: 1024)
    private var hashes: [UInt64] = []
    private var bytes: [UInt8] = []
    private var ends: [Int32] = []

    var count: Int { ends.count }

    /// The number of a word, or -1 if the table does not have it.
    func number(of words: FoldedWords, _ index: Int) -> Int32 {
        slots[slot(of: words, index)]
    }

    /// The number of a word, which is added if it is new.
    mutating func insert(_ words: FoldedWords, _ index: Int) -> Int32 {
        let place = slot(of: words, index)
        if slots[place] >= 0 { return slots[place] }
        let number = Int32(count)
        slots[place] = number
        hashes.append(words.hashes[index])
        bytes.append(contentsOf: words.bytes[words.range(index)])
        ends.append(Int32(bytes.count))
        if 2 * count > slots.count { grow() }
        return number
    }

    private func slot(of words: FoldedWords, _ index: Int) -> Int {
        let hash = words.hashes[index]
        let range = words.range(index)
        var place = Self.mixed(hash) & (slots.count - 1)
        while slots[place] >= 0 {
            let number = Int(slots[place])
            if hashes[number] == hash {
                let start = number == 0 ? 0 : Int(ends[number - 1])
                if bytes[start..<Int(ends[number])].elementsEqual(words.bytes[range]) { break }
            }
            place = (place + 1) & (slots.count - 1)
        }
        return place
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: 2 * slots.count)
        for (number, hash) in hashes.enumerated() {
            var place = Self.mixed(hash) & (slots.count - 1)
            while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = Int32(number)
        }
    }

    private static func mixed(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7fff_ffff) }
}
