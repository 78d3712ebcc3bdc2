import ClinicalText

/// One pass over the folded words of a document with the index of one store.
struct LexiconSearch {
    private let part: LexiconMatcher.Part
    private let store: LexiconStore
    private let options: LexiconMatching
    /// How mentions may differ from the terms of each lexicon.
    private let variants: [VariantSet]
    private let words: FoldedWords
    private let text: UnsafeBufferPointer<UInt8>
    /// The number of each word in the store, or -1.
    private let numbers: [Int32]
    private let others: OtherWords
    private var next: [Int]
    private var longest: [Found]
    private var touched: [Int] = []
    private var all: [LexiconMatch] = []

    /// The best match so far of a lexicon at a token.
    private struct Found {
        /// The word behind it; 0 for none.
        var end = 0
        var entry = 0
        var kind = MatchVariant.exact
        var variant = MatchVariant.exact
    }

    init(
        part: LexiconMatcher.Part, options: LexiconMatching, variants: [VariantSet], words: FoldedWords,
        text: UnsafeBufferPointer<UInt8>
    ) {
        self.part = part
        self.options = options
        self.variants = variants
        self.words = words
        self.text = text
        let store = part.store
        self.store = store
        numbers = [Int32](unsafeUninitializedCapacity: words.count) { numbers, count in
            words.bytes.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                var start = 0
                for (index, word) in words.words.enumerated() {
                    let end = Int(word.end)
                    numbers[index] = store.words.number(hash: word.hash, base + start, end - start)
                    start = end
                }
            }
            count = words.count
        }
        others = OtherWords(
            words: words, numbers: numbers, text: text, index: store.words, variants: part.variants,
            commonWords: options.commonWords)
        next = [Int](repeating: 0, count: variants.count)
        longest = [Found](repeating: Found(), count: variants.count)
    }

    /// Calls `body` with the matches, by the token they begin at, then by lexicon.
    mutating func run(sentences: [Sentence], _ body: (LexiconMatch) -> Void) {
        let findsOrders = part.variants.contains(.wordOrder)
        var sentence = 0
        for first in 0..<words.count where words.startsToken(first) {
            let node = numbers[first] >= 0 ? store.words.node(numbers[first]) : 0
            let hasOthers = others.hasAny(at: first)
            let order = findsOrders ? connector(behind: first) : nil
            guard node != 0 || hasOthers || order != nil else { continue }
            let token = Int(words.words[first].firstToken)
            while sentence < sentences.count, sentences[sentence].tokens.upperBound <= token { sentence += 1 }
            let limit = sentence < sentences.count ? sentences[sentence].tokens.upperBound : Int.max
            if others.isEmpty {
                walk(from: first, node: node, limit: limit)
            } else {
                walk(0, at: first, from: first, kind: .exact, limit: limit)
            }
            if let order { findOrders(first, connector: order, limit: limit) }
            finish(first, token, body)
        }
    }

    // MARK: Walking

    /// Follows the words themselves.
    private mutating func walk(from first: Int, node: Int, limit: Int) {
        var node = node
        var last = first
        while node != 0 {
            if words.endsToken(last) { find(node, first, last, kind: .exact) }
            last += 1
            guard last < words.count, numbers[last] >= 0, Int(words.words[last].lastToken) < limit else { return }
            node = store.trie.child(of: node, numbers[last])
        }
    }

    /// Follows the words and what they may stand for; one word of a match may be misspelled.
    private mutating func walk(_ node: Int, at place: Int, from first: Int, kind: MatchVariant, limit: Int) {
        guard place < words.count, Int(words.words[place].lastToken) < limit || place == first else { return }
        if numbers[place] >= 0 { step(node, numbers[place], place, from: first, kind: kind, limit: limit) }
        for other in others.at(place) {
            guard other.variant != .edit || kind != .edit, Int(words.words[other.last].lastToken) < limit else {
                continue
            }
            step(node, other.number, other.last, from: first, kind: max(kind, other.variant), limit: limit)
        }
    }

    private mutating func step(
        _ node: Int, _ number: Int32, _ last: Int, from first: Int, kind: MatchVariant, limit: Int
    ) {
        let child = node == 0 ? store.words.node(number) : store.trie.child(of: node, number)
        guard child != 0 else { return }
        if words.endsToken(last) { find(child, first, last, kind: kind) }
        walk(child, at: last + 1, from: first, kind: kind, limit: limit)
    }

    // MARK: Word order

    /// The comma or `of` behind a head of one or two words.
    private func connector(behind first: Int) -> Int? {
        for place in first + 1..<first + 3 where place < words.count {
            if isComma(place) || isWord(place, "of") { return place }
        }
        return nil
    }

    private func isComma(_ place: Int) -> Bool { isWord(place, ",") }

    private func isWord(_ place: Int, _ word: StaticString) -> Bool {
        let range = words.range(place)
        guard range.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { words.bytes[range].elementsEqual($0) }
    }

    /// `failure, heart` and `failure of the heart` as `heart failure`.
    private mutating func findOrders(_ first: Int, connector: Int, limit: Int) {
        var start = connector + 1
        if !isComma(connector), start < words.count, isWord(start, "the") { start += 1 }
        for count in stride(from: 3, to: 0, by: -1) {
            let end = start + count
            guard end <= words.count, Int(words.words[end - 1].lastToken) < limit, words.endsToken(end - 1),
                // What a comma divides is a list, unless nothing follows.
                !isComma(connector) || end == words.count || Int(words.words[end].firstToken) >= limit
                    || words.bytes[words.range(end)].allSatisfy(FoldingScan.isSymbol)
            else { continue }
            var node = 0
            for place in [start..<end, first..<connector].joined() {
                guard numbers[place] >= 0 else {
                    node = -1
                    break
                }
                node = place == start ? store.words.node(numbers[place]) : store.trie.child(of: node, numbers[place])
                if node == 0 {
                    node = -1
                    break
                }
            }
            if node > 0 {
                find(node, first, end - 1, kind: .wordOrder)
                return
            }
        }
    }

    // MARK: Finding

    private mutating func find(_ node: Int, _ first: Int, _ last: Int, kind: MatchVariant) {
        for place in store.trie.postings(of: node) {
            let marks = store.trie.marks(place)
            let kind = max(kind, marks.variant)
            let entry = store.trie.entry(place)
            guard entry < store.count else { continue }
            let lexicon = part.lexicon(of: entry)
            guard kind == .exact || variants[lexicon].contains(kind) else { continue }
            let token = Int(words.words[first].firstToken)
            let best = longest[lexicon]
            if options.overlap == .longest {
                guard token >= next[lexicon],
                    last + 1 > best.end || (last + 1 == best.end && (kind, entry) < (best.kind, best.entry))
                else { continue }
            }
            guard !marks.isCaseSensitive || (kind <= .hyphen && isSpelled(as: store.term(entry), first, last)) else {
                continue
            }
            let variant = kind == .exact ? nearVariant(marks, entry, first, last) : kind
            guard variant != .inflection || variants[lexicon].contains(.inflection) else { continue }
            if options.overlap == .all {
                all.append(match(lexicon, entry, token, last, variant))
                continue
            }
            if best.end == 0 { touched.append(lexicon) }
            longest[lexicon] = Found(end: last + 1, entry: entry, kind: kind, variant: variant)
        }
    }

    private func match(_ lexicon: Int, _ entry: Int, _ token: Int, _ last: Int, _ variant: MatchVariant) -> LexiconMatch
    {
        LexiconMatch(
            lexicon: lexicon, entry: entry - (part.starts[lexicon] ?? 0),
            tokens: token..<Int(words.words[last].lastToken) + 1, variant: variant)
    }

    private mutating func finish(_ first: Int, _ token: Int, _ body: (LexiconMatch) -> Void) {
        if options.overlap == .all {
            var seen: Set<LexiconMatch> = []
            // Two ways to one match, the nearer one first, are one match.
            for var match in all.sorted(by: { $0.variant < $1.variant }) {
                let variant = match.variant
                match.variant = .exact
                guard seen.insert(match).inserted else { continue }
                match.variant = variant
                body(match)
            }
            all.removeAll(keepingCapacity: true)
            return
        }
        if touched.count > 1 { touched.sort() }
        for lexicon in touched {
            let found = longest[lexicon]
            let match = match(lexicon, found.entry, token, found.end - 1, found.variant)
            body(match)
            next[lexicon] = match.tokens.upperBound
            longest[lexicon] = Found()
        }
        touched.removeAll(keepingCapacity: true)
    }

    // MARK: Comparing

    /// Whether words that fold alike are the same, differ in a hyphen, or in an ending.
    private func nearVariant(_ marks: PostingMarks, _ entry: Int, _ first: Int, _ last: Int) -> MatchVariant {
        var found = words.words[first].marks.subtracting(.hyphenated)
        for place in first + 1..<last + 1 { found.formUnion(words.words[place].marks) }
        let same: MatchVariant = found.contains(.hyphenated) == marks.isHyphenated ? .exact : .hyphen
        guard found.contains(.inflected) || marks.isInflected else { return same }
        return isLike(store.term(entry), first, last) ? same : .inflection
    }

    private func span(_ first: Int, _ last: Int) -> Range<Int> {
        Int(words.words[first].start)..<Int(words.words[last].stop)
    }

    /// Whether the letters and digits of a span are those of a term, case aside.
    private func isLike(_ term: UnsafeRawBufferPointer, _ first: Int, _ last: Int) -> Bool {
        var place = 0
        func lowered(_ byte: UInt8) -> UInt8 {
            byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
        }
        for index in span(first, last) where Self.isSpelled(text[index]) {
            while place < term.count, !Self.isSpelled(term[place]) { place += 1 }
            guard place < term.count, lowered(term[place]) == lowered(text[index]) else { return false }
            place += 1
        }
        while place < term.count, !Self.isSpelled(term[place]) { place += 1 }
        return place == term.count
    }

    /// Whether the letters and digits of a span are those of a term in the same case, one plural `s` aside.
    private func isSpelled(as term: UnsafeRawBufferPointer, _ first: Int, _ last: Int) -> Bool {
        let span = span(first, last)
        var place = 0
        for index in span where Self.isSpelled(text[index]) {
            while place < term.count, !Self.isSpelled(term[place]) { place += 1 }
            if place == term.count {
                return text[index] == UInt8(ascii: "s") && index == span.upperBound - 1
            }
            if text[index] != term[place] { return false }
            place += 1
        }
        while place < term.count, !Self.isSpelled(term[place]) { place += 1 }
        return place == term.count
    }

    /// Whether a byte counts for the comparison with terms; what separates words does not.
    private static func isSpelled(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != UInt8(ascii: "-") && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "'")
    }
}
