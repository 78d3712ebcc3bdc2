import Evaluation
import Foundation

/// An evaluation as a table for the terminal.
enum EvaluationTable {
    /// One line a type and one for the total with its interval.
    static func text(of result: EvaluationResult, title: String) -> String {
        let width = max(12, (result.types.map(\.type.count).max() ?? 0) + 2)
        func line(_ cells: [String]) -> String {
            cells.enumerated().map { index, cell in
                let room = index == 0 ? width : 10
                let gap = String(repeating: " ", count: max(1, room - cell.count))
                return index == 0 ? cell + gap : gap + cell
            }.joined()
        }
        func row(_ name: String, _ counts: Counts) -> String {
            line([
                name, percent(counts.precision), percent(counts.recall), percent(counts.f1), "\(counts.gold)",
            ])
        }
        var lines = [line([title, "precision", "recall", "F1", "gold"])]
        lines += result.types.map { row($0.type, $0.counts) }
        lines.append(row("all", result.micro))
        var last = "\(result.rule.rawValue) matching, \(result.documents) documents"
        if let interval = result.microIntervals?.f1 {
            last += "; 95 % interval of F1 \(percent(interval.lower)) to \(percent(interval.upper))"
        }
        lines.append(last)
        return lines.joined(separator: "\n") + "\n"
    }
}
