import Testing

@testable import Evaluation

struct SeedStatisticsTests {
    @Test("the interval is Student's")
    func interval() {
        let statistics = SeedStatistics([0.80, 0.82, 0.84])
        #expect(abs(statistics.mean - 0.82) < 1e-12)
        // t(2) · 0.02 / √3
        #expect(abs((statistics.margin ?? 0) - 4.303 * 0.02 / 3.0.squareRoot()) < 1e-9)
        #expect(statistics.isDifferentFromZero)
        #expect(!SeedStatistics([-1, 1.5]).isDifferentFromZero)
    }

    @Test("one run has no interval, and equal runs have one of no width")
    func few() {
        #expect(SeedStatistics([0.5]).margin == nil && !SeedStatistics([0.5]).isDifferentFromZero)
        #expect(SeedStatistics([0.5, 0.5]).margin == 0)
    }

    @Test("quantiles fall towards the normal distribution's")
    func quantiles() {
        for degrees in 1..<200 {
            #expect(SeedStatistics.quantile(degrees: degrees) > SeedStatistics.quantile(degrees: degrees + 1))
        }
        #expect(abs(SeedStatistics.quantile(degrees: 60) - 2.000) < 0.002)
    }
}
