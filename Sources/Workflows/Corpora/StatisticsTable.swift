import CorpusAnalysis

/// A corpus in numbers as a table for the terminal.
enum StatisticsTable {
    /// The lines of the table.
    static func lines(of statistics: CorpusStatistics) -> [String] {
        var lines = TextTable.lines([
            ["documents", "\(statistics.documents)"],
            ["without mentions", "\(statistics.documentsWithoutMentions)"],
            ["sentences", "\(statistics.sentences)"],
            ["words", "\(statistics.words)"],
            ["tokens", "\(statistics.tokens)"],
            ["characters", "\(statistics.characters)"],
            ["explained abbreviations", "\(statistics.definitions)"],
        ])
        if statistics.mentions > 0 {
            let header =
                ["mentions", "count", "documents", "different", "abbrev.", "gaps", "nested", "crossing"]
                + MentionLength.allCases.map { $0 == .one ? "1 word" : $0.rawValue }
            var rows = [header]
            for (type, mentions) in statistics.types.sorted(by: { $0.key < $1.key }) {
                rows.append(row(type, mentions))
            }
            rows.append(row("all", statistics.allTypes))
            lines += [""] + TextTable.lines(rows)
        }
        for (title, counts) in [
            ("relations", statistics.relations), ("attributes", statistics.attributes), ("labels", statistics.labels),
        ] where !counts.isEmpty {
            let rows = counts.sorted { $0.key < $1.key }.map { [$0.key, "\($0.value)"] }
            lines += [""] + TextTable.lines([[title, "count"]] + rows)
        }
        return lines
    }

    private static func row(_ name: String, _ type: MentionStatistics) -> [String] {
        let numbers = [
            type.mentions, type.documents, type.uniqueSurfaces, type.abbreviations, type.discontinuous, type.nested,
            type.crossing,
        ]
        return [name] + (numbers + MentionLength.allCases.map { type.lengths[$0] ?? 0 }).map { "\($0)" }
    }
}
