import Testing

@testable import Evaluation

struct ReliabilityTests {
    @Test("the error is the mean distance between confidence and accuracy, bin by bin")
    func error() {
        let sure = (0..<8).map { (confidence: 0.95, isCorrect: $0 < 6) }
        let unsure = [(confidence: 0.55, isCorrect: true), (confidence: 0.51, isCorrect: false)]
        let reliability = Reliability(sure + unsure)
        #expect(reliability.count == 10 && reliability.bins[9].count == 8 && reliability.bins[5].count == 2)
        #expect(abs(reliability.bins[9].accuracy - 0.75) < 1e-12)
        #expect(abs(reliability.bins[5].confidence - 0.53) < 1e-12)
        #expect(abs(reliability.expectedCalibrationError - (0.8 * 0.2 + 0.2 * 0.03)) < 1e-12)
    }

    @Test("what comes true as often as it says has no error, certainty and nothing at all included")
    func perfect() {
        #expect(
            Reliability([(confidence: 1, isCorrect: true), (confidence: 0, isCorrect: false)]).expectedCalibrationError
                == 0)
        let none = Reliability([(confidence: Double, isCorrect: Bool)]())
        #expect(none.expectedCalibrationError == 0 && none.count == 0 && none.bins.count == 10)
    }
}
