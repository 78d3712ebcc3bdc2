import Testing

@testable import Reporting

@Suite struct PretrainingReportPageTests {
    private static func report(domains: Int = 2, probe: Bool = true, repeated: Double = 0.2) -> PretrainingReport {
        PretrainingReport(
            title: "A <run>", runName: "a", trainNotes: 47, heldOutNotes: 5, pieces: 12_000, seconds: 6,
            perplexityBefore: 20, perplexityAfter: 15, probe: probe ? (0.5, 0.625) : nil,
            domains: [
                .init(name: "notes", notes: 5, isTrainedOn: true, before: 20, after: 15),
                .init(name: "news", notes: 9, isTrainedOn: false, before: 8, after: 10),
            ].prefix(domains).map { $0 },
            epochs: (1...3).map {
                .init(
                    stage: "masked LM", number: $0, loss: 3 / Double($0),
                    scores: probe ? ["perplexity": 15, "probe f1": 0.2 * Double($0)] : ["perplexity": 15])
            },
            curve: (1...9).map { ($0, 3 / Double($0)) }, repeatedNotes: 4, repeatedShare: repeated,
            heldOutRepeatedShare: repeated / 2,
            vocabulary: .init(
                words: 1000, pieces: 1340, unknownWords: 0, wordsByPieces: [800, 100, 50, 20, 15, 10, 4, 1],
                shattered: [.init(text: "hypo<b>", pieces: ["hypo", "##<", "##b", "##>"], count: 7, notes: 3)],
                added: [.init(text: "afebrile", pieces: ["af", "##eb", "##rile"], count: 30, notes: 12)]))
    }

    @Test func itSaysWhatWasLearnedAndWhatWasForgotten() throws {
        let page = try PretrainingReportPage.render(Self.report())
        #expect(page.contains("went from <b>20.00</b> to <b>15.00</b> (−25\u{202F}%)"))
        #expect(page.contains("F1 of <b>0.500</b> before and <b>0.625</b> after"))
        #expect(page.contains("<th scope=\"row\">news</th><td>only measured</td><td class=\"n\">9</td>"))
        #expect(page.contains("+25\u{202F}%"))
        #expect(page.contains("2\u{202F}000 pieces a second"))
        #expect(
            page.contains("Copies make up 20\u{202F}% of the notes’ text; of 4 notes most stands in other notes too."))
        #expect(page.contains("10\u{202F}% also stands in notes that were trained on"))
        #expect(page.components(separatedBy: "<svg").count == 3)
    }

    @Test func itSaysHowTheVocabularySpellsTheNotes() throws {
        let page = try PretrainingReportPage.render(Self.report())
        #expect(page.contains("1\u{202F}000 words take 1.34 pieces each; every one can be spelled."))
        #expect(page.contains("<th scope=\"row\">6 or more</th><td class=\"n\">15</td>"))
        // Seven times three pieces too many.
        #expect(page.contains("hypo ##&lt; ##b ##&gt;") && page.contains("<td class=\"n\">21</td>"))
        #expect(page.contains("af ##eb ##rile") && page.contains("1 word of the notes got a piece of their own"))
    }

    @Test func whatThereIsNotIsLeftOut() throws {
        let page = try PretrainingReportPage.render(Self.report(domains: 1, probe: false, repeated: 0))
        #expect(!page.contains("only measured") && !page.contains("linear head") && !page.contains("look better"))
        #expect(page.contains("Hardly any text stands in more than one note."))
        #expect(page.components(separatedBy: "<svg").count == 2)
    }

    @Test func nothingOfTheNotesIsMarkup() throws {
        let page = try PretrainingReportPage.render(Self.report())
        #expect(page.contains("A &lt;run&gt;") && !page.contains("hypo<b>") && !page.contains("<script"))
        #expect(!page.contains("http://") && !page.contains("https://"))
    }
}
