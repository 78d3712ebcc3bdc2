import ClinicalText

/// What a tagger found in a document, before it says how sure it is.
public struct DecodedDocument: Sendable {
    /// What was found in one chain.
    struct Chain: Sendable {
        /// words × tags of the chain.
        var emissions: [Float]
        /// Types of the chain's scheme and tokens.
        var runs: [(typeIndex: Int, tokens: Range<Int>)]
    }

    /// One a chain of the network.
    let chains: [Chain]

    /// The tokens of each entity found, with its type's place in its chain's scheme; chain by chain.
    var entityCount: Int { chains.reduce(0) { $0 + $1.runs.count } }
}
