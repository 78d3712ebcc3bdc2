import Foundation
import SequenceInference

/// A hidden Markov model over the true tags of a sequence, of which each labeling function sees a distorted part.
///
/// States are the tags of a BIO scheme. In a state a function speaks with a probability of its own and then says one
/// of the tags, or a label that the token has not; that it is silent says as much about the state as its habits let it,
/// and is never a vote for outside. A token of which nobody says what it is, is outside and unknown. Transitions,
/// propensities and confusions are estimated from votes alone by Baum and Welch's algorithm, which starts from the
/// majority; where gold tags of some sequences are given, these are their states. Votes of functions that repeat each
/// other are discounted (``VoteCorrelation``).
///
/// Sources: L. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77 (1989); A. T. Nguyen et al., "Aggregating
/// and predicting sequence labels from crowd annotations", ACL 2017; P. Lison et al., "skweak", ACL 2021. Unlike
/// skweak's, silence has a probability of its own in each state.
public struct HiddenMarkovLabelModel: SpanLabelModel {
    /// Settings of the estimation.
    public struct Settings: Hashable, Sendable {
        /// Rounds of estimation after the start from the majority.
        public var rounds = 3
        /// How many votes of each function the assumption weighs that votes are right.
        public var assumptionWeight = 10.0
        /// How far functions that repeat each other are discounted: 0 not at all, 1 as far as they do.
        public var correlationDiscount = 0.5

        /// The default.
        public init() {}
    }

    /// The number of functions.
    public let functionCount: Int
    /// The number of labels, outside and the types.
    public let labelCount: Int
    /// How it is estimated.
    public let settings: Settings
    /// The log likelihood of the votes in each round of the estimation.
    public private(set) var logLikelihoods: [Double] = []
    /// For each function how often it is right where it speaks, as the model sees it; nothing if it never speaks.
    public private(set) var estimatedAccuracies: [Double?]
    /// How far functions repeat each other.
    public private(set) var correlation: VoteCorrelation

    /// The number of states, twice the types and outside.
    private let stateCount: Int
    /// The number of things that a function may say: a tag, or a label that it is against.
    private let sayingCount: Int
    /// `log P(f says it | state, f speaks for or against)`, functions × states × sayings.
    private var confusion: [Double] = []
    /// `P(f speaks | state)`, functions × states.
    private var propensity: [Double] = []
    private var chain: LinearChainCRF

    /// Makes a model that knows nothing yet.
    public init(functionCount: Int, labelCount: Int, settings: Settings = Settings()) {
        self.functionCount = functionCount
        self.labelCount = labelCount
        self.settings = settings
        let count = 2 * labelCount - 1
        stateCount = count
        sayingCount = count + labelCount
        correlation = VoteCorrelation(functionCount: functionCount)
        estimatedAccuracies = Array(repeating: nil, count: functionCount)
        chain = LinearChainCRF(
            tagCount: count, transitions: Array(repeating: 0, count: count * count),
            startTransitions: Array(repeating: 0, count: count), endTransitions: Array(repeating: 0, count: count),
            constraints: TransitionConstraints(
                tagCount: count, canStart: { !Self.isInside($0) },
                canFollow: { tag, next in !Self.isInside(next) || (tag + 1) / 2 == next / 2 }))
        estimate(from: Counts(functionCount: functionCount, stateCount: count, sayingCount: sayingCount))
    }

    /// Estimates the model from the votes on a corpus.
    public mutating func fit(_ sequences: [VotedSequence]) { fit(sequences, gold: [:]) }

