/// Rows of cells as aligned text: the first column to the left, the others to the right.
enum TextTable {
    /// The rows as lines.
    static func lines(_ rows: [[String]]) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.unicodeScalars.count)
            }
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let gap = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
                return column == 0 ? (row.count == 1 ? cell : cell + gap) : "  " + gap + cell
            }.joined()
        }
    }
}
