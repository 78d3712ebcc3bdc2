import ErrorAnalysis
import Evaluation

/// Everything the templates of the labeling report read.
struct LabelingView {
    struct FunctionRow {
        let name: String
        let votedTypes: String
        let votes: String
        let coverage: String
        let overlap: String
        let conflict: String
        let estimated: String
        let precision: String
        let recall: String
        let gain: String
    }

    struct BoundaryRow {
        let name: String
        let leftEarly: String
        let leftLate: String
        let rightEarly: String
        let rightLate: String
        let wrong: String
    }

    /// Precision and recall of a function for some kinds of mentions.
    struct KindRow {
        struct Cell {
            let precision: String
            let recall: String
        }

        let name: String
        let cells: [Cell]
    }

    struct MatrixRow {
        struct Cell {
            let value: String
            let share: String
            let isDiagonal: Bool
            let isZero: Bool
        }

        let number: String
        let name: String
        let cells: [Cell]
    }

    struct SilverRow {
        let name: String
        let entities: String
    }

    struct AbbreviationRow {
        let name: String
        let senses: String
        let undecided: String
    }

    struct ExampleGroup {
        let name: String
        let count: String
        let examples: [ExampleView]
    }

    let style: String
    let pageTitle: String
    let runName: String
    let basis: String
    let hasGold: Bool
    let typeTable: [ScoreTable]
    let silverRows: [SilverRow]
    let functions: [FunctionRow]
    let silent: String
    let hasSilent: Bool
    let boundaries: [BoundaryRow]
    let kindNames: [String]
    let kinds: [KindRow]
    let matrix: [MatrixRow]
    let hasMatrix: Bool
    let abbreviations: [AbbreviationRow]
    let hasAbbreviations: Bool
    let groups: [ExampleGroup]
    let hasExamples: Bool

    /// At most so many functions stand in the redundancy matrix, those that share most.
    private static let matrixSize = 25
    private static let kindKeys = ["1", "2", "3", "4+", "abbreviations", "other mentions"]

    init(_ report: LabelingReport, style: String) {
        self.style = style
        pageTitle = report.title
        runName = report.runName
        hasGold = report.goldNotes > 0
        basis =
            "\(Figures.count(report.notes, "note")) labeled; functions speak about "
            + "\(Figures.percent(report.coverage)) of their tokens. "
            + (hasGold
                ? "Compared with the gold entities of \(Figures.count(report.goldNotes, "train note"))."
                : "There are no train notes with gold entities, so nothing here says what is right.")
        typeTable = Self.typeTable(report)
        silverRows = report.types.map {
            SilverRow(name: $0.name, entities: Figures.count($0.silver))
        }
        let voting = report.functions.filter { $0.row.votes > 0 }
            .sorted {
                ($0.marginalGain ?? 0, $0.row.votes, $1.row.function) > (
                    $1.marginalGain ?? 0, $1.row.votes, $0.row.function
                )
            }
        functions = voting.map(Self.row)
        let quiet = report.functions.filter { $0.row.votes == 0 }.map(\.row.function)
        hasSilent = !quiet.isEmpty
        silent = "\(Figures.count(quiet.count, "function")) never voted: \(quiet.joined(separator: ", "))."
        let compared = voting.compactMap { function in function.agreement.map { (function.row.function, $0) } }
            .filter { $0.1.spans.predicted > 0 }
        boundaries = compared.map(Self.boundaryRow).filter { $0.wrong != Figures.count(0) }
        kindNames = ["1 token", "2 tokens", "3 tokens", "4 and more", "Abbreviations", "Other mentions"]
        kinds = compared.map { name, agreement in
            KindRow(
                name: name,
                cells: Self.kindKeys.map { key in
                    let counts = agreement.byLength[key] ?? agreement.byKind[key] ?? Counts()
                    return KindRow.Cell(
                        precision: Figures.score(counts.precision, of: counts.predicted),
                        recall: Figures.score(counts.recall, of: counts.gold))
                })
        }
        matrix = Self.matrix(report)
        hasMatrix = !matrix.isEmpty
        abbreviations = report.abbreviations.map { abbreviation in
            AbbreviationRow(
                name: abbreviation.name,
                senses: abbreviation.senses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                    .map { "\($0.key) \(Figures.count($0.value))" }.joined(separator: ", "),
                undecided: Figures.count(abbreviation.undecided))
        }
        hasAbbreviations = !abbreviations.isEmpty
        groups = compared.filter { !$0.1.examples.isEmpty }.map { name, agreement in
            ExampleGroup(
                name: name, count: Figures.count(agreement.examples.count),
                examples: agreement.examples.map { ExampleView($0, typePlaces: [:]) })
        }
        hasExamples = !groups.isEmpty
    }

