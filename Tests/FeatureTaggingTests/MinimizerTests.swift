import Essentials
import Foundation
import Testing

@testable import FeatureTagging

@Suite struct MinimizerTests {
    /// A function given by a closure.
    private final class Function: Objective {
        let dimension: Int
        private let body: ([Double]) -> (value: Double, gradient: [Double])

        init(_ dimension: Int, _ body: @escaping ([Double]) -> (value: Double, gradient: [Double])) {
            self.dimension = dimension
            self.body = body
        }

        func evaluate(_ point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double {
            let (value, slopes) = body(Array(UnsafeBufferPointer(start: point, count: dimension)))
            for (place, slope) in slopes.enumerated() { gradient[place] = slope }
            return value
        }
    }

    /// `½ Σ a (x − c)²` with curvatures from 1 to 100.
    private static func bowl(_ center: [Double]) -> (objective: any Objective, curvatures: [Double]) {
        let curvatures = center.indices.map { 1 + 99 * Double($0) / Double(max(center.count - 1, 1)) }
        let objective = Function(center.count) { point in
            let gradient = point.indices.map { curvatures[$0] * (point[$0] - center[$0]) }
            return (zip(gradient, point.indices).reduce(0) { $0 + 0.5 * $1.0 * (point[$1.1] - center[$1.1]) }, gradient)
        }
        return (objective, curvatures)
    }

    private static func exact() -> MinimizerSettings {
        var settings = MinimizerSettings()
        settings.maximumIterations = 1000
        settings.epsilon = 1e-10
        settings.period = 0
        return settings
    }

    @Test(arguments: [1, 2, 7, 50])
    func aBowlIsMinimizedAtItsCenter(dimension: Int) {
        var generator = SeededGenerator(seed: 1)
        let center = (0..<dimension).map { _ in generator.unit() * 10 - 5 }
        let found = Minimizer(Self.bowl(center).objective, settings: Self.exact()).minimize()
        #expect(found.outcome == .converged)
        #expect(zip(found.point, center).allSatisfy { abs($0 - $1) < 1e-7 })
        #expect(abs(found.loss) < 1e-12)
    }

    @Test func thePenaltyOnSquaresPullsToZeroAsFarAsAlgebraSays() {
        let center = [3.0, -2, 0.5, 4, -7]
        let (objective, curvatures) = Self.bowl(center)
        let found = Minimizer(objective, l2: 2, settings: Self.exact()).minimize()
        for place in center.indices {
            // a (x − c) + 2 · l2 · x = 0
            #expect(abs(found.point[place] - curvatures[place] * center[place] / (curvatures[place] + 4)) < 1e-7)
        }
    }

    @Test(arguments: [5.0, 20, 1000])
    func thePenaltyOnSizesGivesSoftThresholdsAndExactZeros(penalty: Double) {
        var generator = SeededGenerator(seed: 2)
        let center = (0..<40).map { _ in generator.unit() * 2 - 1 }
        let (objective, curvatures) = Self.bowl(center)
        let found = Minimizer(objective, l1: penalty, settings: Self.exact()).minimize()
        for place in center.indices {
            let threshold = penalty / curvatures[place]
            let expected = abs(center[place]) > threshold ? center[place] - (center[place] > 0 ? 1 : -1) * threshold : 0
            if expected == 0 {
                #expect(found.point[place] == 0)
            } else {
                #expect(abs(found.point[place] - expected) < 1e-6)
            }
        }
        #expect(found.point.contains(0) && (penalty > 100) == found.point.allSatisfy { $0 == 0 })
    }

