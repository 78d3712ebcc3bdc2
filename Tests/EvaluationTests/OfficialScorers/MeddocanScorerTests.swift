import ClinicalText
import Essentials
import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct MeddocanScorerTests {
    private func score(
        _ gold: [Document], _ predicted: [Document], sentences: [String: Int]? = nil
    ) throws -> OfficialResult {
        try OfficialScorer.meddocan.score(
            gold: gold, predicted: predicted, options: ScorerOptions(sentences: sentences))
    }

    private func merged(_ gold: Document, _ predicted: Document) throws -> Counts? {
        try score([gold], [predicted]).measure("SubTrack 2 [merged]")?.counts
    }

    private static let sample = "meddocan/scorer-sample"

    @Test(
        .enabled(if: SharedData.has(sample), "needs meddocan below CLINNER_DATA"), arguments: ["i2b2", "brat"])
    func theSamplesFiguresAreThoseOfTheScript(_ format: String) throws {
        let gold = try documents(SharedData.path("\(Self.sample)/gold-\(format)"))
        let first = try documents(SharedData.path("\(Self.sample)/system-\(format)-subtrack1"))
        let second = try documents(SharedData.path("\(Self.sample)/system-\(format)-subtrack2"))
        // The organizers counted 427 sentences in the fifteen documents, the only number that gives their leak score.
        let sentences = Dictionary(uniqueKeysWithValues: gold.enumerated().map { ($1.id, $0 == 0 ? 7 : 30) })
        let typed = try score(gold, first, sentences: sentences)
        let spans = try score(gold, second)
        #expect(PrintedScores(typed.measure("SubTrack 1 [NER]")) == PrintedScores([0.3504, 0.1383, 0.1983]))
        #expect(PrintedScores(spans.measure("SubTrack 2 [strict]")) == PrintedScores([0.3721, 0.1383, 0.2017]))
        #expect(PrintedScores(spans.measure("SubTrack 2 [merged]")) == PrintedScores([0.5268, 0.1691, 0.256]))
        #expect(typed.values["Leak"].map { String(format: "%.4g", $0) } == "0.7002")
    }

    @Test(.enabled(if: SharedData.has(sample), "needs meddocan below CLINNER_DATA"))
    func theN2C2ScorersFiguresOnTheSampleAreThoseOfItsScript() throws {
        let result = try OfficialScorer.drugEvents2018.score(
            gold: documents(SharedData.path("\(Self.sample)/gold-brat")),
            predicted: documents(SharedData.path("\(Self.sample)/system-brat-subtrack1")))
        let expected: [(String, ScorerMeasure.Average, [Double])] = [
            ("strict", .micro, [0.3504, 0.1383, 0.1983]), ("lenient", .micro, [0.4697, 0.1787, 0.2589]),
            ("strict", .macro, [0.3927, 0.1361, 0.1945]), ("lenient", .macro, [0.5578, 0.1769, 0.2564]),
        ]
        for (mode, average, figures) in expected {
            let measure = result.measure("Concepts \(mode)", average)
            #expect(PrintedScores(measure, format: "%.4f") == PrintedScores(figures), "\(mode) \(average)")
        }
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let gold: String
        let predicted: String
        let expected: Counts
    }

    static let cases: [Case] = [
        Case(
            testDescription: "spans with only punctuation between them", gold: "[Ana|N], [Ruiz|N]",
            predicted: "[Ana, Ruiz|N]", expected: Counts(truePositives: 1)),
        Case(
            testDescription: "a letter between them", gold: "[Ana|N] y [Ruiz|N]", predicted: "[Ana y Ruiz|N]",
            expected: Counts(falsePositives: 1, falseNegatives: 2)),
        Case(
            testDescription: "a digit between them", gold: "[Ana|N] 2 [Ruiz|N]", predicted: "[Ana 2 Ruiz|N]",
            expected: Counts(falsePositives: 1, falseNegatives: 2)),
        Case(
            testDescription: "both equal and merged", gold: "[Ana|N] [Ruiz|N]", predicted: "[Ana|N] [Ruiz|N]",
            expected: Counts(truePositives: 3)),
        Case(
            testDescription: "another type", gold: "[Ana|N] x", predicted: "[Ana|M] x",
            expected: Counts(truePositives: 1)),
        Case(testDescription: "nothing", gold: "Ana", predicted: "Ana", expected: Counts()),
    ]

    @Test(arguments: cases) func spansAreMergedOverWhatIsNoLetterOrDigit(_ one: Case) throws {
        #expect(try merged(document(marked: one.gold), document(marked: one.predicted)) == one.expected)
    }

    /// The rule of the script, one comparison after the other.
    private func reference(_ gold: Document, _ predicted: Document) -> Counts {
        func spans(_ document: Document) -> (all: Set<TextSpan>, merged: Set<TextSpan>) {
            let letters = Array(document.text)
            let sorted = document.entities.map(\.hull).sorted()
            var merged: [TextSpan] = []
            for span in sorted {
                guard let last = merged.popLast() else {
                    merged.append(span)
                    continue
                }
                let between = last.end < span.start ? letters[last.end..<span.start] : []
                if between.contains(where: { $0.isLetter || $0.isNumber }) {
                    merged += [last, span]
                } else {
                    merged.append(TextSpan(start: last.start, end: span.end))
                }
            }
            return (Set(sorted), Set(merged))
        }
        let (left, right) = (spans(gold), spans(predicted))
        let found = left.all.intersection(right.all).union(left.merged.intersection(right.merged))
        func open(_ spans: Set<TextSpan>) -> Int {
            spans.filter { span in !found.contains { $0.start <= span.start && span.end <= $0.end } }.count
        }
        return Counts(
            truePositives: found.count, falsePositives: open(right.all.subtracting(left.all)),
            falseNegatives: open(left.all.subtracting(right.all)))
    }

    @Test func mergingIsTheScriptsOnRandomSpans() throws {
        var generator = SeededGenerator(seed: 9)
        func random(_ bound: Int) -> Int { Int(generator.next(upperBound: UInt64(bound))) }
        for _ in 0..<500 {
            let text = String((0..<14).map { _ in random(3) == 0 ? "a" : "-" })
            func note() -> Document {
                let entities = (0..<random(5)).map { _ in
                    let start = random(10)
                    return Entity(type: "N", spans: [TextSpan(start: start, end: start + 1 + random(4))])
                }
                return Document(id: "note", text: text, entities: entities)
            }
            let (gold, predicted) = (note(), note())
            #expect(try merged(gold, predicted) == reference(gold, predicted))
        }
    }

    @Test func theLeakScoreDividesWhatWasMissedBySentences() throws {
        let gold = document(marked: "[Ana|N] [Ruiz|N] [42|E]")
        let predicted = document(marked: "[Ana|N] Ruiz 42")
        #expect(try score([gold], [predicted], sentences: ["note": 4]).values == ["Leak": 0.5])
        #expect(try score([gold], [predicted], sentences: ["note": 0]).values == ["Leak": 0])
        let without = try score([gold], [predicted])
        #expect(without.values.isEmpty)
        #expect(
            without.notes == ["no leak score: it divides by the number of sentences, which was not given"])
        #expect(
            try score([gold], [predicted], sentences: ["other": 4]).notes
                == ["no leak score: the number of sentences is not known for 1 documents"])
    }

    @Test func theReportIsLaidOutLikeTheScripts() throws {
        let gold = document(marked: "[Ana|N] y [Ruiz|N]")
        let predicted = document(marked: "[Ana|N] y Ruiz")
        let report = OfficialReport(try score([gold], [predicted], sentences: ["note": 3])).text
        #expect(
            report.contains(
                """
                SubTrack 1 [NER]                   Measure        Micro
                ------------------------------------------------------------
                Total (1 docs)                     Leak           0.3333
                                                   Precision      1.0
                                                   Recall         0.5
                                                   F1             0.6667
                ------------------------------------------------------------
                Rule: same type, start and end

                """))
    }
}