    private static func typeTable(_ report: LabelingReport) -> [ScoreTable] {
        var total = Counts()
        let rows = report.types.compactMap { type in
            type.counts.map { counts in
                total.truePositives += counts.truePositives
                total.falsePositives += counts.falsePositives
                total.falseNegatives += counts.falseNegatives
                return ScoreTable.Row(name: type.name, counts: counts)
            }
        }
        guard !rows.isEmpty else { return [] }
        return [
            ScoreTable(
                caption: "Silver entities against the gold ones of the train notes; a hit has type and span.",
                rowHeader: "Type", rows: rows, total: ScoreTable.Row(name: "All", counts: total))
        ]
    }

    private static func row(_ function: LabelingReport.Function) -> FunctionRow {
        let row = function.row
        return FunctionRow(
            name: row.function, votedTypes: row.types.joined(separator: ", "), votes: Figures.count(row.votes),
            coverage: Figures.percent(row.coverage), overlap: Figures.percent(row.overlap),
            conflict: Figures.percent(row.conflict), estimated: row.estimatedAccuracy.map(Figures.score) ?? "–",
            precision: row.precision.map(Figures.score) ?? "–", recall: row.recall.map(Figures.score) ?? "–",
            gain: function.marginalGain.map { gain in
                let points = 100 * gain
                return points == 0 ? "0" : (points > 0 ? "+" : "−") + Figures.coordinate(abs(points))
            } ?? "–")
    }

    private static func boundaryRow(_ name: String, _ agreement: LabelingReport.Agreement) -> BoundaryRow {
        BoundaryRow(
            name: name, leftEarly: Figures.count(agreement.leftTooEarly),
            leftLate: Figures.count(agreement.leftTooLate),
            rightEarly: Figures.count(agreement.rightTooEarly), rightLate: Figures.count(agreement.rightTooLate),
            wrong: Figures.count(
                agreement.leftTooEarly + agreement.leftTooLate + agreement.rightTooEarly + agreement.rightTooLate))
    }

    private static func matrix(_ report: LabelingReport) -> [MatrixRow] {
        var strongest: [String: Double] = [:]
        for pair in report.pairs where pair.redundancy > 0 {
            for name in [pair.first, pair.second] { strongest[name] = max(strongest[name] ?? 0, pair.redundancy) }
        }
        let names = strongest.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(matrixSize).map(\.key).sorted()
        guard names.count > 1 else { return [] }
        var values: [String: Double] = [:]
        for pair in report.pairs {
            values["\(pair.first)\t\(pair.second)"] = pair.redundancy
            values["\(pair.second)\t\(pair.first)"] = pair.redundancy
        }
        return names.enumerated().map { place, name in
            MatrixRow(
                number: "\(place + 1)", name: name,
                cells: names.map { other in
                    let value = values["\(name)\t\(other)"] ?? 0
                    return MatrixRow.Cell(
                        value: name == other || value == 0 ? "" : Figures.percent(value),
                        share: Figures.coordinate(value), isDiagonal: name == other, isZero: value == 0)
                })
        }
    }
}
