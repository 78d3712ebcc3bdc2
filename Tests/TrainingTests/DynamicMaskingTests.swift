import Essentials
import Testing

@testable import Training

@Suite struct DynamicMaskingTests {
    private static let maskID: Int32 = 4
    private static let replacements: Range<Int32> = 1000..<2000

    private func masking(_ share: Double = 0.15) -> DynamicMasking {
        DynamicMasking(share: share, maskID: Self.maskID, replacements: Self.replacements)
    }

    /// Words of one to four pieces; the ids are outside the replacements, so that a replacement shows.
    private func window(words count: Int, seed: UInt64 = 3) -> (ids: [Int32], words: [Range<Int>]) {
        var random = SeededGenerator(seed: seed)
        var ids: [Int32] = []
        var words: [Range<Int>] = []
        for _ in 0..<count {
            let start = ids.count
            for _ in 0..<Int.random(in: 1...4, using: &random) { ids.append(Int32.random(in: 5..<900, using: &random)) }
            words.append(start..<ids.count)
        }
        return (ids, words)
    }

    @Test(arguments: [(1, 0.15, 1), (3, 0.15, 1), (10, 0.15, 2), (100, 0.15, 15), (200, 0.4, 80), (7, 1.0, 7)])
    func theShareOfWordsIsMaskedAndAtLeastOne(words: Int, share: Double, expected: Int) {
        let window = window(words: words)
        for seed in 0..<20 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let masked = masking(share).mask(window.ids, words: window.words, using: &random)
            let chosen = window.words.filter { word in word.contains { masked.positions.contains($0) } }
            #expect(chosen.count == expected)
            // Every piece of a chosen word, in ascending order, and nothing else.
            #expect(masked.positions == chosen.flatMap { Array($0) })
        }
    }

    @Test func labelsAreWhatStoodThereAndTheRestIsUntouched() {
        let window = window(words: 120)
        var random = SeededGenerator(seed: 5)
        let masked = masking(0.3).mask(window.ids, words: window.words, using: &random)
        #expect(masked.labels == masked.positions.map { window.ids[$0] })
        #expect(masked.ids.count == window.ids.count)
        let chosen = Set(masked.positions)
        for position in window.ids.indices where !chosen.contains(position) {
            #expect(masked.ids[position] == window.ids[position])
        }
    }

    @Test func aWordIsHiddenReplacedOrLeftAsAWhole() {
        let window = window(words: 200)
        var random = SeededGenerator(seed: 6)
        let masked = masking(1).mask(window.ids, words: window.words, using: &random)
        for word in window.words {
            let hidden = word.allSatisfy { masked.ids[$0] == Self.maskID }
            let replaced = word.allSatisfy { Self.replacements.contains(masked.ids[$0]) }
            let left = word.allSatisfy { masked.ids[$0] == window.ids[$0] }
            #expect([hidden, replaced, left].count { $0 } == 1)
        }
    }

    @Test func ofTheChosenWordsEightyTenAndTenOfAHundred() {
        let window = window(words: 20_000)
        var random = SeededGenerator(seed: 7)
        let masked = masking(1).mask(window.ids, words: window.words, using: &random)
        let firsts = window.words.map { (new: masked.ids[$0.lowerBound], old: window.ids[$0.lowerBound]) }
        func share(_ isOne: (Int32, Int32) -> Bool) -> Double {
            Double(firsts.count { isOne($0.new, $0.old) }) / Double(firsts.count)
        }
        // Four standard deviations of 20 000 draws.
        #expect(abs(share { new, _ in new == Self.maskID } - 0.8) < 0.0114)
        #expect(abs(share { new, _ in Self.replacements.contains(new) } - 0.1) < 0.0085)
        #expect(abs(share { $0 == $1 } - 0.1) < 0.0085)
    }

    @Test func everyWordIsAsLikelyAsAnyOther() {
        let window = window(words: 20)
        var random = SeededGenerator(seed: 8)
        var counts = [Int](repeating: 0, count: 20)
        for _ in 0..<10_000 {
            let masked = masking(0.15).mask(window.ids, words: window.words, using: &random)
            for (index, word) in window.words.enumerated() where masked.positions.contains(word.lowerBound) {
                counts[index] += 1
            }
        }
        // 1500 expected of each, deviation 36.
        #expect(counts.allSatisfy { abs($0 - 1500) < 180 })
    }

    @Test func theSameSeedMasksTheSameAndAnotherDoesNot() {
        let window = window(words: 60)
        func masked(seed: UInt64) -> DynamicMasking.Masked {
            var random = SeededGenerator(seed: seed)
            return masking().mask(window.ids, words: window.words, using: &random)
        }
        #expect(masked(seed: 1).ids == masked(seed: 1).ids)
        #expect(masked(seed: 1).positions == masked(seed: 1).positions)
        #expect(masked(seed: 1).positions != masked(seed: 2).positions)
    }

    @Test func noWordsLeaveNothingToGuess() {
        var random = SeededGenerator(seed: 1)
        let masked = masking().mask([7, 8], words: [], using: &random)
        #expect(masked.ids == [7, 8] && masked.positions.isEmpty && masked.labels.isEmpty)
    }

    private func masking(words: Double, spans: Double, entities: Double, share: Double = 0.15) -> DynamicMasking {
        DynamicMasking(
            share: share, mixture: MaskingMixture(words: words, spans: spans, entities: entities), maskID: Self.maskID,
            replacements: Self.replacements)
    }

    /// The chosen words, by their numbers.
    private func chosen(_ masked: DynamicMasking.Masked, of words: [Range<Int>]) -> [Int] {
        words.indices.filter { masked.positions.contains(words[$0].lowerBound) }
    }

    @Test(arguments: [(1.0, 0.0, 0.0), (0, 1, 0), (0, 0, 1), (1, 1, 1)])
    func everyMixtureChoosesTheShareOfWords(words: Double, spans: Double, entities: Double) {
        let window = window(words: 100)
        let masking = masking(words: words, spans: spans, entities: entities)
        for seed in 0..<20 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let masked = masking.mask(window.ids, words: window.words, entities: [3..<6, 40..<41], using: &random)
            let chosen = chosen(masked, of: window.words)
            #expect(chosen.count == 15)
            #expect(masked.positions == chosen.flatMap { Array(window.words[$0]) })
            #expect(masked.labels == masked.positions.map { window.ids[$0] })
        }
    }

    @Test func spansAreRunsOfWordsOfAboutFourWords() {
        let window = window(words: 2000)
        var random = SeededGenerator(seed: 3)
        // So few that spans rarely touch each other.
        let masked = masking(words: 0, spans: 1, entities: 0, share: 0.05).mask(
            window.ids, words: window.words, using: &random)
        let chosen = chosen(masked, of: window.words)
        #expect(chosen.count == 100)
        var lengths: [Int] = []
        for (place, word) in chosen.enumerated() {
            if place > 0, chosen[place - 1] == word - 1 { lengths[lengths.count - 1] += 1 } else { lengths.append(1) }
        }
        // The geometric distribution of 0.2, cut at ten, has a mean of 3.8 and a deviation of 2.9.
        let mean = Double(chosen.count) / Double(lengths.count)
        #expect(mean > 2.4 && mean < 6)
        #expect(lengths.contains(1) && lengths.contains { $0 > 5 })
    }

    @Test func entitiesAreChosenWholeAndBeforeWords() {
        let window = window(words: 100)
        let entities = [10..<13, 20..<21, 50..<54]
        for seed in 0..<20 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let masked = masking(words: 0, spans: 0, entities: 1).mask(
                window.ids, words: window.words, entities: entities, using: &random)
            // All eight words of entities; the other seven come from elsewhere.
            let chosen = Set(chosen(masked, of: window.words))
            #expect(entities.allSatisfy { chosen.isSuperset(of: $0) } && chosen.count == 15)
            for entity in entities {
                let pieces = entity.flatMap { Array(window.words[$0]) }
                let hidden = pieces.allSatisfy { masked.ids[$0] == Self.maskID }
                let replaced = pieces.allSatisfy { Self.replacements.contains(masked.ids[$0]) }
                let left = pieces.allSatisfy { masked.ids[$0] == window.ids[$0] }
                #expect(hidden || replaced || left)
            }
        }
    }

    @Test func anEntityThatIsLongerThanWhatIsLeftIsPassedOver() {
        let window = window(words: 20)
        var random = SeededGenerator(seed: 4)
        let masked = masking(words: 0, spans: 0, entities: 1).mask(
            window.ids, words: window.words, entities: [0..<9], using: &random)
        #expect(chosen(masked, of: window.words).count == 3)
    }
}
