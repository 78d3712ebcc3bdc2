import Evaluation
import Foundation

/// The agreement of two annotations as a table for the terminal.
enum AgreementTable {
    /// A row a type and one for all, then the agreement word by word and what kinds of disagreement there are.
    static func lines(of result: AgreementResult) -> [String] {
        var rows = [["agree", "strict F1", "overlapping F1", "first", "second"]]
        rows += result.types.map { row($0.type, $0.strict, $0.overlapping) }
        rows.append(row("all", result.strict, result.overlapping))
        let words = result.words
        let share = words.words == 0 ? 1 : Double(words.equal) / Double(words.words)
        var lines = TextTable.lines(rows)
        lines.append(
            "\(Amounts.text(result.documents, "document")); \(percent(share)) of \(words.words) words have the same types"
                + (words.kappa.map { String(format: ", kappa %.3f", $0) } ?? ""))
        let kinds = Disagreement.Kind.allCases.compactMap { kind -> String? in
            let count = result.disagreements.count { $0.kind == kind }
            return count == 0 ? nil : "\(count) \(self.words(for: kind))"
        }
        lines.append(kinds.isEmpty ? "no disagreements" : "disagreements: \(kinds.joined(separator: ", "))")
        return lines
    }

    /// `DOCUMENT: offsets 4-9 Problem | 4-15 Problem: the boundaries differ`.
    static func line(of disagreement: Disagreement, texts: MentionTexts) -> String {
        let sides = [disagreement.first, disagreement.second].map { mention -> String in
            guard let mention else { return "nothing" }
            let spans = mention.spans.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
            let text = texts.text(of: mention, in: disagreement.document).map { " \($0.debugDescription)" } ?? ""
            return "\(spans) \(mention.type)\(text)"
        }
        return "\(disagreement.document): \(sides[0]) | \(sides[1]): \(words(for: disagreement.kind))"
    }

    private static func words(for kind: Disagreement.Kind) -> String {
        switch kind {
        case .onlyInFirst: "only in the first"
        case .onlyInSecond: "only in the second"
        case .boundaryDiffers: "with other boundaries"
        case .typeDiffers: "with another type"
        case .boundaryAndTypeDiffer: "with other boundaries and another type"
        }
    }

    private static func row(_ name: String, _ strict: AgreementCounts, _ overlapping: AgreementCounts) -> [String] {
        [name, percent(strict.f1), percent(overlapping.f1), "\(strict.first)", "\(strict.second)"]
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
}
