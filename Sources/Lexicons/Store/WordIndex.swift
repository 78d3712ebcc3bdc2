import Foundation

/// The folded words of a compiled lexicon, numbered, and what finds them: whole, in the other English, with one edit.
struct WordIndex: Sendable {
    private let words: FlatStrings
    private let slots: FlatArray<UInt64>
    private let nodes: FlatArray<UInt32>
    private let spellings: FlatArray<UInt32>
    private let deletionStarts: FlatArray<UInt32>
    private let deletionWords: FlatArray<UInt32>

    init(
        words: FlatStrings, slots: FlatArray<UInt64>, nodes: FlatArray<UInt32>, spellings: FlatArray<UInt32>,
        deletionStarts: FlatArray<UInt32>, deletionWords: FlatArray<UInt32>
    ) {
        self.words = words
        self.slots = slots
        self.nodes = nodes
        self.spellings = spellings
        self.deletionStarts = deletionStarts
        self.deletionWords = deletionWords
    }

    var count: Int { words.count }

    /// Whether the arrays fit each other.
    var isComplete: Bool {
        words.isComplete && nodes.count == count && spellings.count == count && slots.count.nonzeroBitCount == 1
            && (deletionStarts.count - 1).nonzeroBitCount == 1
            && Int(deletionStarts.last) == deletionWords.count
    }

    /// The number of a word, or -1.
    @inline(__always)
    func number(hash: UInt64, _ bytes: UnsafeRawPointer, _ count: Int) -> Int32 {
        let mask = slots.count &- 1
        var place = Int(truncatingIfNeeded: hash) & mask
        // Bounded, for a damaged table may have no empty slot.
        for _ in 0..<slots.count {
            let slot = slots[place]
            if slot == 0 { return -1 }
            if slot >> 32 == hash >> 32 {
                let number = Int(slot & 0xffff_ffff) - 1
                let word = words.utf8(number)
                if word.count == count, memcmp(word.baseAddress ?? bytes, bytes, count) == 0 { return Int32(number) }
            }
            place = (place &+ 1) & mask
        }
        return -1
    }

    /// The folded bytes of a word.
    func utf8(_ number: Int) -> UnsafeRawBufferPointer { words.utf8(number) }

    /// The node of the terms that begin with a word, or 0.
    @inline(__always)
    func node(_ number: Int32) -> Int { Int(nodes[Int(number)]) }

    /// Calls `body` with the other words that are spelled like `number` in the other English.
    func forEachSpelling(of number: Int32, _ body: (Int32) -> Void) {
        var next = spellings[Int(number)]
        // A ring has a handful of words; a damaged one may not close.
        for _ in 0..<16 where next != UInt32(bitPattern: number) && Int(next) < count {
            body(Int32(bitPattern: next))
            next = spellings[Int(next)]
        }
    }

    /// Calls `body` with each long word that is one edit away from `bytes`, its first letter aside; some may come twice.
    func forEachEdit(of bytes: UnsafeRawBufferPointer, _ body: (Int32) -> Void) {
        guard deletionWords.count > 0 else { return }
        let numberBits = Self.numberBits(wordCount: count)
        DeletionNeighborhood.forEachHash(of: bytes) { hash in
            let bucket = Int(truncatingIfNeeded: hash) & (deletionStarts.count - 2)
            for place in deletionStarts.range(startingAt: bucket, limit: deletionWords.count) {
                let word = deletionWords[place]
                guard word >> numberBits == Self.fingerprint(hash, numberBits) else { continue }
                let number = Int(word & ((1 << numberBits) - 1))
                if number < count, DeletionNeighborhood.isOneEdit(bytes, words.utf8(number)) { body(Int32(number)) }
            }
        }
    }

    /// How many bits the numbers of words need.
    private static func numberBits(wordCount: Int) -> UInt32 {
        UInt32(max(1, Int.bitWidth - wordCount.leadingZeroBitCount))
    }

    /// The upper bits of a hash that have room beside a word's number.
    private static func fingerprint(_ hash: UInt64, _ numberBits: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: hash >> 32) >> numberBits
    }

    /// The buckets of `keys`, a hash and a word's number each.
    static func buckets(
        _ keys: [(hash: UInt64, number: UInt32)], wordCount: Int
    ) -> (starts: [UInt32], words: [UInt32]) {
        let numberBits = numberBits(wordCount: wordCount)
        var size = 1
        while 2 * size < keys.count { size *= 2 }
        var starts = [UInt32](repeating: 0, count: size + 1)
        for key in keys { starts[Int(truncatingIfNeeded: key.hash) & (size - 1) + 1] += 1 }
        for bucket in 0..<size { starts[bucket + 1] += starts[bucket] }
        var next = starts
        var words = [UInt32](repeating: 0, count: keys.count)
        for (hash, number) in keys {
            let bucket = Int(truncatingIfNeeded: hash) & (size - 1)
            words[Int(next[bucket])] = fingerprint(hash, numberBits) << numberBits | number
            next[bucket] += 1
        }
        return (starts, words)
    }

    /// A hash table of `keys`, which hold a hash each, and their places plus one in the lower half of a slot.
    static func slots(_ keys: [(hash: UInt64, number: UInt32)]) -> [UInt64] {
        var size = 1
        while size < keys.count + keys.count / 2 + 1 { size *= 2 }
        var slots = [UInt64](repeating: 0, count: size)
        for (hash, number) in keys {
            var place = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[place] != 0 { place = (place + 1) & (size - 1) }
            slots[place] = (hash >> 32) << 32 | UInt64(number + 1)
        }
        return slots
    }
}
