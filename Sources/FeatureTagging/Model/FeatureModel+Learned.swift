import SequenceInference

extension FeatureModel {
    /// Makes the model of learned weights; those of 0 and features without any are left out.
    init(_ corpus: FeatureCorpus, _ layout: WeightLayout, learned: [Double]) {
        var table = AttributeTable()
        var rows: [UInt32] = [0]
        var tags: [UInt16] = []
        var weights: [Float] = []
        for feature in 0..<corpus.featureCount {
            let places = (layout.rows[feature]..<layout.rows[feature + 1]).filter { Float(learned[$0]) != 0 }
            guard !places.isEmpty else { continue }
            _ = corpus.table.feature(feature).withUnsafeBufferPointer { table.intern($0) }
            tags += places.map { layout.tags[$0] }
            weights += places.map { Float(learned[$0]) }
            rows.append(UInt32(weights.count))
        }
        let paths = learned.withUnsafeBufferPointer { layout.pathScores($0.baseAddress.unsafelyUnwrapped) }
        self.init(
            scheme: corpus.scheme, templates: corpus.templates,
            chain: LinearChainCRF(
                tagCount: corpus.scheme.count, transitions: paths.transitions.map(Float.init),
                startTransitions: paths.start.map(Float.init), endTransitions: paths.end.map(Float.init),
                constraints: TransitionConstraints(corpus.scheme)),
            table: table, rows: rows, tags: tags, weights: weights)
    }
}
