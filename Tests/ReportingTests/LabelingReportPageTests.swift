import ErrorAnalysis
import Evaluation
import Testing

@testable import Reporting

@Suite struct LabelingReportPageTests {
    private static func report(gold: Bool) -> LabelingReport {
        var counts = Counts()
        counts.truePositives = 3
        counts.falsePositives = 1
        counts.falseNegatives = 2
        let example = ErrorExample(
            document: "note <1>", section: "plan", outcome: .wrongBoundary, boundary: nil,
            gold: .init(type: "Disease", spans: [[4, 8]]), predicted: .init(type: "Disease", spans: [[0, 8]]),
            context: "bad \u{301}<flu>", contextStart: 0)
        let agreement = LabelingReport.Agreement(
            spans: counts, leftTooEarly: 1, leftTooLate: 0, rightTooEarly: 2, rightTooLate: 4,
            byLength: ["1": counts], byKind: ["abbreviations": counts], examples: [example])
        func row(_ name: String, votes: Int) -> LabelingTable.Row {
            LabelingTable.Row(
                function: name, types: ["Disease"], votes: votes, coverage: 0.1, overlap: 0.05, conflict: 0.01,
                estimatedAccuracy: 0.9, precision: gold ? 0.75 : nil, recall: gold ? 0.6 : nil)
        }
        return LabelingReport(
            title: "A <run>", runName: "a", notes: 40, goldNotes: gold ? 12 : 0, coverage: 0.3,
            types: [("Disease", 17, gold ? counts : nil)],
            functions: [
                .init(
                    row: row("regex/b", votes: 9), agreement: gold ? agreement : nil, marginalGain: gold ? -0.0125 : nil
                ),
                .init(row: row("lexicon/a", votes: 4), agreement: nil, marginalGain: gold ? 0.02 : nil),
                .init(row: row("regex/silent", votes: 0)),
            ],
            pairs: [.init(first: "lexicon/a", second: "regex/b", redundancy: 0.5)],
            abbreviations: [.init(name: "MS", senses: ["multiple sclerosis": 3, "mitral stenosis": 1], undecided: 1)])
    }

    @Test func withGoldItSaysWhatEachFunctionIsWorth() throws {
        let page = try LabelingReportPage.render(Self.report(gold: true))
        #expect(
            page.contains("<td class=\"n strong\">+2.00</td>") && page.contains("<td class=\"n strong\">−1.25</td>"))
        // The one with the greater gain comes first.
        let first = try #require(page.range(of: "lexicon/a"))
        let second = try #require(page.range(of: "regex/b"))
        #expect(first.lowerBound < second.lowerBound)
        #expect(page.contains("1 function never voted: regex/silent."))
        #expect(
            page.contains(
                "<td class=\"n\">1</td><td class=\"n\">0</td><td class=\"n\">2</td><td class=\"n\">4</td><td class=\"n strong\">7</td>"
            ))
        #expect(page.contains("<td class=\"n\">0.750<br>0.600</td>"))
        #expect(page.contains("multiple sclerosis 3, mitral stenosis 1"))
        #expect(page.contains("style=\"--share:0.50\">50\u{202F}%</td>"))
    }

    @Test func nothingOfTheNotesIsMarkup() throws {
        let page = try LabelingReportPage.render(Self.report(gold: true))
        #expect(page.contains("A &lt;run&gt;") && page.contains("note &lt;1&gt;"))
        #expect(!page.contains("<flu>") && !page.contains("<script"))
    }

    @Test func withoutGoldItSaysSoAndShowsNoScores() throws {
        let page = try LabelingReportPage.render(Self.report(gold: false))
        #expect(page.contains("no train notes with gold entities"))
        #expect(!page.contains("id=\"boundaries\"") && !page.contains("id=\"examples\"") && !page.contains("Gain"))
        #expect(page.contains("<tr><th scope=\"row\">Disease</th><td class=\"n\">17</td></tr>"))
    }
}
