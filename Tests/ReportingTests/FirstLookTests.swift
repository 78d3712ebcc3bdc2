import ErrorAnalysis
import Evaluation
import Testing

@testable import Reporting

@Suite struct FirstLookTests {
    private func result(
        outcomes: [Int] = [60, 0, 0, 0, 40, 0], boundaries: [BoundaryError: Int] = [:], tables: [BucketTable] = [],
        confusion: [[Int]] = [[0, 0, 0], [0, 0, 0], [0, 0, 0]], surfaces: [ErrorAnalysisResult.CostlySurface] = []
    ) -> ErrorAnalysisResult {
        var matrix = ConfusionMatrix(types: ["Test", "Procedure"])
        matrix.counts = confusion
        return ErrorAnalysisResult(
            documents: 1, outcomes: [ErrorAnalysisResult.TypeOutcomes(type: "Test", counts: outcomes)],
            boundaries: BoundaryError.allCases.map {
                ErrorAnalysisResult.BoundaryCount(kind: $0, count: boundaries[$0] ?? 0)
            },
            tables: tables, confusion: matrix, costlySurfaces: surfaces, examples: [])
    }

    private func evaluation(interval: Double = 0.05) -> EvaluationResult {
        let score = ScoreIntervals.Interval(lower: 0.5, upper: 0.5 + interval)
        return EvaluationResult(
            rule: .strict, documents: 6,
            types: [EvaluationResult.TypeResult(type: "Test", counts: Counts(truePositives: 60, falseNegatives: 40))],
            microIntervals: ScoreIntervals(precision: score, recall: score, f1: score))
    }

    private func table(_ facet: BucketTable.Facet, _ buckets: [(String, Int, Int, Int)]) -> BucketTable {
        BucketTable(
            facet: facet,
            buckets: buckets.map {
                BucketTable.Bucket(
                    name: $0.0, counts: Counts(truePositives: $0.1, falsePositives: $0.2, falseNegatives: $0.3))
            })
    }

    private func sentences(_ errors: ErrorAnalysisResult) -> [String] {
        FirstLook(errors: errors, evaluation: evaluation()).findings.map { "\($0.subject) \($0.text)" }
    }

    @Test func theLargestGroupOfErrorsComesFirst() {
        #expect(sentences(result()) == ["Missed is the largest group: 40 of 40 errors (100\u{202F}%)."])
        #expect(
            sentences(result(outcomes: [60, 30, 0, 0, 10, 20], boundaries: [.tooLong: 18, .shifted: 12])) == [
                "Wrong boundary is the largest group: 30 of 60 errors (50\u{202F}%). "
                    + "Most often the prediction takes in too much (18 of 30)."
            ])
    }

    @Test func theWorstBucketIsNamedWithItsGapAndCounts() {
        let lengths = table(.length, [("1", 80, 10, 10), ("2", 18, 1, 2), ("6+", 6, 4, 14)])
        #expect(
            sentences(result(tables: [lengths])).last
                == "Mentions of 6 or more tokens reach F1 0.400 against 0.895 for the others; "
                + "14 of 20 gold mentions are not found exactly.")
        let types = table(.type, [("Test", 50, 5, 5), ("Procedure", 20, 40, 5)])
        #expect(
            sentences(result(tables: [types])).last
                == "Procedure reaches F1 0.471 against 0.909 for the others; 40 of 60 predictions are wrong.")
    }

    @Test func bucketsOfAFewMentionsOrSmallGapsAreNotNamed() {
        let few = table(.length, [("1", 80, 10, 10), ("6+", 0, 0, 4)])
        let close = table(.abbreviation, [("abbreviation", 80, 10, 10), ("other", 79, 10, 11)])
        #expect(sentences(result(tables: [few, close])).count == 1)
    }

    @Test func aWideGapOnFewMentionsCompetesWithANarrowOneOnMany() {
        let lengths = table(.length, [("1", 800, 100, 100), ("6+", 5, 30, 30)])
        let sections = table(.section, [("plan", 500, 50, 50), ("", 405, 80, 80)])
        let found = FirstLook(errors: result(tables: [sections, lengths]), evaluation: evaluation()).findings
        #expect(found.map(\.anchor) == ["errors", "length", "section"])
    }

    @Test func frequentConfusionsAndCostlyWordingsAreNamed() {
        let cp = ErrorAnalysisResult.CostlySurface(
            surface: "cp", types: ["Test"], counts: Counts(truePositives: 1, falsePositives: 1, falseNegatives: 7))
        let found = sentences(result(confusion: [[9, 12, 0], [1, 9, 0], [0, 0, 0]], surfaces: [cp]))
        #expect(
            found.suffix(2) == [
                "Test is taken for Procedure 12 times, more often than any other confusion of types.",
                "“cp” costs more than any other wording: 7 of 8 gold mentions not found exactly, 1 wrong prediction.",
            ])
    }

    @Test func withoutErrorsThereIsNothingToLookAt() {
        #expect(sentences(result(outcomes: [60, 0, 0, 0, 0, 0])).isEmpty)
    }

    @Test func aWideIntervalIsACaution() {
        #expect(FirstLook(errors: result(), evaluation: evaluation()).caution == nil)
        #expect(
            FirstLook(errors: result(), evaluation: evaluation(interval: 0.25)).caution
                == "The set is small: 100 gold mentions in 6 notes give an interval 0.250 wide. "
                + "Take differences between small groups as hints.")
    }

    @Test func thereAreNeverMoreThanFive() throws {
        let summary = try MadeUpRun.summary()
        let evaluation = try #require(summary.evaluations.last?.result)
        let found = FirstLook(errors: summary.errors, evaluation: evaluation).findings
        #expect(found.count <= 5 && found.count >= 3)
    }
}