    /// Both penalties on a loss whose variables depend on each other, against slow coordinate descent.
    @Test func bothPenaltiesAgreeWithCoordinateDescent() {
        var generator = SeededGenerator(seed: 3)
        let count = 12
        let rows = (0..<30).map { _ in (0..<count).map { _ in generator.unit() * 2 - 1 } }
        let targets = (0..<30).map { _ in generator.unit() * 4 - 2 }
        let (l1, l2) = (1.5, 0.3)
        let objective = Function(count) { point in
            let errors = zip(rows, targets).map { row, target in zip(row, point).reduce(-target) { $0 + $1.0 * $1.1 } }
            let gradient = (0..<count).map { column in zip(rows, errors).reduce(0) { $0 + $1.0[column] * $1.1 } }
            return (errors.reduce(0) { $0 + 0.5 * $1 * $1 }, gradient)
        }
        var expected = [Double](repeating: 0, count: count)
        for _ in 0..<400 {
            for column in 0..<count {
                var pull = 0.0
                var curvature = 2 * l2
                for (row, target) in zip(rows, targets) {
                    let others = zip(row, expected).reduce(0) { $0 + $1.0 * $1.1 } - row[column] * expected[column]
                    pull += row[column] * (target - others)
                    curvature += row[column] * row[column]
                }
                expected[column] = abs(pull) <= l1 ? 0 : (pull - (pull > 0 ? l1 : -l1)) / curvature
            }
        }
        let found = Minimizer(objective, l1: l1, l2: l2, settings: Self.exact()).minimize()
        #expect(zip(found.point, expected).allSatisfy { abs($0 - $1) < 1e-6 && ($1 != 0 || $0 == 0) })
        #expect(expected.contains(0) && expected.contains { $0 != 0 })
    }

    /// The banana valley, which is not convex, from its usual start.
    @Test func rosenbrocksValleyIsFollowedToItsEnd() {
        let objective = Function(2) { p in
            let bend = p[1] - p[0] * p[0]
            return (100 * bend * bend + (1 - p[0]) * (1 - p[0]), [-400 * bend * p[0] - 2 * (1 - p[0]), 200 * bend])
        }
        let found = Minimizer(objective, settings: Self.exact()).minimize(from: [-1.2, 1])
        #expect(found.point.allSatisfy { abs($0 - 1) < 1e-6 })
    }

    @Test func theLossNeverRises() throws {
        var generator = SeededGenerator(seed: 4)
        let center = (0..<30).map { _ in generator.unit() * 10 - 5 }
        for penalty in [0.0, 3] {
            var losses: [Double] = []
            _ = Minimizer(Self.bowl(center).objective, l1: penalty, settings: Self.exact())
                .minimize { losses.append($0.loss) }
            #expect(losses.count > 3 && zip(losses, losses.dropFirst()).allSatisfy { $0 >= $1 })
        }
    }

    @Test func limitsEndTheSearch() {
        let center = (0..<30).map(Double.init)
        var settings = Self.exact()
        settings.maximumIterations = 3
        #expect(Minimizer(Self.bowl(center).objective, settings: settings).minimize().outcome == .iterationLimit)
        settings.maximumIterations = 0
        settings.epsilon = 0
        settings.period = 5
        settings.delta = 0.5
        #expect(
            [.stalled, .noDescent].contains(
                Minimizer(Self.bowl(center).objective, settings: settings).minimize().outcome))
        #expect(Minimizer(Self.bowl([0, 0]).objective).minimize().outcome == .converged)
        let flat = Function(1) { _ in (1, [1]) }
        #expect(Minimizer(flat).minimize().outcome == .noDescent)
    }

    @Test func longVectorsGiveTheSameBitsOnOneAndOnAllProcessors() {
        var generator = SeededGenerator(seed: 5)
        let center = (0..<70_001).map { _ in generator.unit() * 10 - 5 }
        var settings = MinimizerSettings()
        settings.maximumIterations = 3
        for penalty in [0.0, 3] {
            let points = [false, true].map {
                Minimizer(Self.bowl(center).objective, l1: penalty, settings: settings, isParallel: $0).minimize().point
            }
            #expect(points[0] == points[1] && points[0].contains { $0 != 0 })
        }
    }
}
