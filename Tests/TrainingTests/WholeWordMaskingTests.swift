import Essentials
import Testing

@testable import Training

@Suite struct WholeWordMaskingTests {
    private let masking = WholeWordMasking(share: 0.15, maskID: 4, replacements: 10..<1000)
    private let ids = (0..<300).map { Int32(1000 + $0) }
    /// Words of one, two and three pieces in turn.
    private let words: [Range<Int>] = {
        var words: [Range<Int>] = []
        var start = 0
        while start + 3 <= 300 {
            let end = start + 1 + words.count % 3
            words.append(start..<end)
            start = end
        }
        return words
    }()

    @Test func whatHasToBeGuessedIsWhatStoodThere() {
        var random = SeededGenerator(seed: 1)
        let masked = masking.mask(ids, words: words, using: &random)
        #expect(masked.labels == masked.positions.map { ids[$0] })
        #expect(masked.positions == masked.positions.sorted())
        let untouched = Set(ids.indices).subtracting(masked.positions)
        #expect(untouched.allSatisfy { masked.ids[$0] == ids[$0] })
    }

    @Test func allPiecesOfAWordAreChosenTogetherAndMeetTheSameFate() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<50 {
            let masked = masking.mask(ids, words: words, using: &random)
            let chosen = Set(masked.positions)
            for word in words {
                #expect(word.allSatisfy(chosen.contains) || word.allSatisfy { !chosen.contains($0) })
                let hidden = word.filter { masked.ids[$0] == 4 }.count
                #expect(hidden == 0 || hidden == word.count)
            }
        }
    }

    @Test func theSharesAreTheAskedOnes() {
        var random = SeededGenerator(seed: 3)
        var chosen = 0
        var hidden = 0
        var kept = 0
        for _ in 0..<400 {
            let masked = masking.mask(ids, words: words, using: &random)
            chosen += masked.positions.count
            hidden += masked.positions.filter { masked.ids[$0] == 4 }.count
            kept += masked.positions.filter { masked.ids[$0] == ids[$0] }.count
        }
        let total = Double(chosen)
        #expect(abs(total / Double(400 * (words.last?.upperBound ?? 0)) - 0.15) < 0.01)
        #expect(abs(Double(hidden) / total - 0.8) < 0.02)
        #expect(abs(Double(kept) / total - 0.1) < 0.02)
    }

    @Test func oneWordIsEnough() {
        var random = SeededGenerator(seed: 4)
        #expect(masking.mask([7], words: [0..<1], using: &random).positions == [0])
        #expect(masking.mask([], words: [], using: &random).positions.isEmpty)
    }

    @Test func theSameGeneratorMasksTheSame() {
        var first = SeededGenerator(seed: 5)
        var second = SeededGenerator(seed: 5)
        let left = masking.mask(ids, words: words, using: &first)
        let right = masking.mask(ids, words: words, using: &second)
        #expect(left.ids == right.ids && left.positions == right.positions)
    }
}
