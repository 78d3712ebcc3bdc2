import ClinicalText
import Essentials
import Evaluation

extension SilverLabeler {
    /// How much each function adds to the silver entities of documents with gold ones.
    ///
    /// For each function that votes, the label model and what follows it run once more without its votes. Functions that
    /// build on others' votes keep theirs, so that the gain is that of the votes and not of the source.
    ///
    /// - Returns: the strict F1 of spans and types with all functions, and for each function by how much it falls without it;
    ///   nothing for a function that does not vote.
    /// - Throws: ``WeakLabelingError``.
    public func marginalGains(
        on documents: [SegmentedDocument], gold: [String: [Entity]]
    ) throws -> (f1: Double, gains: [Double?]) {
        let scheme = TagScheme(types: types)
        let mentions = documents.map {
            Mention.all(of: gold[$0.document.id] ?? [], in: $0, scheme: scheme).mentions
        }
        let votes = try votes(on: documents)
        @Sendable func f1(without function: Int?) -> Double {
            let kept = function.map { function in votes.map { $0.without(function: function) } } ?? votes
            var assembly = SilverEntities(types: types, minimumProbability: configuration.minimumProbability)
            let learned = learned(from: kept, of: documents)
            let silver = self.mentions(
                of: combination(of: kept, by: learned), in: documents, by: &assembly, consistency: learned.consistency)
            var counts = Counts()
            for (silver, gold) in zip(silver, mentions) {
                let found = Set(silver.map { Mention(tokens: $0.tokens, label: $0.label) })
                counts.truePositives += found.intersection(gold).count
                counts.falsePositives += found.subtracting(gold).count
                counts.falseNegatives += gold.subtracting(found).count
            }
            return counts.f1
        }
        let all = f1(without: nil)
        let voters = Set(votes.lazy.flatMap(\.casts).map(\.function)).sorted()
        let without = try voters.concurrentMap { f1(without: $0) }
        var gains = [Double?](repeating: nil, count: functions.count)
        for (place, function) in voters.enumerated() { gains[function] = all - without[place] }
        return (all, gains)
    }
}
