/// Numbers words: an open-addressing hash table from folded bytes to 0, 1, 2 ... in the order of insertion.
struct WordTable: Sendable {
    private var slots: [Int32] = Array(repeating: -1, count: 1024)
    private(set) var hashes: [UInt64] = []
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []

    var count: Int { ends.count }

    /// The number of a word, which is added if it is new.
    mutating func insert(_ words: FoldedWords, _ index: Int) -> Int32 {
        words.bytes.withUnsafeBytes { bytes in
            insert(UnsafeRawBufferPointer(rebasing: bytes[words.range(index)]), hash: words.words[index].hash)
        }
    }

    /// The number of a folded word, which is added if it is new.
    mutating func insert(_ word: [UInt8]) -> Int32 {
        let padded = word + [UInt8](repeating: 0, count: FoldedWords.padding)
        return padded.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return -1 }
            return insert(
                UnsafeRawBufferPointer(rebasing: bytes[..<word.count]), hash: WordHash.hash(base, word.count))
        }
    }

    /// The number of a folded word, if the table has it.
    func number(of word: [UInt8]) -> Int32? {
        let padded = word + [UInt8](repeating: 0, count: FoldedWords.padding)
        return padded.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let word = UnsafeRawBufferPointer(rebasing: bytes[..<word.count])
            let number = slots[slot(of: word, hash: WordHash.hash(base, word.count))]
            return number < 0 ? nil : number
        }
    }

    /// Calls `body` with the bytes of a word.
    func withBytes<Result>(_ number: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range(number)])) }
    }

    /// The hashes under which long words are found with one edit, and the words' numbers.
    func deletions() -> [(hash: UInt64, number: UInt32)] {
        var keys: [(UInt64, UInt32)] = []
        for number in 0..<count where range(number).count >= DeletionNeighborhood.shortestWord {
            withBytes(number) { word in
                guard word.count <= DeletionNeighborhood.longest, word.allSatisfy({ $0 >= UInt8(ascii: "a") }) else {
                    return
                }
                DeletionNeighborhood.forEachHash(of: word) { keys.append(($0, UInt32(number))) }
            }
        }
        return keys
    }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number]) }

    private mutating func insert(_ word: UnsafeRawBufferPointer, hash: UInt64) -> Int32 {
        let place = slot(of: word, hash: hash)
        if slots[place] >= 0 { return slots[place] }
        let number = Int32(count)
        slots[place] = number
        hashes.append(hash)
        bytes.append(contentsOf: word)
        ends.append(UInt32(bytes.count))
        if 2 * count > slots.count { grow() }
        return number
    }

    private func slot(of word: UnsafeRawBufferPointer, hash: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[place] >= 0 {
            let number = Int(slots[place])
            if hashes[number] == hash, bytes[range(number)].elementsEqual(word) { break }
            place = (place + 1) & (slots.count - 1)
        }
        return place
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: 2 * slots.count)
        for (number, hash) in hashes.enumerated() {
            var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = Int32(number)
        }
    }
}