    /// Estimates the model, with the gold spans of some sequences.
    ///
    /// - Parameter gold: the true mentions of sequences, by their places in `sequences`.
    public mutating func fit(_ sequences: [VotedSequence], gold: [Int: [LabeledSpan]]) {
        let start = SpanMajority(labelCount: labelCount, partsMentions: true)
        let tags = sequences.map(tags(of:))
        var counts = Counts(functionCount: functionCount, stateCount: stateCount, sayingCount: sayingCount)
        for (index, sequence) in sequences.enumerated() {
            let states = states(of: gold[index] ?? start.labels(of: sequence).spans, count: sequence.tokenCount)
            counts.add(path: states, tags: tags[index])
        }
        estimate(from: counts)
        if settings.correlationDiscount > 0 {
            correlation = VoteCorrelation(
                of: sequences, accuracies: accuracies(from: counts), labelCount: labelCount,
                discount: settings.correlationDiscount)
        }
        logLikelihoods = []
        for _ in 0..<settings.rounds {
            counts = Counts(functionCount: functionCount, stateCount: stateCount, sayingCount: sayingCount)
            var logLikelihood = 0.0
            for (index, tags) in tags.enumerated() where sequences[index].tokenCount > 0 {
                let count = sequences[index].tokenCount
                let known = gold[index].map { states(of: $0, count: count) }
                let expected = chain.expectations(emissions: emissions(of: tags, count: count, states: known))
                logLikelihood += expected.logPartition
                counts.add(expected, tags: tags)
            }
            logLikelihoods.append(logLikelihood)
            estimate(from: counts)
        }
        let speakers = Set(sequences.lazy.flatMap(\.votes).map(\.function))
        estimatedAccuracies = accuracies(from: counts).enumerated().map { speakers.contains($0) ? $1 : nil }
    }

    /// The most probable mentions of a sequence and the distribution of each token's label.
    public func labels(of sequence: VotedSequence) -> SequenceLabels {
        let isUnknown = sequence.isVotedOn.map { !$0 }
        let emissions = emissions(of: tags(of: sequence), count: sequence.tokenCount, states: nil)
        guard sequence.tokenCount > 0 else {
            return SequenceLabels(spans: [], probabilities: [], labelCount: labelCount, isUnknown: [])
        }
        var probabilities = [Double](repeating: 0, count: sequence.tokenCount * labelCount)
        for (place, probability) in chain.expectations(emissions: emissions).tags.enumerated() {
            let (token, state) = place.quotientAndRemainder(dividingBy: stateCount)
            probabilities[token * labelCount + (state + 1) / 2] += probability
        }
        let segments = segments(of: chain.decode(emissions: emissions))
        let spans = zip(segments, chain.segmentProbabilities(emissions: emissions, segments: segments))
            .map { segment, probability in
                LabeledSpan(
                    tokens: segment.start..<segment.start + segment.tags.count, label: (segment.tags[0] + 1) / 2,
                    probability: probability)
            }
        return SequenceLabels(
            spans: spans, probabilities: probabilities, labelCount: labelCount, isUnknown: isUnknown)
    }

    // MARK: Tags

    private static func isInside(_ state: Int) -> Bool { state > 0 && state % 2 == 0 }

    /// What each function says token by token: of several votes on a token the longest.
    private func tags(of sequence: VotedSequence) -> [VotedTag] {
        var longest: [VotedTag.Place: (length: Int, said: Int, strength: Double)] = [:]
        for vote in sequence.votes {
            for token in vote.tokens {
                let place = VotedTag.Place(token: token, function: vote.function)
                if let known = longest[place], known.length >= vote.tokens.count { continue }
                let begin = max(0, 2 * vote.label - 1)
                let isBegin = token == vote.tokens.lowerBound || vote.label == LabelMatrix.outside
                let said = vote.isAgainst ? stateCount + vote.label : isBegin ? begin : begin + 1
                longest[place] = (vote.tokens.count, said, vote.strength)
            }
        }
        return longest.map { VotedTag(place: $0.key, said: $0.value.said, strength: $0.value.strength) }
            .sorted { ($0.place.token, $0.place.function) < ($1.place.token, $1.place.function) }
    }

    private func states(of spans: [LabeledSpan], count: Int) -> [Int] {
        var states = [Int](repeating: 0, count: count)
        for span in spans {
            for token in span.tokens {
                states[token] = 2 * span.label - (token == span.tokens.lowerBound ? 1 : 0)
            }
        }
        return states
    }

    private func segments(of path: [Int]) -> [TagSegment] {
        var segments: [TagSegment] = []
        for (token, state) in path.enumerated() where state > 0 {
            if Self.isInside(state), !segments.isEmpty {
                segments[segments.count - 1].tags.append(state)
            } else {
                segments.append(TagSegment(start: token, tags: [state], excludedNext: state + 1))
            }
        }
        return segments
    }

    // MARK: Estimation

    /// How often each function is right where it speaks, in a set of counts.
    private func accuracies(from counts: Counts) -> [Double] {
        (0..<functionCount).map { function in
            var right = 0.0
            var all = 0.0
            for state in 0..<stateCount {
                for said in 0..<sayingCount {
                    let count = counts.confusion[(function * stateCount + state) * sayingCount + said]
                    all += count
                    if isRight(said, in: state) { right += count }
                }
            }
            return (right + 0.8 * settings.assumptionWeight) / (all + settings.assumptionWeight)
        }
    }

