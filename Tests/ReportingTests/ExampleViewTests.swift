import ErrorAnalysis
import Testing

@testable import Reporting

@Suite struct ExampleViewTests {
    private func example(
        _ context: String, start: Int = 0, gold: [[Int]]?, predicted: [[Int]]?
    ) -> ErrorExample {
        ErrorExample(
            document: "n", section: "past_history", outcome: .wrongBoundary, boundary: .tooLong,
            gold: gold.map { ErrorExample.Mention(type: "A", spans: $0) },
            predicted: predicted.map { ErrorExample.Mention(type: "B", spans: $0, confidence: 0.5) }, context: context,
            contextStart: start)
    }

    /// Gold in brackets, predicted in braces.
    private func marked(_ example: ErrorExample) -> String {
        ExampleView.pieces(example).map {
            ($0.isPredicted ? "{" : "") + ($0.isGold ? "[" : "") + $0.piece + ($0.isGold ? "]" : "")
                + ($0.isPredicted ? "}" : "")
        }.joined()
    }

    @Test func theContextIsCutWhereMentionsBeginAndEnd() {
        #expect(marked(example("a bad cough", gold: [[2, 11]], predicted: [[6, 11]])) == "a [bad ]{[cough]}")
        #expect(marked(example("a bad cough", gold: [[0, 5]], predicted: [[2, 11]])) == "[a ]{[bad]}{ cough}")
        #expect(marked(example("a bad cough", gold: nil, predicted: [[0, 11]])) == "{a bad cough}")
        #expect(marked(example("a bad cough", gold: [[0, 1], [6, 11]], predicted: nil)) == "[a] bad [cough]")
        #expect(marked(example("", gold: nil, predicted: nil)).isEmpty)
    }

    @Test func offsetsCountCodePointsFromTheStartOfTheContext() {
        #expect(
            marked(example("😀é\u{301} β", start: 100, gold: [[104, 105]], predicted: [[100, 101]])) == "{😀}é\u{301} [β]"
        )
    }

    @Test func mentionsThatReachBeyondTheContextAreCutWithIt() {
        #expect(marked(example("cough", start: 10, gold: [[4, 12]], predicted: [[13, 40]])) == "[co]u{gh}")
        #expect(marked(example("cough", start: 10, gold: [[0, 4]], predicted: [[40, 50]])) == "cough")
    }

    @Test func theLineBelowTellsWhereItIs() {
        let view = ExampleView(
            example("a bad cough", gold: [[2, 5]], predicted: [[0, 1]]), typePlaces: ["A": 0, "B": 3])
        #expect(view.types == "A → B")
        #expect(view.typePlaces == "0 3")
        #expect(view.section == "past history")
        #expect(view.offsets == "2–5")
        #expect(view.detail == "takes in too much, confidence 0.500")
    }
}
