/// The runs of five words of a note, as sorted hashes: what two notes are compared by.
///
/// Words are runs of letters and digits in lower case; how they are separated does not matter.
///
/// Source: A. Z. Broder, "On the resemblance and containment of documents", Compression and Complexity of Sequences
/// (1997).
struct NoteShingles: Sendable {
    /// Words in a run.
    static let width = 5

    /// Sorted, each once.
    let hashes: [UInt64]
    /// How many words the note has.
    let words: Int

    /// The runs of a text; of a text with fewer than five words, the one run of all.
    init(of text: String) {
        var text = text
        let words = text.withUTF8 { Self.wordHashes(in: $0) }
        self.words = words.count
        guard words.count > Self.width else {
            hashes = words.isEmpty ? [] : [Self.combined(words[...])]
            return
        }
        var hashes: [UInt64] = []
        hashes.reserveCapacity(words.count)
        for start in 0...(words.count - Self.width) { hashes.append(Self.combined(words[start..<start + Self.width])) }
        hashes.sort()
        var unique: [UInt64] = []
        unique.reserveCapacity(hashes.count)
        for hash in hashes where unique.last != hash { unique.append(hash) }
        self.hashes = unique
    }

    /// The share of runs that both notes have: of all runs of both, and of the runs of the smaller one.
    func overlap(with other: NoteShingles) -> (resemblance: Double, containment: Double) {
        var shared = 0
        var left = 0
        var right = 0
        while left < hashes.count, right < other.hashes.count {
            if hashes[left] == other.hashes[right] {
                shared += 1
                left += 1
                right += 1
            } else if hashes[left] < other.hashes[right] {
                left += 1
            } else {
                right += 1
            }
        }
        let all = hashes.count + other.hashes.count - shared
        let smaller = min(hashes.count, other.hashes.count)
        return (all == 0 ? 0 : Double(shared) / Double(all), smaller == 0 ? 0 : Double(shared) / Double(smaller))
    }

    private static func wordHashes(in bytes: UnsafeBufferPointer<UInt8>) -> [UInt64] {
        var words: [UInt64] = []
        words.reserveCapacity(bytes.count / 6)
        var hash: UInt64 = 0
        for byte in bytes {
            let isCapital = byte >= 0x41 && byte <= 0x5A
            let isWord = byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
            if isWord {
                if hash == 0 { hash = 0xcbf2_9ce4_8422_2325 }
                // FNV-1a.
                hash = (hash ^ UInt64(isCapital ? byte | 0x20 : byte)) &* 0x0000_0100_0000_01b3
            } else if hash != 0 {
                words.append(hash)
                hash = 0
            }
        }
        if hash != 0 { words.append(hash) }
        return words
    }

    private static func combined(_ words: ArraySlice<UInt64>) -> UInt64 {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
        for word in words { hash = NoteSketch.mixed(hash ^ word) }
        return hash
    }
}
