import Essentials
import Testing

@testable import LabelModels

@Suite struct HiddenMarkovLabelModelTests {
    /// Sequences with true mentions of two types, and what functions of known recall and accuracy say about them.
    private struct Corpus {
        var sequences: [VotedSequence] = []
        var gold: [[LabeledSpan]] = []

        /// - Parameter functions: how often each speaks about a mention, and how often it then has the right type.
        init(functions: [(recall: Double, accuracy: Double)], seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            func chance() -> Double { Double.random(in: 0..<1, using: &generator) }
            for _ in 0..<200 {
                var spans: [LabeledSpan] = []
                var votes: [SpanVote] = []
                var token = Int.random(in: 1..<4, using: &generator)
                while token + 3 < 30 {
                    let tokens = token..<token + Int.random(in: 1..<4, using: &generator)
                    let label = Int.random(in: 1...2, using: &generator)
                    spans.append(LabeledSpan(tokens: tokens, label: label, probability: 1))
                    for (number, function) in functions.enumerated() where chance() < function.recall {
                        let said = chance() < function.accuracy ? label : 3 - label
                        votes.append(SpanVote(function: number, tokens: tokens, label: said))
                    }
                    token = tokens.upperBound + Int.random(in: 1..<5, using: &generator)
                }
                sequences.append(VotedSequence(tokenCount: 30, votes: votes))
                gold.append(spans)
            }
        }

        /// How many of the mentions that anybody spoke about a model gives their type.
        func accuracy(of model: some SpanLabelModel) -> Double {
            var right = 0
            var all = 0
            for (sequence, gold) in zip(sequences, gold) {
                let found = Set(
                    model.labels(of: sequence).spans.map { [$0.tokens.lowerBound, $0.tokens.upperBound, $0.label] })
                for span in gold where sequence.votes.contains(where: { $0.tokens == span.tokens }) {
                    all += 1
                    if found.contains([span.tokens.lowerBound, span.tokens.upperBound, span.label]) { right += 1 }
                }
            }
            return Double(right) / Double(all)
        }
    }

    private static func fitted(
        _ corpus: Corpus, functions: Int, _ settings: HiddenMarkovLabelModel.Settings = .init()
    ) -> HiddenMarkovLabelModel {
        var model = HiddenMarkovLabelModel(functionCount: functions, labelCount: 3, settings: settings)
        model.fit(corpus.sequences)
        return model
    }

    @Test func aGoodFunctionOutweighsTwoBadOnes() {
        let corpus = Corpus(functions: [(0.95, 0.97), (0.9, 0.6), (0.9, 0.6)], seed: 5)
        var settings = HiddenMarkovLabelModel.Settings()
        settings.rounds = 20
        let model = Self.fitted(corpus, functions: 3, settings)
        #expect(corpus.accuracy(of: model) > corpus.accuracy(of: SpanMajority(labelCount: 3)) + 0.08)
    }

    @Test func eachRoundExplainsTheVotesBetter() {
        let corpus = Corpus(functions: [(0.8, 0.9), (0.6, 0.7), (0.5, 0.8)], seed: 6)
        var settings = HiddenMarkovLabelModel.Settings()
        settings.rounds = 8
        settings.assumptionWeight = 0.1
        settings.correlationDiscount = 0
        let likelihoods = Self.fitted(corpus, functions: 3, settings).logLikelihoods
        #expect(likelihoods.count == 8)
        for (before, after) in zip(likelihoods, likelihoods.dropFirst()) { #expect(after > before - 0.5) }
        #expect(likelihoods[7] > likelihoods[0])
    }

    @Test func aFunctionThatNeverSpeaksChangesNothing() {
        let corpus = Corpus(functions: [(0.8, 0.9), (0.6, 0.7)], seed: 7)
        let two = Self.fitted(corpus, functions: 2)
        let three = Self.fitted(corpus, functions: 3)
        for sequence in corpus.sequences.prefix(20) {
            let (left, right) = (two.labels(of: sequence), three.labels(of: sequence))
            #expect(left.spans.map(\.tokens) == right.spans.map(\.tokens))
            #expect(left.labels == right.labels)
            for (one, other) in zip(left.probabilities, right.probabilities) { #expect(abs(one - other) < 0.02) }
        }
    }

    @Test func aCopyIsToldAndTwoIndependentFunctionsAreNot() {
        var corpus = Corpus(functions: [(0.9, 0.8), (0.9, 0.8)], seed: 8)
        for index in corpus.sequences.indices {
            let copies = corpus.sequences[index].votes.filter { $0.function == 0 }
                .map { SpanVote(function: 2, tokens: $0.tokens, label: $0.label) }
            corpus.sequences[index].votes += copies
        }
        var settings = HiddenMarkovLabelModel.Settings()
        settings.correlationDiscount = 1
        let correlation = Self.fitted(corpus, functions: 3, settings).correlation
        #expect(correlation[0, 2] > 0.9)
        #expect(correlation[0, 1] < 0.35)
        #expect(correlation.weight(of: 0, among: [0]) == 1)
        #expect(correlation.weight(of: 0, among: [0, 2]) < 0.55)
    }

    @Test func goldOfAFewNotesAnchorsWhatTheVotesCannotTell() {
        // Two functions that contradict each other: without gold nothing says which one is right.
        let corpus = Corpus(functions: [(1, 0.95), (1, 0.05)], seed: 9)
        var model = HiddenMarkovLabelModel(functionCount: 2, labelCount: 3)
        model.fit(corpus.sequences, gold: Dictionary(uniqueKeysWithValues: (0..<20).map { ($0, corpus.gold[$0]) }))
        #expect(corpus.accuracy(of: model) > 0.9)
    }

    @Test func whatNobodySpeaksAboutIsUnknownAndNeighborsArePartedWhereTheVotesSay() {
        let corpus = Corpus(functions: [(0.9, 0.95), (0.8, 0.9)], seed: 10)
        let model = Self.fitted(corpus, functions: 2)
        let votes = [(0, 2..<4), (0, 4..<5), (1, 4..<5), (1, 2..<4)].map {
            SpanVote(function: $0.0, tokens: $0.1, label: 1)
        }
        let labels = model.labels(of: VotedSequence(tokenCount: 7, votes: votes))
        #expect(labels.spans.map(\.tokens) == [2..<4, 4..<5])
        #expect(labels.isUnknown == [true, true, false, false, false, true, true])
        #expect(labels.spans.allSatisfy { $0.probability > 0.8 && $0.probability <= 1 })
        #expect(labels[0, LabelMatrix.outside] > 0.99)
        for token in 0..<7 { #expect(abs((0..<3).reduce(0) { $0 + labels[token, $1] } - 1) < 1e-6) }
        #expect(model.labels(of: VotedSequence(tokenCount: 0, votes: [])).spans.isEmpty)
    }

    @Test func theMajorityJoinsNeighborsUnlessItIsToldNotTo() {
        let votes = [SpanVote(function: 0, tokens: 0..<2, label: 1), SpanVote(function: 1, tokens: 2..<3, label: 1)]
        let sequence = VotedSequence(tokenCount: 4, votes: votes)
        #expect(SpanMajority(labelCount: 2).labels(of: sequence).spans.map(\.tokens) == [0..<3])
        #expect(
            SpanMajority(labelCount: 2, partsMentions: true).labels(of: sequence).spans.map(\.tokens) == [0..<2, 2..<3])
        #expect(SpanMajority(labelCount: 2).labels(of: sequence).labels == [1, 1, 1, 0])
    }
}
