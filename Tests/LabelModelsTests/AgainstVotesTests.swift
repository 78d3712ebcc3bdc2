import Testing

@testable import LabelModels

/// What votes against a label, and votes of less than full strength, do in each model.
@Suite struct AgainstVotesTests {
    private static func probabilities(_ model: some LabelModel, _ cells: [LabelMatrix.Cell]) -> [Double] {
        var model = model
        var matrix = LabelMatrix(functionCount: 3, classCount: 3)
        matrix.append(cells)
        model.fit(matrix)
        let rows = model.probabilities(matrix)
        return (0..<3).map { rows[0, $0] }
    }

    @Test func majorityTakesVotesAgainstFromWhatALabelGot() {
        let votes: [LabelMatrix.Cell] = [
            .init(function: 0, label: 1), .init(function: 1, label: 2), .init(function: 2, label: 1, isAgainst: true),
        ]
        #expect(Self.probabilities(MajorityVote(), votes) == [0, 0, 1])
        #expect(Self.probabilities(MajorityVote(), Array(votes.dropLast())) == [0, 0.5, 0.5])
        // Nothing is left of a label that has as many votes against it: outside.
        #expect(Self.probabilities(MajorityVote(), [votes[0], votes[2]]) == [1, 0, 0])
    }

    @Test func weightedVotesCountByTheirStrength() {
        let votes: [LabelMatrix.Cell] = [
            .init(function: 0, label: 1, strength: 3), .init(function: 1, label: 2, strength: 1),
        ]
        #expect(Self.probabilities(MajorityVote(usesStrength: true), votes) == [0, 0.75, 0.25])
        #expect(Self.probabilities(MajorityVote(), votes) == [0, 0.5, 0.5])
    }

    @Test func theAccuracyModelBelievesWhoSpeaksAgainstAsMuchAsWhoSpeaksFor() {
        let model = AccuracyModel()
        let alone = Self.probabilities(model, [.init(function: 0, label: 1)])
        let opposed = Self.probabilities(
            model, [.init(function: 0, label: 1), .init(function: 1, label: 1, isAgainst: true)])
        let half = Self.probabilities(
            model, [.init(function: 0, label: 1), .init(function: 1, label: 1, isAgainst: true, strength: 0.5)])
        #expect(alone[1] > half[1] && half[1] > opposed[1])
        // What else the token is, the vote against leaves open.
        #expect(abs(opposed[0] - opposed[2]) < 1e-9)
    }

    @Test func theChainGivesUpWhatReliableFunctionsAreAgainst() {
        // Function 0 votes for label 1 on two tokens; function 1 is against the second one, as on half of the sequences.
        let sequences = (0..<60).map { index in
            VotedSequence(
                tokenCount: 4,
                votes: [
                    SpanVote(function: 0, tokens: 0..<1, label: 1), SpanVote(function: 2, tokens: 0..<1, label: 1),
                    SpanVote(function: 0, tokens: 2..<3, label: 1),
                    SpanVote(function: 1, tokens: 2..<3, label: 1, isAgainst: true, strength: 1),
                ])
        }
        var model = HiddenMarkovLabelModel(functionCount: 3, labelCount: 2)
        model.fit(sequences)
        let labels = model.labels(of: sequences[0])
        #expect(labels.spans.map(\.tokens) == [0..<1])
        #expect(labels[0, 1] > 0.9 && labels[2, 1] < 0.1)
        #expect(labels.isUnknown == [false, true, false, true])
    }

    @Test func aVoteAgainstDoesNotSayWhatATokenIs() {
        let sequence = VotedSequence(
            tokenCount: 2, votes: [SpanVote(function: 0, tokens: 0..<2, label: 1, isAgainst: true)])
        #expect(sequence.isVotedOn == [false, false])
        #expect(SpanMajority(labelCount: 2).labels(of: sequence).spans.isEmpty)
    }
}
