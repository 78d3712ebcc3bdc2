/// The sketches of all notes so far, some 200 bytes each, and the pairs of notes among them that may be alike.
struct DuplicateIndex {
    /// Of a band's bucket, so many notes before one are looked at, and its first one.
    private static let reach = 3
    /// A note is compared with so many earlier ones at the most: those that share the most bands with it.
    private static let maxCandidates = 6

    private struct Entry {
        let hash: UInt32
        let note: Int32
    }

    /// What speaks for two notes being alike.
    private struct Votes {
        /// Bands that they share.
        var bands = 0
        /// Sampled runs that they share.
        var samples = 0

        var all: Int { bands + samples }
    }

    private var samples: [Entry] = []
    private var sampleCounts: [UInt8] = []
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
        sampleCounts.append(UInt8(clamping: sketch.sample.count))
        for hash in sketch.sample { samples.append(Entry(hash: hash, note: note)) }
        for (band, hash) in sketch.bandHashes.enumerated() { bands[band].append(Entry(hash: hash, note: note)) }
    }

    /// For each note, by its number, the earlier notes that may be like it, the most likely one first.
    ///
    /// A note with the text of an earlier one is compared with the first of them only.
    mutating func candidates() -> [Int: [Int]] {
        var votes: [Int: [Int: Votes]] = [:]
        for band in bands.indices {
            Self.collect(&bands[band]) { votes[$0, default: [:]][$1, default: Votes()].bands += 1 }
            bands[band] = []
        }
        Self.collect(&samples) { votes[$0, default: [:]][$1, default: Votes()].samples += 1 }
        samples = []
        var candidates: [Int: [Int]] = [:]
        for (note, votes) in votes {
            let likely = votes.filter { other, votes in isLikely(votes, note, other) }
            if likely.isEmpty { continue }
            candidates[note] = likely.sorted { ($1.value.all, $0.key) < ($0.value.all, $1.key) }
                .prefix(Self.maxCandidates).map(\.key)
        }
        for (note, first) in equalTexts() { candidates[note] = [first] }
        return candidates
    }

    /// Whether two notes share a band, or most of the smaller one's sample; some runs are common to many notes.
    private func isLikely(_ votes: Votes, _ note: Int, _ other: Int) -> Bool {
        let smaller = Int(min(sampleCounts[note], sampleCounts[other]))
        return votes.bands > 0 || votes.samples > 0 && 2 * votes.samples >= smaller
    }

    /// Hands on the pairs of notes with the same hash, the later one first; of many, only some.
    private static func collect(_ entries: inout [Entry], _ vote: (Int, Int) -> Void) {
        entries.sort { ($0.hash, $0.note) < ($1.hash, $1.note) }
        var start = 0
        for index in entries.indices {
            if entries[index].hash != entries[start].hash { start = index }
            let near = max(start, index - reach)
            for other in near..<index where entries[other].note != entries[index].note {
                vote(Int(entries[index].note), Int(entries[other].note))
            }
            if start < near, entries[start].note != entries[index].note {
                vote(Int(entries[index].note), Int(entries[start].note))
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
