import ClinicalText
import Foundation

extension NeuralTagger {
    /// An entity found in a note with gold, and whether it is one.
    public struct Outcome: Hashable, Sendable {
        /// Which of the notes.
        public var document: Int
        /// Its type.
        public var type: String
        /// How many words it has.
        public var words: Int
        /// The probability that the tagger gives it.
        public var confidence: Double
        /// Whether gold has the same span and type.
        public var isCorrect: Bool
    }

    /// What comes of the entities found in notes with gold, at a temperature.
    public func outcomes(
        of decoded: [DecodedDocument], in documents: [SegmentedDocument], temperature: Double
    ) -> [Outcome] {
        let chains = chains(at: temperature)
        return documents.indices.flatMap { index in
            let document = documents[index]
            let gold = Set(document.document.entities.map { "\($0.type) \($0.spans)" })
            return entities(of: decoded[index], in: document, chains).map { entity in
                Outcome(
                    document: index, type: entity.type,
                    words: document.segmentation.tokens(overlapping: entity.hull).count,
                    confidence: entity.provenance.probability ?? 0,
                    isCorrect: gold.contains("\(entity.type) \(entity.spans)"))
            }
        }
    }

    /// The temperature at which the confidences are most probable, given which entities are in gold: the least mean
    /// negative log likelihood, by golden-section search between 1/5 and 8.
    ///
    /// Without entities it is 1.
    public func temperature(of decoded: [DecodedDocument], in documents: [SegmentedDocument]) -> Double {
        guard decoded.contains(where: { $0.entityCount > 0 }) else { return 1 }
        // What is found, and so what is correct, is the same at every temperature.
        let isCorrect = outcomes(of: decoded, in: documents, temperature: 1).map(\.isCorrect)
        func loss(_ logarithm: Double) -> Double {
            let chains = chains(at: exp(logarithm))
            let found = zip(decoded, documents).lazy.flatMap { self.entities(of: $0, in: $1, chains) }
            return zip(found, isCorrect).reduce(0) { sum, outcome in
                let probability = min(max(outcome.0.provenance.probability ?? 0, 1e-6), 1 - 1e-6)
                return sum - log(outcome.1 ? probability : 1 - probability)
            }
        }
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (log(0.2), log(8.0))
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
        var (leftLoss, rightLoss) = (loss(left), loss(right))
        while high - low > 0.01 {
            if leftLoss <= rightLoss {
                (high, right, rightLoss) = (right, left, leftLoss)
                left = high - ratio * (high - low)
                leftLoss = loss(left)
            } else {
                (low, left, leftLoss) = (left, right, rightLoss)
                right = low + ratio * (high - low)
                rightLoss = loss(right)
            }
        }
        return exp((low + high) / 2)
    }

    /// For each type the confidence from which on its entities are worth having: that with the best F1.
    ///
    /// - Parameter gold: how many entities of each type the notes have.
    public static func thresholds(_ outcomes: [Outcome], gold: [String: Int]) -> [String: Double] {
        Dictionary(grouping: outcomes, by: \.type).mapValues { outcomes in
            let sorted = outcomes.sorted { $0.confidence > $1.confidence }
            let total = gold[outcomes[0].type] ?? 0
            var (correct, best, threshold) = (0, -1.0, 0.0)
            for (index, outcome) in sorted.enumerated() {
                correct += outcome.isCorrect ? 1 : 0
                // Entities that are equally sure stay together.
                let isLast = index + 1 == sorted.count
                if !isLast, sorted[index + 1].confidence == outcome.confidence { continue }
                let f1 = 2 * Double(correct) / Double(max(1, total + index + 1))
                // Where leaving out gains nothing, nothing is left out.
                if f1 >= best { (best, threshold) = (f1, isLast ? 0 : outcome.confidence) }
            }
            return threshold
        }
    }
}
