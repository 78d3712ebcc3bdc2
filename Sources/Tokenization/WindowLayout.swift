import ClinicalText

/// How long documents are cut into windows that overlap; the same in training and tagging.
///
/// Windows hold whole words and at most ``maxPieces`` pieces with `[CLS]` and `[SEP]`. A window that is not the last
/// ends at a sentence end if one lies in its last quarter. The next one starts so that it repeats as many whole words
/// as ``overlap`` pieces allow. A word longer than a window stands alone in one and is cut to its first pieces (see
/// ``pieces(ofWord:in:)``). Each word is owned by the window in which it is farthest from an edge, the start and end
/// of the document being none; the earlier window wins a tie.
public struct WindowLayout: Hashable, Sendable, Codable {
    /// The most pieces in a window, `[CLS]` and `[SEP]` included.
    public var maxPieces = 128
    /// How many pieces two neighbors share at most.
    public var overlap = 32

    /// Makes a layout; `maxPieces` is at least 3, and at most half of a window overlaps.
    public init(maxPieces: Int = 128, overlap: Int = 32) {
        precondition(maxPieces >= 3 && overlap >= 0, "a window holds [CLS], [SEP] and at least one piece")
        self.maxPieces = maxPieces
        self.overlap = overlap
    }

    /// Reads a layout; what is missing has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        maxPieces = try values.decodeIfPresent(Int.self, forKey: .maxPieces) ?? 128
        overlap = try values.decodeIfPresent(Int.self, forKey: .overlap) ?? 32
        if maxPieces < 3 {
            throw DecodingError.dataCorruptedError(
                forKey: .maxPieces, in: values, debugDescription: "must be at least 3: [CLS], [SEP] and one piece")
        }
        if overlap < 0 {
            throw DecodingError.dataCorruptedError(
                forKey: .overlap, in: values, debugDescription: "must not be negative")
        }
    }

    /// How many pieces of words fit into a window.
    public var capacity: Int { maxPieces - 2 }

    /// The pieces of a word that a window holds: all, or the first that fit.
    public func pieces(ofWord word: Int, in document: EncodedDocument) -> Range<Int> {
        let pieces = document.wordPieces[word]
        return pieces.lowerBound..<min(pieces.upperBound, pieces.lowerBound + capacity)
    }

    /// The windows of a document, in order; their owned ranges are all its words, each once.
    public func windows(of document: EncodedDocument, sentences: [Sentence]) -> [Window] {
        let count = document.wordPieces.count
        // How many pieces lie before each word.
        var before = [0]
        before.reserveCapacity(count + 1)
        for word in 0..<count { before.append(before[word] + pieces(ofWord: word, in: document).count) }
        let ends = sentences.map(\.tokens.upperBound)
        var windows: [Window] = []
        var start = 0
        while start < count {
            let last = windows.last?.words.upperBound ?? 0
            let end = self.end(from: start, atLeast: last + 1, before: before, ends: ends)
            windows.append(Window(words: start..<end, owned: start..<start))
            if end == count { break }
            start = self.start(after: start..<end, before: before)
        }
        assignOwners(of: &windows, before: before)
        return windows
    }

    /// Where a window that starts at a word ends.
    private func end(from start: Int, atLeast: Int, before: [Int], ends: [Int]) -> Int {
        let limit = before[start] + capacity
        let end = firstIndex(in: before) { $0 > limit } - 1
        if end == before.count - 1 { return end }
        let quarter = before[start] + (3 * capacity + 3) / 4
        // The last sentence end that is not behind the window.
        let place = firstIndex(in: ends) { $0 > end } - 1
        guard place >= 0, before[ends[place]] >= quarter, ends[place] >= atLeast else { return end }
        return ends[place]
    }

    /// Where the window after `words` starts: the shared words fit into the overlap and leave room for one more.
    private func start(after words: Range<Int>, before: [Int]) -> Int {
        let end = words.upperBound
        let next = before[end + 1] - before[end]
        let shared = max(0, min(overlap, capacity / 2, capacity - next))
        let start = firstIndex(in: before) { $0 >= before[end] - shared }
        return max(words.lowerBound + 1, start)
    }

    private func assignOwners(of windows: inout [Window], before: [Int]) {
        var owner = 0
        for word in 0..<before.count - 1 {
            while owner + 1 < windows.count, windows[owner + 1].words.contains(word),
                depth(of: word, in: windows[owner + 1].words, before: before)
                    > depth(of: word, in: windows[owner].words, before: before)
            {
                windows[owner + 1].owned = word..<word
                owner += 1
            }
            if !windows[owner].words.contains(word) {
                owner += 1
                windows[owner].owned = word..<word
            }
            windows[owner].owned = windows[owner].owned.lowerBound..<word + 1
        }
    }

    /// How many pieces lie between a word and the nearer edge of a window.
    private func depth(of word: Int, in window: Range<Int>, before: [Int]) -> Int {
        let left = window.lowerBound == 0 ? Int.max : before[word] - before[window.lowerBound]
        let right = window.upperBound == before.count - 1 ? Int.max : before[window.upperBound] - before[word + 1]
        return min(left, right)
    }

    private func firstIndex(in values: [Int], where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if holds(values[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
