import Essentials
import Testing

@testable import ClinicalText

@Suite struct SegmentationTests {
    @Test func `the tokens that overlap a span are those an obvious search finds`() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let segmentation = random(using: &generator)
            for start in 0...40 {
                for end in start...40 {
                    let span = TextSpan(start: start, end: end)
                    let found = Array(segmentation.tokens(overlapping: span))
                    // An empty span shares no byte with anything.
                    let expected = segmentation.tokens.indices.filter {
                        segmentation.tokens[$0].span.overlaps(span) && !span.isEmpty
                    }
                    if span.isEmpty { continue }
                    #expect(found == expected)
                }
            }
        }
    }

    @Test func `an empty span between two tokens overlaps none`() {
        let segmentation = Segmentation(
            sections: [], sentences: [],
            tokens: [Token(span: TextSpan(start: 0, end: 3)), Token(span: TextSpan(start: 3, end: 5))])
        for offset in [0, 3, 5, 9] {
            #expect(segmentation.tokens(overlapping: TextSpan(start: offset, end: offset)).isEmpty)
        }
    }

    @Test func `every offset lies in the section that spans it`() {
        let sections = [(0, 10, ""), (10, 25, "history"), (25, 30, "plan")].map {
            Section(name: $2, header: nil, span: TextSpan(start: $0, end: $1))
        }
        let segmentation = Segmentation(sections: sections, sentences: [], tokens: [])
        for offset in 0..<30 {
            #expect(segmentation.section(at: offset) == sections.first { $0.span.range.contains(offset) })
        }
        #expect(segmentation.section(at: 30) == nil)
    }

    @Test func `a section extends over those nested in it`() {
        let shape = [(1, nil), (2, 0), (3, 1), (2, 0), (1, nil), (2, 4)] as [(Int, Int?)]
        let sections = shape.enumerated().map { index, place in
            Section(
                name: "s\(index)", header: nil, span: TextSpan(start: 10 * index, end: 10 * index + 10), level: place.0,
                parent: place.1)
        }
        let segmentation = Segmentation(sections: sections, sentences: [], tokens: [])
        #expect(sections.indices.map { segmentation.extent(ofSection: $0).end } == [40, 30, 30, 40, 60, 60])
        #expect(segmentation.path(ofSection: 2) == [0, 1, 2] && segmentation.path(ofSection: 4) == [4])
    }

    @Test func `every token lies in the sentence that holds it`() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<100 {
            let segmentation = random(using: &generator)
            for token in segmentation.tokens.indices {
                let sentence = segmentation.sentences[segmentation.sentenceIndex(ofToken: token)]
                #expect(sentence.tokens.contains(token))
            }
        }
    }

    /// Tokens of one to five bytes with gaps of none to three, in sentences of one to four tokens.
    private func random(using generator: inout SeededGenerator) -> Segmentation {
        var tokens: [Token] = []
        var offset = Int.random(in: 0...3, using: &generator)
        while offset < 35 {
            let end = offset + Int.random(in: 1...5, using: &generator)
            tokens.append(Token(span: TextSpan(start: offset, end: end)))
            offset = end + Int.random(in: 0...3, using: &generator)
        }
        var sentences: [Sentence] = []
        var first = 0
        while first < tokens.count {
            let end = min(tokens.count, first + Int.random(in: 1...4, using: &generator))
            let span = tokens[first].span.union(tokens[end - 1].span)
            sentences.append(Sentence(span: span, tokens: first..<end))
            first = end
        }
        return Segmentation(sections: [], sentences: sentences, tokens: tokens)
    }
}
