import Essentials

/// Chooses the pieces that a masked language model has to guess: all pieces of randomly chosen words.
///
/// Of the chosen words 80 % are hidden behind `[MASK]`, 10 % replaced by random pieces and 10 % left as they are.
///
/// Source: J. Devlin et al., "BERT", NAACL 2019, and the whole-word masking of its 2019 release.
public struct WholeWordMasking: Sendable {
    /// What a masked window looks like.
    public struct Masked: Sendable {
        /// The pieces that the model sees.
        public var ids: [Int32]
        /// Where it has to guess, in ascending order.
        public var positions: [Int]
        /// The pieces that stood there.
        public var labels: [Int32]
    }

    private let share: Double
    private let maskID: Int32
    private let replacements: Range<Int32>

    /// Masks `share` of the words; replacements are drawn from the vocabulary rows `replacements`.
    public init(share: Double, maskID: Int32, replacements: Range<Int32>) {
        self.share = share
        self.maskID = maskID
        self.replacements = replacements
    }

    /// Masks a sequence of pieces whose words are the given ranges of positions; at least one word is chosen.
    public func mask(_ ids: [Int32], words: [Range<Int>], using random: inout SeededGenerator) -> Masked {
        var result = Masked(ids: ids, positions: [], labels: [])
        guard !words.isEmpty else { return result }
        let wanted = max(1, Int((share * Double(words.count)).rounded()))
        let chosen = Self.sample(wanted, of: words.count, using: &random).sorted()
        for word in chosen {
            let fate = random.unit()
            for position in words[word] {
                result.positions.append(position)
                result.labels.append(ids[position])
                if fate < 0.8 {
                    result.ids[position] = maskID
                } else if fate < 0.9 {
                    result.ids[position] = Int32.random(in: replacements, using: &random)
                }
            }
        }
        return result
    }

    /// `count` different numbers below `total`, by Floyd's algorithm.
    private static func sample(_ count: Int, of total: Int, using random: inout SeededGenerator) -> Set<Int> {
        var chosen: Set<Int> = []
        for limit in (total - count)..<total {
            let candidate = Int.random(in: 0...limit, using: &random)
            if !chosen.insert(candidate).inserted { chosen.insert(limit) }
        }
        return chosen
    }
}
