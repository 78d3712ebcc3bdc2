import Essentials
import Testing

@testable import LabelModels

@Suite struct LabelModelTests {
    private static func matrix(functions: Int, classes: Int, _ rows: [[(Int, Int)]]) -> LabelMatrix {
        var matrix = LabelMatrix(functionCount: functions, classCount: classes)
        for row in rows { matrix.append(row.map { LabelMatrix.Cell(function: $0.0, label: $0.1) }) }
        return matrix
    }

    @Test func anAbstentionIsNeitherOutsideNorAnythingElse() {
        let matrix = Self.matrix(functions: 3, classes: 3, [[(2, 0), (0, 1)], [(1, 2)], [(0, 1), (2, 0)]])
        #expect(matrix.label(row: 0, function: 1) == nil)
        #expect(matrix.label(row: 0, function: 2) == LabelMatrix.outside)
        #expect(matrix.rowCount == 3)
        #expect(matrix.distinctRows.count == 2)
        #expect(matrix.counts == [2, 1])
    }

    @Test func majorityVoteIsTheShareOfVotes() {
        let matrix = Self.matrix(functions: 3, classes: 3, [[(0, 1), (1, 1), (2, 2)], [(0, 0)], [(0, 2), (1, 0)]])
        let probabilities = MajorityVote().probabilities(matrix)
        #expect(abs(probabilities[0, 1] - 2.0 / 3) < 1e-12)
        #expect(probabilities.best(0) == 1)
        #expect(probabilities.best(1) == LabelMatrix.outside)
        #expect(probabilities.best(2) == 2, "between outside and a type, the type")
        #expect(MajorityVote().estimatedAccuracies(matrix)[1] == (2.0 / 3 + 0.5) / 2)
    }

    /// Rows of functions with known accuracies that vote with known coverage.
    private static func simulated(
        accuracies: [Double], coverage: Double, classes: Int, rows: Int, seed: UInt64
    ) -> (matrix: LabelMatrix, truth: [Int]) {
        var generator = SeededGenerator(seed: seed)
        var matrix = LabelMatrix(functionCount: accuracies.count, classCount: classes)
        var truth: [Int] = []
        while truth.count < rows {
            let label = Int.random(in: 0..<classes, using: &generator)
            var cells: [LabelMatrix.Cell] = []
            for (function, accuracy) in accuracies.enumerated() where generator.unit() < coverage {
                let wrong = (label + Int.random(in: 1..<classes, using: &generator)) % classes
                cells.append(.init(function: function, label: generator.unit() < accuracy ? label : wrong))
            }
            guard !cells.isEmpty else { continue }
            matrix.append(cells)
            truth.append(label)
        }
        return (matrix, truth)
    }

    private static func share(_ probabilities: LabelProbabilities, _ truth: [Int]) -> Double {
        Double(truth.indices.count { probabilities.best($0) == truth[$0] }) / Double(truth.count)
    }

    @Test("accuracies are found from agreement alone and make better labels than counting", arguments: [2, 3, 9])
    func recoversAccuracies(classes: Int) throws {
        let accuracies = [0.95, 0.9, 0.6, 0.55, 0.5]
        let (matrix, truth) = Self.simulated(
            accuracies: accuracies, coverage: 0.8, classes: classes, rows: 5000, seed: 5)
        var model = AccuracyModel()
        model.fit(matrix)
        for (estimated, accuracy) in zip(model.estimatedAccuracies(matrix), accuracies) {
            #expect(abs(try #require(estimated) - accuracy) < 0.06, "\(accuracy)")
        }
        #expect(
            Self.share(model.probabilities(matrix), truth) > Self.share(MajorityVote().probabilities(matrix), truth)
                + 0.02)
    }

    @Test func aFunctionThatAlwaysVotesAloneKeepsTheAssumedAccuracy() throws {
        let (simulated, _) = Self.simulated(accuracies: [0.9, 0.9, 0.9], coverage: 1, classes: 3, rows: 500, seed: 1)
        var matrix = LabelMatrix(functionCount: 4, classCount: 3)
        for row in 0..<simulated.rowCount { matrix.append(simulated.distinctRows[simulated.distinctIndex[row]]) }
        for _ in 0..<500 { matrix.append([.init(function: 3, label: 1)]) }
        var model = AccuracyModel(assumedAccuracy: 0.7)
        model.fit(matrix)
        #expect(abs(try #require(model.estimatedAccuracies(matrix)[3]) - 0.7) < 1e-9)
    }

    @Test func probabilitiesSumToOneAndFittingTwiceGivesTheSameBits() {
        let (matrix, _) = Self.simulated(accuracies: [0.9, 0.6, 0.7], coverage: 0.5, classes: 4, rows: 800, seed: 9)
        var first = AccuracyModel()
        first.fit(matrix)
        var second = first
        second.fit(matrix)
        let (a, b) = (first.probabilities(matrix), second.probabilities(matrix))
        for row in 0..<matrix.rowCount {
            #expect(abs((0..<4).map { a[row, $0] }.reduce(0, +) - 1) < 1e-9)
            for label in 0..<4 { #expect(a[row, label] == b[row, label]) }
        }
    }

    @Test func anEmptyMatrixIsNoProblem() {
        let matrix = LabelMatrix(functionCount: 2, classCount: 3)
        var model = AccuracyModel()
        model.fit(matrix)
        #expect(model.estimatedAccuracies(matrix) == [nil, nil])
    }
}
