import CorpusAnalysis
import Foundation

/// The counts of a split as a table for the terminal.
enum SplitTable {
    /// A row for the documents, one for the patients, one for each type; each set with its share of the row.
    static func lines(of manifest: SplitManifest) -> [String] {
        let sets = manifest.sets
        func row(_ name: String, _ count: (SplitPlan.Part) -> Int) -> [String] {
            let counts = sets.map(count)
            let total = counts.reduce(0, +)
            let shares = counts.map { total == 0 ? "" : String(format: "%.1f %%", 100 * Double($0) / Double(total)) }
            return [name] + zip(counts, shares).flatMap { ["\($0)", $1] }
        }
        var rows = [[""] + sets.flatMap { [$0.name, ""] }, row("documents", \.documents)]
        if manifest.patients != nil { rows.append(row("patients", \.groups)) }
        let types = Set(sets.flatMap(\.types.keys)).sorted()
        if !types.isEmpty { rows.append(row("mentions", \.mentions)) }
        for type in types { rows.append(row(type) { $0.types[type] ?? 0 }) }
        return TextTable.lines(rows)
    }
}
