import Essentials
import Testing

@testable import CorpusAnalysis

@Suite struct NearDuplicateTests {
    private func words(_ count: Int, _ generator: inout SeededGenerator) -> [String] {
        (0..<count).map { _ in "w\(Int.random(in: 0..<3000, using: &generator))" }
    }

    @Test func overlapIsTheShareOfCommonRuns() {
        let first = NoteShingles(of: "one two three four five six seven eight")
        let second = NoteShingles(of: "One, two three\nfour FIVE six - nine ten")
        // Four runs each, two of them common.
        #expect(first.overlap(with: second) == (2.0 / 6, 0.5))
        #expect(first.overlap(with: first) == (1, 1))
        #expect(NoteShingles(of: "").hashes.isEmpty)
        #expect(NoteShingles(of: "two words").hashes.count == 1)
    }

    @Test func sketchesFindWhatAnExactComparisonFinds() {
        var generator = SeededGenerator(seed: 5)
        var texts: [[String]] = []
        for _ in 0..<60 {
            let original = words(150, &generator)
            texts.append(original)
            // Copies with between 0 and 12 words changed.
            for _ in 0..<3 {
                var copy = original
                for _ in 0..<Int.random(in: 0...12, using: &generator) {
                    copy[Int.random(in: 0..<copy.count, using: &generator)] = "new\(generator.next())"
                }
                texts.append(copy)
            }
        }
        let notes = texts.map { $0.joined(separator: " ") }
        var index = DuplicateIndex()
        for note in notes { index.add(NoteSketch(of: note)) }
        let candidates = index.candidates()
        let shingles = notes.map { NoteShingles(of: $0) }
        var alike = 0
        for (note, mine) in shingles.enumerated() {
            let isAlike = shingles[..<note].contains { $0.overlap(with: mine).resemblance >= 0.8 }
            guard isAlike else { continue }
            alike += 1
            #expect((candidates[note] ?? []).contains { shingles[$0].overlap(with: mine).resemblance >= 0.8 })
        }
        #expect(alike > 50)
        // Nothing else is much compared.
        #expect(candidates.values.reduce(0) { $0 + $1.count } < 4 * notes.count)
    }

    @Test func shortNotesAreAlikeOnlyIfTheyAreEqual() {
        var index = DuplicateIndex()
        for text in ["Seen today.", "Seen today!", "Seen today.", "", " ", ""] { index.add(NoteSketch(of: text)) }
        #expect(index.candidates() == [2: [0]])
    }

    @Test func sketchesAreTheSameInEveryProcess() {
        #expect(NoteSketch.hash(of: "fever") == 0x9830_b3f6_ada7_d478)
    }
}
