import Foundation
import Testing

@testable import Training

@Suite struct LossCurveTests {
    private func curve(_ losses: [Double], stride: Int) -> LossCurve {
        var curve = LossCurve()
        for (index, loss) in losses.enumerated() { curve.add(step: index + 1, loss: loss, stride: stride) }
        return curve
    }

    @Test(arguments: [
        ([4, 2, 3, 1, 9], 1, [1, 2, 3, 4, 5], [4.0, 2, 3, 1, 9]),
        ([4, 2, 3, 1, 9], 2, [2, 4], [3.0, 2]),
        ([4, 2, 3, 1, 9], 5, [5], [3.8]),
        ([4, 2], 3, [], []),
    ])
    func aPointIsTheMeanOfItsSteps(losses: [Double], stride: Int, steps: [Int], means: [Double]) {
        let points = curve(losses, stride: stride).points
        #expect(points.map(\.step) == steps)
        #expect(points.map(\.loss) == means)
    }

    @Test(arguments: 0..<8) func aCurveThatWasWrittenDownGoesOnWhereItStood(split: Int) throws {
        let losses = (0..<8).map { 1 / Double($0 + 3) }
        var resumed = try JSONDecoder().decode(
            LossCurve.self, from: JSONEncoder().encode(curve(Array(losses[..<split]), stride: 3)))
        for index in split..<8 { resumed.add(step: index + 1, loss: losses[index], stride: 3) }
        #expect(resumed == curve(losses, stride: 3))
    }
}
