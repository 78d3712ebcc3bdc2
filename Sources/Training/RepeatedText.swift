import Models

/// Text that stands in several notes, as copying forward leaves it: found by runs of five words, whatever their place.
///
/// A run counts one over the number of notes it stands in, and a window's weight is the mean over its runs. A note with
/// ten copies so weighs a tenth in each of them; what is new in a note that carries another one forward keeps its full
/// weight. Runs do not cross the border of two windows, so that a copy that was cut elsewhere differs in a few runs.
///
/// Source: A. Z. Broder, "On the resemblance and containment of documents", Compression and Complexity of Sequences
/// (1997), for runs of words; K. Lee et al., "Deduplicating training data makes language models better", ACL 2022.
public struct RepeatedText: Sendable {
    /// Words in a run.
    private static let width = 5

    private struct Occurrences {
        var notes: Int32
        var last: Int32
    }

    private var runs: [UInt64: Occurrences] = [:]
    private var noteCount: Int32 = 0

    /// No notes yet.
    public init() {}

    /// Adds the windows of one more note.
    public mutating func add(note windows: [PackedBatch.Sequence]) {
        for window in windows {
            Self.forEachRun(of: window) { run in
                var seen = runs[run] ?? Occurrences(notes: 0, last: -1)
                if seen.last != noteCount {
                    seen.notes += 1
                    seen.last = noteCount
                    runs[run] = seen
                }
            }
        }
        noteCount += 1
    }

    /// The weight of a window of one of the notes, above 0 and up to 1.
    public func weight(of window: PackedBatch.Sequence) -> Double {
        var sum = 0.0
        var count = 0
        Self.forEachRun(of: window) { run in
            sum += 1 / Double(runs[run]?.notes ?? 1)
            count += 1
        }
        return count == 0 ? 1 : sum / Double(count)
    }

    /// The share of a window's runs that stand in one of the notes; the window may be of another note.
    public func share(of window: PackedBatch.Sequence) -> (known: Int, all: Int) {
        var known = 0
        var count = 0
        Self.forEachRun(of: window) { run in
            if runs[run] != nil { known += 1 }
            count += 1
        }
        return (known, count)
    }

    /// Hands over the hash of each run of five words; of a shorter window, that of all its words.
    private static func forEachRun(of window: PackedBatch.Sequence, _ body: (UInt64) -> Void) {
        let starts = window.firstPieces
        guard !starts.isEmpty else { return }
        var words: [UInt64] = []
        words.reserveCapacity(starts.count)
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : window.pieces.count
            // FNV-1a over the pieces' ids.
            words.append(
                window.pieces[start..<end].reduce(0xcbf2_9ce4_8422_2325) {
                    ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 0x0000_0100_0000_01b3
                })
        }
        for first in 0...max(0, words.count - width) {
            var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
            for word in words[first..<min(first + width, words.count)] { hash = mixed(hash ^ word) }
            body(hash)
        }
    }

    /// The finalizer of SplitMix64.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
