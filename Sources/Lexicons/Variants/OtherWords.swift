/// The words that the words of a text may stand for, besides themselves.
struct OtherWords {
    /// A word of the store for one word of the text, or for two with a hyphen between them.
    struct Other {
        var place: Int
        /// The last word of the text that it stands for.
        var last: Int
        var number: Int32
        var variant: MatchVariant
    }

    /// By place.
    private var others: [Other] = []
    /// The others of word `i` are `others[starts[i] ..< starts[i + 1]]`; empty if there are none at all.
    private var starts: [Int32] = []

    /// Finds what `variants` allow.
    init(
        words: FoldedWords, numbers: [Int32], text: UnsafeBufferPointer<UInt8>, index: WordIndex,
        variants: Set<MatchVariant>, commonWords: Set<String>
    ) {
        let spelling = variants.contains(.spelling)
        let edits = variants.contains(.edit)
        let hyphens = variants.contains(.hyphen)
        guard spelling || edits || hyphens else { return }
        words.bytes.withUnsafeBytes { bytes in
            for place in 0..<words.count {
                let word = UnsafeRawBufferPointer(rebasing: bytes[words.range(place)])
                if hyphens, place + 1 < words.count, words.words[place + 1].marks.contains(.hyphenated) {
                    addJoined(words, place, text, index)
                }
                let before = others.count
                if spelling { addSpellings(word, place, numbers[place], index) }
                if edits, numbers[place] < 0, others.count == before { addEdits(word, place, index, commonWords) }
            }
        }
        guard !others.isEmpty else { return }
        starts = [Int32](repeating: 0, count: words.count + 1)
        for other in others { starts[other.place + 1] += 1 }
        for place in 0..<words.count { starts[place + 1] += starts[place] }
    }

    var isEmpty: Bool { others.isEmpty }

    func hasAny(at place: Int) -> Bool { !others.isEmpty && starts[place] < starts[place + 1] }

    func at(_ place: Int) -> ArraySlice<Other> {
        others.isEmpty ? [] : others[Int(starts[place])..<Int(starts[place + 1])]
    }

    /// `post-operative` in the text as `postoperative`.
    private mutating func addJoined(
        _ words: FoldedWords, _ place: Int, _ text: UnsafeBufferPointer<UInt8>, _ index: WordIndex
    ) {
        let left = Int(words.words[place].start)..<Int(words.words[place].stop)
        let right = Int(words.words[place + 1].start)..<Int(words.words[place + 1].stop)
        // `pre-` and `co-`, not what is long enough to stand alone on both sides.
        guard left.count + right.count <= 40 else { return }
        let joined = FoldedWords(
            term: String(decoding: text[left], as: UTF8.self) + String(decoding: text[right], as: UTF8.self))
        guard joined.count == 1 else { return }
        let number = joined.bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.map { index.number(hash: joined.words[0].hash, $0, joined.range(0).count) } ?? -1
        }
        if number >= 0 {
            others.append(Other(place: place, last: place + 1, number: number, variant: .hyphen))
        }
    }

    private mutating func addSpellings(
        _ word: UnsafeRawBufferPointer, _ place: Int, _ number: Int32, _ index: WordIndex
    ) {
        func add(_ other: Int32) {
            if other != number { others.append(Other(place: place, last: place, number: other, variant: .spelling)) }
        }
        if number >= 0 { index.forEachSpelling(of: number) { add($0) } }
        guard EnglishSpelling.mayDiffer(word) else { return }
        let common = EnglishSpelling.common(word)
        guard !common.elementsEqual(word) else { return }
        let padded = common + [UInt8](repeating: 0, count: FoldedWords.padding)
        let shared = padded.withUnsafeBytes { bytes in
            bytes.baseAddress.map { index.number(hash: WordHash.hash($0, common.count), $0, common.count) } ?? -1
        }
        // A word of the store that differs is in the ring of the form already.
        guard shared >= 0, number < 0 else { return }
        add(shared)
        index.forEachSpelling(of: shared) { add($0) }
    }

    private mutating func addEdits(
        _ word: UnsafeRawBufferPointer, _ place: Int, _ index: WordIndex, _ commonWords: Set<String>
    ) {
        guard word.count >= DeletionNeighborhood.shortestMisspelling, word.count <= DeletionNeighborhood.longest,
            word.allSatisfy({ $0 >= UInt8(ascii: "a") }), !CommonWords.contains(word),
            commonWords.isEmpty || !commonWords.contains(String(decoding: word, as: UTF8.self))
        else { return }
        let first = others.count
        index.forEachEdit(of: word) { number in
            if !others[first...].contains(where: { $0.number == number }) {
                others.append(Other(place: place, last: place, number: number, variant: .edit))
            }
        }
    }
}
