import Testing

@testable import Reporting

@Suite struct FiguresTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1\u{202F}000"), (1_234_567, "1\u{202F}234\u{202F}567"),
        (-12_034, "−12\u{202F}034"),
    ])
    func countsAreGroupedByThrees(_ one: (value: Int, expected: String)) {
        #expect(Figures.count(one.value) == one.expected)
    }

    @Test(arguments: [(0.0, "0"), (0.004, "0.4"), (0.0096, "1"), (0.444, "44"), (1, "100")])
    func smallSharesKeepADecimal(_ one: (share: Double, expected: String)) {
        #expect(Figures.percent(one.share) == one.expected + "\u{202F}%")
    }

    @Test func nounsAgreeWithTheirCounts() {
        #expect(Figures.count(1, "note") == "1 note")
        #expect(Figures.count(0, "note") == "0 notes")
        #expect(Figures.count(2, "entity", "entities") == "2 entities")
    }

    @Test func aScoreOfNothingIsADash() {
        #expect(Figures.score(0, of: 0) == "–")
        #expect(Figures.score(0, of: 3) == "0.000")
    }
}
