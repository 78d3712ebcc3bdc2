import ClinicalText
import Essentials
import Foundation
import Testing

@testable import Tokenization

@Suite struct WindowLayoutTests {
    @Test func `a short document is one window that owns all its words`() {
        let document = encoded([1, 2, 3])
        #expect(WindowLayout().windows(of: document, sentences: []) == [Window(words: 0..<3, owned: 0..<3)])
        #expect(WindowLayout().windows(of: encoded([]), sentences: []).isEmpty)
    }

    @Test func `neighbors share the overlap and each word goes where it is deeper`() {
        let layout = WindowLayout(maxPieces: 12, overlap: 4)
        let windows = layout.windows(of: encoded(Array(repeating: 1, count: 20)), sentences: [])
        #expect(windows.map(\.words) == [0..<10, 6..<16, 12..<20])
        #expect(windows.map(\.owned) == [0..<8, 8..<14, 14..<20])
    }

    @Test func `a window ends at a sentence end in its last quarter, not at an earlier one`() {
        let layout = WindowLayout(maxPieces: 14, overlap: 0)
        let document = encoded(Array(repeating: 1, count: 30))
        let late = sentences(ending: [10, 30])
        #expect(layout.windows(of: document, sentences: late).map(\.words) == [0..<10, 10..<22, 22..<30])
        let early = sentences(ending: [8, 30])
        #expect(layout.windows(of: document, sentences: early).map(\.words) == [0..<12, 12..<24, 24..<30])
    }

    @Test func `a word longer than a window keeps its first pieces`() {
        let layout = WindowLayout(maxPieces: 6, overlap: 2)
        let document = encoded([1, 9, 1])
        #expect(layout.pieces(ofWord: 1, in: document) == 1..<5)
        #expect(layout.windows(of: document, sentences: []).map(\.words) == [0..<1, 1..<2, 2..<3])
    }

    @Test func `on random documents the rules hold and each word is owned where it is most central`() {
        var generator = SeededGenerator(seed: 43)
        for _ in 0..<1500 {
            let maxPieces = Int.random(in: 3...40, using: &generator)
            let layout = WindowLayout(maxPieces: maxPieces, overlap: Int.random(in: 0...40, using: &generator))
            let longest = Int.random(in: 1...8, using: &generator)
            let counts = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
                Int.random(in: 0..<50, using: &generator) == 0 ? 60 : Int.random(in: 1...longest, using: &generator)
            }
            let ends = counts.indices.filter { _ in Int.random(in: 0..<6, using: &generator) == 0 } + [counts.count]
            let document = encoded(counts)
            check(layout, layout.windows(of: document, sentences: sentences(ending: ends)), document)
        }
    }

    private func check(_ layout: WindowLayout, _ windows: [Window], _ document: EncodedDocument) {
        let count = document.wordPieces.count
        func pieces(_ words: Range<Int>) -> Int {
            words.reduce(0) { $0 + layout.pieces(ofWord: $1, in: document).count }
        }
        #expect(windows.first?.words.lowerBound ?? 0 == 0 && windows.last?.words.upperBound ?? 0 == count)
        var owned = 0
        for window in windows {
            #expect(pieces(window.words) <= layout.maxPieces - 2 && !window.words.isEmpty)
            #expect(window.owned.lowerBound == owned && window.words.contains(window.owned))
            owned = window.owned.upperBound
        }
        #expect(owned == count)
        for (one, two) in zip(windows, windows.dropFirst()) {
            #expect(one.words.lowerBound < two.words.lowerBound && one.words.upperBound < two.words.upperBound)
            #expect(one.words.upperBound >= two.words.lowerBound)
            #expect(pieces(two.words.lowerBound..<one.words.upperBound) <= layout.overlap)
        }
        for word in 0..<count {
            func depth(_ window: Window) -> Int {
                let left = window.words.lowerBound == 0 ? Int.max : pieces(window.words.lowerBound..<word)
                let right = window.words.upperBound == count ? Int.max : pieces(word + 1..<window.words.upperBound)
                return min(left, right)
            }
            let deepest = windows.filter { $0.words.contains(word) }.map(depth).max()
            let owner = windows.first { $0.owned.contains(word) }
            #expect(owner.map(depth) == deepest)
        }
    }

    @Test func `a layout is written and read, and nonsense is refused`() throws {
        let layout = WindowLayout(maxPieces: 64, overlap: 8)
        #expect(try JSONDecoder().decode(WindowLayout.self, from: JSONEncoder().encode(layout)) == layout)
        #expect(try JSONDecoder().decode(WindowLayout.self, from: Data("{}".utf8)) == WindowLayout())
        for json in [#"{"maxPieces": 2}"#, #"{"overlap": -1}"#] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(WindowLayout.self, from: Data(json.utf8)) }
        }
    }

    /// A document of words with so many pieces each.
    private func encoded(_ counts: [Int]) -> EncodedDocument {
        var ranges: [Range<Int>] = []
        for count in counts {
            let start = ranges.last?.upperBound ?? 0
            ranges.append(start..<start + count)
        }
        return EncodedDocument(ids: Array(repeating: 7, count: ranges.last?.upperBound ?? 0), wordPieces: ranges)
    }

    /// Sentences over words that end after the given counts of words.
    private func sentences(ending ends: [Int]) -> [Sentence] {
        zip([0] + ends, ends).filter { $0 < $1 }.map { start, end in
            Sentence(span: TextSpan(start: start, end: end), tokens: start..<end)
        }
    }
}
