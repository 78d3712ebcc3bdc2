/// The figures of an official scorer as a table, laid out and rounded as the task's script does.
public struct OfficialReport {
    private let result: OfficialResult

    /// The table of a result.
    public init(_ result: OfficialResult) { self.result = result }

    /// The whole table, with the scorer, the rules and what was not looked at.
    public var text: String {
        var lines = ["\(result.scorer.rawValue) (\(result.variant)), \(result.documents) documents", result.source, ""]
        switch result.scorer {
        case .deidentification2014, .riskFactors2014: lines += i2b2()
        case .drugEvents2018: lines += n2c2()
        case .meddocan: lines += meddocan()
        case .chemicalDisease: lines += chemicalDisease()
        }
        lines += result.notes
        return lines.joined(separator: "\n") + "\n"
    }

    /// A block a measure: macro with standard deviations, and micro, which the tasks ranked by.
    private func i2b2() -> [String] {
        func row(_ cells: [String]) -> String {
            zip(cells, [25, 15, 18, 20]).map { ScoreText.left($0, $1) }.joined().trimmingBlanks
        }
        func mean(_ value: Double, _ deviation: Double?) -> String {
            let text = ScoreText.significant(value)
            return deviation.map { "\(text) (\(ScoreText.significant($0, digits: 2)))" } ?? text
        }
        return result.measures.filter { $0.average == .micro }.flatMap { micro -> [String] in
            guard let macro = result.measure(micro.name, .macro) else { return [] }
            return [
                row(["\(micro.name) (\(result.documents))", "Measure", "Macro (SD)", "Micro (Primary)"]),
                String(repeating: "-", count: 78),
                row([
                    "Total", "Precision", mean(macro.precision, macro.precisionDeviation),
                    ScoreText.significant(micro.precision),
                ]),
                row(["", "Recall", mean(macro.recall, macro.recallDeviation), ScoreText.significant(micro.recall)]),
                row(["", "F1", ScoreText.significant(macro.f1), ScoreText.significant(micro.f1)]),
                "Rule: \(micro.rule)",
                "",
            ]
        }
    }

    /// A line a type, strict on the left, lenient on the right; concepts, then relations.
    private func n2c2() -> [String] {
        func row(_ name: String, _ measures: [ScorerMeasure?]) -> String {
            let figures = measures.map { measure in
                measure.map { [$0.precision, $0.recall, $0.f1].map(ScoreText.fixed).joined(separator: "  ") } ?? ""
            }
            return "\(ScoreText.right(name, 20))  \(figures.joined(separator: "    "))"
        }
        var lines: [String] = []
        for what in ["Concepts", "Relations"] {
            let head = ScoreText.right(what, 20)
            lines.append("\(head)  ------- strict -------    ------- lenient ------")
            lines.append("\(ScoreText.right("", 20))  Prec.   Rec.    F(b=1)    Prec.   Rec.    F(b=1)")
            let prefix = "\(what) "
            let overall = "\(prefix)strict"
            for measure in result.measures
            where measure.name.hasPrefix(prefix) && measure.name.hasSuffix(" strict") && measure.name != overall {
                let name = measure.name.dropFirst(prefix.count).dropLast(" strict".count)
                // The script writes the types of concepts with one capital, those of relations as they are.
                let shown = what == "Concepts" ? name.prefix(1).uppercased() + name.dropFirst().lowercased() : "\(name)"
                lines.append(row(shown, [measure, result.measure("\(prefix)\(name) lenient")]))
            }
            for average in [ScorerMeasure.Average.micro, .macro] {
                lines.append(
                    row(
                        "Overall (\(average.rawValue))",
                        [result.measure(overall, average), result.measure("\(prefix)lenient", average)]))
            }
            for mode in ["strict", "lenient"] {
                if let measure = result.measure("\(prefix)\(mode)") { lines.append("\(mode): \(measure.rule)") }
            }
            lines.append("")
        }
        return lines
    }

    /// A block a sub-track.
    private func meddocan() -> [String] {
        func row(_ first: String, _ second: String, _ third: String) -> String {
            (ScoreText.left(first, 35) + ScoreText.left(second, 15) + third).trimmingBlanks
        }
        return result.measures.flatMap { measure -> [String] in
            let total = "Total (\(result.documents) docs)"
            let leak = measure.name.contains("NER") ? result.values["Leak"] : nil
            let line = String(repeating: "-", count: 60)
            var lines = [row(measure.name, "Measure", "Micro"), line]
            if let leak { lines.append(row(total, "Leak", ScoreText.significant(leak))) }
            return lines + [
                row(leak == nil ? total : "", "Precision", ScoreText.significant(measure.precision)),
                row("", "Recall", ScoreText.significant(measure.recall)),
                row("", "F1", ScoreText.significant(measure.f1)), line, "Rule: \(measure.rule)", "",
            ]
        }
    }

    /// Counts and scores, one a line.
    private func chemicalDisease() -> [String] {
        result.measures.flatMap { measure -> [String] in
            let counts = measure.counts ?? Counts()
            return [
                measure.name, "TP: \(counts.truePositives)", "FP: \(counts.falsePositives)",
                "FN: \(counts.falseNegatives)", "Precision: \(ScoreText.full(measure.precision))",
                "Recall: \(ScoreText.full(measure.recall))", "F-score: \(ScoreText.full(measure.f1))",
                "Rule: \(measure.rule)", "",
            ]
        }
    }
}

extension String {
    /// Without blanks at the end.
    fileprivate var trimmingBlanks: String {
        var bytes = utf8[...]
        while bytes.last == UInt8(ascii: " ") { bytes = bytes.dropLast() }
        return String(Substring(bytes))
    }
}