    /// Whether what a function said is true in a state.
    private func isRight(_ said: Int, in state: Int) -> Bool {
        said < stateCount ? (said + 1) / 2 == (state + 1) / 2 : said - stateCount != (state + 1) / 2
    }

    private mutating func estimate(from counts: Counts) {
        confusion = Array(repeating: 0, count: functionCount * stateCount * sayingCount)
        propensity = Array(repeating: 0, count: functionCount * stateCount)
        for function in 0..<functionCount {
            for state in 0..<stateCount {
                let row = (function * stateCount + state) * sayingCount
                // Votes for and votes against are two kinds, each with a distribution of its own.
                for kind in [0..<stateCount, stateCount..<sayingCount] {
                    let total = kind.reduce(settings.assumptionWeight) { $0 + counts.confusion[row + $1] }
                    for said in kind {
                        let assumed = settings.assumptionWeight * assumed(said, in: state)
                        confusion[row + said] = log((counts.confusion[row + said] + assumed) / total)
                    }
                }
                propensity[function * stateCount + state] =
                    (counts.spoken[function * stateCount + state] + 0.1) / (counts.states[state] + 1)
            }
        }
        for state in 0..<stateCount {
            let row = state * stateCount
            let permitted = (0..<stateCount).filter { chain.constraints?.transitions[row + $0] != false }
            let total = permitted.reduce(0) { $0 + counts.transitions[row + $1] + 0.1 }
            for next in permitted {
                chain.transitions[row + next] = Float(log((counts.transitions[row + next] + 0.1) / total))
            }
            // A sequence begins as if outside had been before it.
            if state == 0 { chain.startTransitions = Array(chain.transitions[0..<stateCount]) }
        }
    }

    /// How probable a saying is in a state, among those of its kind, before anything is known.
    private func assumed(_ said: Int, in state: Int) -> Double {
        if said < stateCount { return said == state ? 0.9 : 0.1 / Double(max(1, stateCount - 1)) }
        return isRight(said, in: state) ? 0.9 / Double(max(1, labelCount - 1)) : 0.1
    }

    /// The log probability of the votes on each token in each state, tokens × states.
    ///
    /// - Parameter states: the true states, where they are known; all others are then out of the question.
    private func emissions(of tags: [VotedTag], count: Int, states: [Int]?) -> [Float] {
        // What it says that all are silent, and what each voice changes about that.
        let silence = (0..<stateCount).map { state in
            (0..<functionCount).reduce(0.0) { $0 + log(1 - propensity[$1 * stateCount + state]) }
        }
        var scores = [Double](repeating: 0, count: count * stateCount)
        var isVotedOn = [Bool](repeating: false, count: count)
        for votes in Self.byToken(tags) {
            let voters = votes.map(\.place.function)
            for tag in votes {
                let function = tag.place.function
                let weight = tag.strength * correlation.weight(of: function, among: voters)
                if tag.said < stateCount { isVotedOn[tag.place.token] = true }
                for state in 0..<stateCount {
                    let speaks = propensity[function * stateCount + state]
                    let said = confusion[(function * stateCount + state) * sayingCount + tag.said]
                    // What is discounted is the voice; that the function is not silent is taken back whole.
                    scores[tag.place.token * stateCount + state] += weight * (said + log(speaks)) - log(1 - speaks)
                }
            }
        }
        for token in 0..<count {
            for state in 0..<stateCount {
                let place = token * stateCount + state
                scores[place] += silence[state]
                let isRuledOut = states.map { $0[token] != state } ?? (!isVotedOn[token] && state > 0)
                if isRuledOut { scores[place] -= Self.ruledOut }
            }
        }
        return scores.map { Float($0) }
    }

    /// The tags of each token, which stand together.
    private static func byToken(_ tags: [VotedTag]) -> [ArraySlice<VotedTag>] {
        var groups: [ArraySlice<VotedTag>] = []
        for index in tags.indices {
            if let last = groups.last?.last, last.place.token == tags[index].place.token {
                groups[groups.count - 1] = tags[groups[groups.count - 1].startIndex...index]
            } else {
                groups.append(tags[index...index])
            }
        }
        return groups
    }

    /// Enough that no path goes there, and small enough for single precision.
    private static let ruledOut = 1e4
}
