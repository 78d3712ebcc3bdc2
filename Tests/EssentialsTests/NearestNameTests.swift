import Essentials
import Testing

@Suite struct NearestNameTests {
    private static let keys = ["learningRate", "warmupSteps", "seed", "epochs", "lexicons"]

    @Test(
        arguments: [
            ("learningrate", "learningRate"), ("lerningRate", "learningRate"), ("sed", "seed"), ("epoch", "epochs"),
            ("lexcions", "lexicons"), ("warmup_steps", "warmupSteps"), ("temperature", nil), ("x", nil), ("", nil),
        ] as [(String, String?)])
    func findsASlipOfTheHandAndNothingElse(_ typed: String, _ expected: String?) {
        #expect(NearestName.of(typed, in: Self.keys) == expected)
    }

    @Test func prefersTheNearerThenTheEarlierInTheAlphabet() {
        #expect(NearestName.of("cat", in: ["cart", "cat", "bat"]) == "cat")
        #expect(NearestName.of("cat", in: ["rat", "bat", "hat"]) == "bat")
        #expect(NearestName.of("cat", in: []) == nil)
    }
}
