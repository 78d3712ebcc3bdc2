/// The sketches of all notes so far, about 100 bytes each, and the pairs of notes among them that may be alike.
struct DuplicateIndex {
    /// Of a band's bucket, so many notes before one are looked at, and its first one.
    private static let reach = 3
    /// A note is compared with so many earlier ones at the most: those that share the most bands with it.
    private static let maxCandidates = 6

    private struct Entry {
        let hash: UInt32
        let note: Int32
    }

    private var bands = [[Entry]](repeating: [], count: NoteSketch.bands)
    /// The hash of each note's text.
    private(set) var textHashes: [UInt64] = []

    private var wordless: Set<Int> = []

    /// How many notes there are.
    var count: Int { textHashes.count }

    /// Adds a note, which gets the next number. A note without words is like no other.
    mutating func add(_ sketch: NoteSketch) {
        let note = Int32(clamping: textHashes.count)
        if !sketch.hasWords { wordless.insert(Int(note)) }
        textHashes.append(sketch.textHash)
        for (band, hash) in sketch.bandHashes.enumerated() { bands[band].append(Entry(hash: hash, note: note)) }
    }

    /// For each note, by its number, the earlier notes that may be like it, the most likely one first.
    ///
    /// A note with the text of an earlier one is compared with the first of them only.
    mutating func candidates() -> [Int: [Int]] {
        var votes: [Int: [Int: Int]] = [:]
        for band in bands.indices {
            bands[band].sort { ($0.hash, $0.note) < ($1.hash, $1.note) }
            Self.collect(bands[band], into: &votes)
            bands[band] = []
        }
        var candidates = votes.mapValues { votes in
            votes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.maxCandidates).map(\.key)
        }
        for (note, first) in equalTexts() { candidates[note] = [first] }
        return candidates
    }

    private static func collect(_ entries: [Entry], into votes: inout [Int: [Int: Int]]) {
        var start = 0
        for index in entries.indices {
            if entries[index].hash != entries[start].hash { start = index }
            var earlier = Array(max(start, index - reach)..<index)
            if start < index - reach { earlier.append(start) }
            for other in earlier where entries[other].note != entries[index].note {
                votes[Int(entries[index].note), default: [:]][Int(entries[other].note), default: 0] += 1
            }
        }
    }

    /// Notes with the text of an earlier one, and the first of these.
    private func equalTexts() -> [(note: Int, first: Int)] {
        let order = textHashes.indices.filter { !wordless.contains($0) }.sorted {
            (textHashes[$0], $0) < (textHashes[$1], $1)
        }
        var pairs: [(note: Int, first: Int)] = []
        var start = 0
        for index in order.indices.dropFirst() {
            if textHashes[order[index]] != textHashes[order[start]] {
                start = index
            } else {
                pairs.append((order[index], order[start]))
            }
        }
        return pairs
    }
}
