import Testing

@testable import Reporting

@Suite struct LineChartTests {
    private func chart(_ values: [[(Double, Double)]], decimals: Int = 2) -> LineChart? {
        LineChart(
            title: "T", xTitle: "x", yTitle: "y",
            series: values.enumerated().map { LineChart.Series(name: "s\($0)", values: $1.map { (x: $0.0, y: $0.1) }) },
            decimals: decimals)
    }

    @Test func ticksAreRoundAndHoldAllValues() throws {
        let layout = try #require(chart([[(1, 0.42), (6, 0.71)]]))
        #expect(layout.yTicks.map(\.tickLabel) == ["0.40", "0.50", "0.60", "0.70", "0.80"])
        #expect(layout.xTicks.map(\.tickLabel) == ["1", "2", "3", "4", "5", "6"])
    }

    @Test func valuesLieWhereTheTicksSay() throws {
        let layout = try #require(chart([[(0, 1), (10, 3), (20, 2)]], decimals: 1))
        #expect(layout.lines[0].points == "56.00,214.00 302.00,24.00 548.00,119.00")
        #expect(layout.yTicks.first?.tickPosition == "214.00" && layout.yTicks.last?.tickPosition == "24.00")
    }

    @Test func fewerThanTwoValuesMakeNoChart() {
        #expect(chart([]) == nil)
        #expect(chart([[(1, 1)]]) == nil)
        #expect(chart([[(1, .nan), (2, 1)]]) == nil)
    }

    @Test func aFlatLineHasAScaleToo() throws {
        let layout = try #require(chart([[(1, 0.5), (2, 0.5)]]))
        #expect(layout.yTicks.count >= 2)
        #expect(!layout.lines[0].points.contains("nan"))
    }

    @Test func onlySeveralLinesAreLabeled() throws {
        #expect(try #require(chart([[(1, 1), (2, 2)]])).lines.map(\.lineLabel) == [""])
        #expect(try #require(chart([[(1, 1), (2, 2)], [(3, 3)]])).lines.map(\.lineLabel) == ["s0", "s1"])
    }
}
