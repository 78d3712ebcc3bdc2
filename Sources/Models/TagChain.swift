import ClinicalText
import SequenceInference
import Torch
import TorchNN

/// A chain of tags of a tagger's network: its scheme, its columns of the emissions, and what its CRF has learned.
public struct TagChain {
    /// The tags.
    public let scheme: TagScheme
    /// Its columns of the emissions.
    public let columns: Range<Int>
    /// What the CRF has learned; nothing where each word is decoded alone.
    let crf: (transitions: Tensor, startTransitions: Tensor, endTransitions: Tensor)?

    /// The schemes of the chains for some types.
    public static func schemes(of types: [String], _ chains: TaggerArchitecture.Chains) -> [TagScheme] {
        switch chains {
        case .one: [TagScheme(types: types)]
        case .perType: types.map { TagScheme(types: [$0]) }
        }
    }

    /// The chains of `schemes`, whose parameters stand at `scope`, below their numbers where there are several.
    static func chains(of schemes: [TagScheme], _ architecture: TaggerArchitecture, _ scope: Scope) throws -> [TagChain]
    {
        var first = 0
        return try schemes.enumerated().map { index, scheme in
            defer { first += scheme.count }
            return try TagChain(
                scheme: scheme, columns: first..<first + scheme.count, hasCRF: architecture.decoder == .crf,
                architecture.chains == .one ? scope : scope / "\(index)")
        }
    }

    private init(scheme: TagScheme, columns: Range<Int>, hasCRF: Bool, _ scope: Scope) throws {
        self.scheme = scheme
        self.columns = columns
        guard hasCRF else {
            crf = nil
            return
        }
        // pytorch-crf's initialization and names.
        let initial = Scope.Initial.uniform(bound: 0.1)
        crf = (
            try scope.parameter("transitions", shape: [scheme.count, scheme.count], initial: initial),
            try scope.parameter("start_transitions", shape: [scheme.count], initial: initial),
            try scope.parameter("end_transitions", shape: [scheme.count], initial: initial)
        )
    }

    /// The chain with today's parameters, over a whole document or over a window that does not touch its ends.
    ///
    /// The scheme's rules always hold between words; its rule for a first tag and the scores of the ends only at the
    /// document's ends, because a window may begin in the middle of an entity.
    public func inference(startsDocument: Bool = true, endsDocument: Bool = true) -> LinearChainCRF {
        inference(startsDocument: startsDocument, endsDocument: endsDocument, isConstrained: true)
    }

    /// The same for training: without transitions and rules, the likelihood of a chain is that of each word's softmax.
    func trained(startsDocument: Bool, endsDocument: Bool) -> LinearChainCRF {
        inference(startsDocument: startsDocument, endsDocument: endsDocument, isConstrained: crf != nil)
    }

    private func inference(startsDocument: Bool, endsDocument: Bool, isConstrained: Bool) -> LinearChainCRF {
        let count = scheme.count
        let nothing = [Float](repeating: 0, count: count)
        return LinearChainCRF(
            tagCount: count, transitions: crf?.transitions.floats() ?? [Float](repeating: 0, count: count * count),
            startTransitions: startsDocument ? crf?.startTransitions.floats() ?? nothing : nothing,
            endTransitions: endsDocument ? crf?.endTransitions.floats() ?? nothing : nothing,
            constraints: TransitionConstraints(
                tagCount: count, canStart: { !isConstrained || !startsDocument || scheme.canStart(with: $0) },
                canFollow: { !isConstrained || scheme.canFollow($0, with: $1) }))
    }

    /// The chain's columns of emissions [W, all columns] for some of the words; [words, K].
    func emissions(in all: some RandomAccessCollection<Float>, words: Range<Int>, columnCount: Int) -> [Float] {
        var part: [Float] = []
        part.reserveCapacity(words.count * columns.count)
        for word in words {
            let start = all.index(all.startIndex, offsetBy: word * columnCount + columns.lowerBound)
            part += all[start..<all.index(start, offsetBy: columns.count)]
        }
        return part
    }
}
