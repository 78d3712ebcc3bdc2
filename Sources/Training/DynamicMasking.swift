import Essentials
import Foundation

/// Chooses the pieces that a masked language model has to guess, anew each time: words, spans of words and entities.
///
/// Units are drawn by a ``MaskingMixture`` until the wanted number of words is reached; all pieces of a unit share one
/// fate: 80 % are hidden behind `[MASK]`, 10 % replaced by random pieces and 10 % left as they are.
///
/// Source: J. Devlin et al., "BERT", NAACL 2019, and the whole-word masking of its 2019 release; M. Joshi et al.,
/// "SpanBERT", TACL 8 (2020), for spans and their lengths; Y. Sun et al., "ERNIE" (2019), for entities.
public struct DynamicMasking: Sendable {
    /// What a masked window looks like.
    public struct Masked: Sendable {
        /// The pieces that the model sees.
        public var ids: [Int32]
        /// Where it has to guess, in ascending order.
        public var positions: [Int]
        /// The pieces that stood there.
        public var labels: [Int32]
    }

    private enum Fate {
        case hidden, replaced, left
    }

    /// The longest span in words, and how likely a span is to end after each word.
    private static let longestSpan = 10
    private static let spanEnds = 0.2

    private let share: Double
    private let mixture: MaskingMixture
    private let maskID: Int32
    private let replacements: Range<Int32>

    /// Masks `share` of the words; replacements are drawn from the vocabulary rows `replacements`.
    public init(
        share: Double, mixture: MaskingMixture = MaskingMixture(), maskID: Int32, replacements: Range<Int32>
    ) {
        self.share = share
        self.mixture = mixture
        self.maskID = maskID
        self.replacements = replacements
    }

    /// Masks a sequence of pieces; at least one word is chosen.
    ///
    /// - Parameters:
    ///   - words: the positions of each word's pieces, in ascending order.
    ///   - entities: runs of words, by their numbers. One with more words than are still to be chosen is passed over.
    public func mask(
        _ ids: [Int32], words: [Range<Int>], entities: [Range<Int>] = [], using random: inout SeededGenerator
    ) -> Masked {
        var result = Masked(ids: ids, positions: [], labels: [])
        let fates = fates(of: words.count, entities: entities, using: &random)
        for (word, fate) in zip(words, fates) {
            guard let fate else { continue }
            for position in word {
                result.positions.append(position)
                result.labels.append(ids[position])
                switch fate {
                case .hidden: result.ids[position] = maskID
                case .replaced: result.ids[position] = Int32.random(in: replacements, using: &random)
                case .left: break
                }
            }
        }
        return result
    }

    /// What becomes of each word; nothing for those that are not chosen.
    private func fates(of count: Int, entities: [Range<Int>], using random: inout SeededGenerator) -> [Fate?] {
        var fates = [Fate?](repeating: nil, count: count)
        if count == 0 { return fates }
        var left = max(1, Int((share * Double(count)).rounded()))
        var order = Array(0..<count).shuffled(using: &random)[...]
        var open = mixture.entities > 0 ? entities.shuffled(using: &random)[...] : []
        func isFree(_ words: Range<Int>) -> Bool { words.allSatisfy { fates[$0] == nil } }
        while left > 0 {
            let unit: Range<Int>
            switch draw(using: &random) {
            case .entities:
                while let entity = open.first, entity.count > left || !isFree(entity) { open.removeFirst() }
                if let entity = open.popFirst() { unit = entity } else { fallthrough }
            case .words:
                while let word = order.first, fates[word] != nil { order.removeFirst() }
                guard let word = order.popFirst() else { return fates }
                unit = word..<word + 1
            case .spans:
                while let word = order.first, fates[word] != nil { order.removeFirst() }
                guard let first = order.popFirst() else { return fates }
                let longest = min(Self.spanLength(using: &random), left)
                let end = (first..<min(first + longest, count)).first { fates[$0] != nil }
                unit = first..<(end ?? min(first + longest, count))
            }
            let fate = Self.fate(using: &random)
            for word in unit { fates[word] = fate }
            left -= unit.count
        }
        return fates
    }

    private enum Unit {
        case words, spans, entities
    }

    private func draw(using random: inout SeededGenerator) -> Unit {
        // Where there is nothing to choose from, nothing is drawn.
        if mixture.spans == 0, mixture.entities == 0 { return .words }
        let place = random.unit() * (mixture.words + mixture.spans + mixture.entities)
        return place < mixture.words ? .words : place < mixture.words + mixture.spans ? .spans : .entities
    }

    private static func fate(using random: inout SeededGenerator) -> Fate {
        let place = random.unit()
        return place < 0.8 ? .hidden : place < 0.9 ? .replaced : .left
    }

    /// Geometric, cut at ``longestSpan``.
    private static func spanLength(using random: inout SeededGenerator) -> Int {
        let length = 1 + Int(log(1 - random.unit()) / log(1 - spanEnds))
        return min(length, longestSpan)
    }
}
