import Essentials
import Foundation
import SequenceInference

/// The obvious way: every path of a small chain, with its score.
struct PathEnumeration {
    let chain: LinearChainCRF
    let emissions: [Float]
    let paths: [(tags: [Int], score: Double)]
    let logPartition: Double

    init(_ chain: LinearChainCRF, emissions: [Float]) {
        self.chain = chain
        self.emissions = emissions
        let count = chain.tagCount
        var all: [[Int]] = [[]]
        for _ in 0..<emissions.count / count { all = all.flatMap { path in (0..<count).map { path + [$0] } } }
        paths = all.map { ($0, Self.score(chain, emissions, $0)) }
        let peak = paths.map(\.score).max() ?? 0
        logPartition = peak + log(paths.map { exp($0.score - peak) }.reduce(0, +))
    }

    func probability(where holds: ([Int]) -> Bool) -> Double {
        paths.filter { holds($0.tags) }.map { exp($0.score - logPartition) }.reduce(0, +)
    }

    private static func score(_ chain: LinearChainCRF, _ emissions: [Float], _ tags: [Int]) -> Double {
        guard let first = tags.first, let last = tags.last else { return 0 }
        let count = chain.tagCount
        if let constraints = chain.constraints {
            let steps = zip(tags, tags.dropFirst())
            guard constraints.start[first], constraints.end[last],
                steps.allSatisfy({ constraints.transitions[$0 * count + $1] })
            else { return -.infinity }
        }
        var score = Double(chain.startTransitions[first]) + Double(chain.endTransitions[last])
        for (step, tag) in tags.enumerated() { score += Double(emissions[step * count + tag]) }
        for (tag, next) in zip(tags, tags.dropFirst()) { score += Double(chain.transitions[tag * count + next]) }
        return score
    }
}

extension SeededGenerator {
    mutating func floats(_ count: Int, spread: Float = 2) -> [Float] {
        (0..<count).map { _ in Float(unit() * 2 - 1) * spread }
    }

    /// A chain with random scores; with BIO constraints over `(tagCount - 1) / 2` types if asked for.
    mutating func chain(tagCount: Int, constrained: Bool = false, spread: Float = 2) -> LinearChainCRF {
        LinearChainCRF(
            tagCount: tagCount, transitions: floats(tagCount * tagCount, spread: spread),
            startTransitions: floats(tagCount, spread: spread), endTransitions: floats(tagCount, spread: spread),
            constraints: constrained ? .bio(tagCount: tagCount) : nil)
    }
}

extension TransitionConstraints {
    /// 0 is outside, odd tags begin, the even tag after continues.
    static func bio(tagCount: Int) -> TransitionConstraints {
        func isInside(_ tag: Int) -> Bool { tag > 0 && tag % 2 == 0 }
        return TransitionConstraints(
            tagCount: tagCount, canStart: { !isInside($0) },
            canFollow: { !isInside($1) || $0 == $1 || $0 == $1 - 1 })
    }
}
