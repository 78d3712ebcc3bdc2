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
            var line = ""
            for (column, cell) in row.enumerated() {
                let gap = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
                line += column == 0 ? cell + gap : "  " + gap + cell
            }
            while line.utf8.last == 0x20 { line.unicodeScalars.removeLast() }
            return line
        }
    }
}
