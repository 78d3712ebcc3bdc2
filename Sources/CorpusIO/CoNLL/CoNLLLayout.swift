import ClinicalText

/// What the columns of a CoNLL file mean.
struct CoNLLLayout: Sendable {
    /// How much of a file is looked at to tell.
    static let headSize = 1 << 16

    /// Whether tabs separate columns; otherwise runs of blanks do.
    var byTabs: Bool
    /// How many columns every line has.
    var columnCount: Int
    /// Counted from 0.
    var token: Int
    /// Counted from 0.
    var tag: Int
    /// The column of starts, counted from 0, before that of the ends.
    var start: Int?
    /// Whether tags have letters and dashes; otherwise a tag is a type, or `O`.
    var hasPositions: Bool
    var scheme: TagDecoder.Scheme
    var boundary: CoNLLOptions.Boundary

    /// The columns that are none of these, in their order.
    var others: [Int] {
        (0..<columnCount).filter { $0 != token && $0 != tag && $0 != start && $0 - 1 != start }
    }

    /// Whether a line holds a token.
    func isToken(_ line: LineReader.Line) -> Bool { Self.isToken(line, byTabs: byTabs) }

    /// Whether a line is a comment: it begins with `#` and has no tab where tabs separate columns.
    func isComment(_ line: LineReader.Line) -> Bool { Self.isComment(line, byTabs: byTabs) }

    private static func isComment(_ line: LineReader.Line, byTabs: Bool) -> Bool {
        byTabs && line.bytes.first == UInt8(ascii: "#") && !line.bytes.contains(0x09)
    }

    private static func isToken(_ line: LineReader.Line, byTabs: Bool) -> Bool {
        !ColumnLine.isBlank(line) && !ColumnLine.opensDocument(line) && !ColumnLine.closesDocument(line)
            && !isComment(line, byTabs: byTabs)
    }

    /// Tells the layout from the first lines of a file; nothing where no column can be that of the tags.
    ///
    /// `isStrict` asks for what no other file has: the same number of columns in every line, and tags that begin
    /// mentions.
    static func detected(
        in head: ArraySlice<LineReader.Line>, _ options: CoNLLOptions, isStrict: Bool
    ) -> CoNLLLayout? {
        let byTabs = head.contains { line in
            !ColumnLine.opensDocument(line) && line.bytes.contains(0x09) && !ColumnLine.isBlank(line)
        }
        let rows = head.filter { isToken($0, byTabs: byTabs) }.map { ColumnLine.columns($0, byTabs: byTabs) }
        guard let count = rows.first?.count, count >= 2 else { return nil }
        if isStrict && rows.contains(where: { $0.count != count }) { return nil }
        let whole = rows.filter { $0.count == count }
        var layout = CoNLLLayout(
            byTabs: byTabs, columnCount: count, token: 0, tag: count - 1, start: nil, hasPositions: true,
            scheme: .begin, boundary: boundary(of: head, options))
        guard layout.findTags(in: whole, options, isStrict: isStrict) else { return nil }
        layout.findTokens(in: whole, options)
        layout.scheme = scheme(of: head, layout)
        return layout
    }

    /// Finds the column of tags: the last one of which every value is one.
    private mutating func findTags(
        in rows: [[ArraySlice<UInt8>]], _ options: CoNLLOptions, isStrict: Bool
    ) -> Bool {
        func isTags(_ column: Int) -> Bool { rows.allSatisfy { EntityTag($0[column]) != nil } }
        func hasMention(_ column: Int) -> Bool {
            rows.contains { $0[column].count > 1 || $0[column].first == UInt8(ascii: "B") }
        }
        if let column = options.tagColumn {
            guard (1...columnCount).contains(column) else { return false }
            tag = column - 1
            hasPositions = isTags(tag)
            return true
        }
        let candidates = (0..<columnCount).filter(isTags)
        let outside = Array("O".utf8)
        if let column = candidates.last(where: hasMention) ?? (isStrict ? nil : candidates.last) {
            tag = column
            // A line of prose may well have two words and end in `I-131`.
            return !isStrict || byTabs || rows.contains { $0[column].elementsEqual(outside) }
        }
        if isStrict { return false }
        // Bare types: `Disease` or `O`.
        hasPositions = false
        tag = columnCount - 1
        return rows.contains { $0[tag].elementsEqual(outside) }
    }

    /// Finds the token and its offsets: two neighbouring columns of numbers as far apart as every token is long.
    private mutating func findTokens(in rows: [[ArraySlice<UInt8>]], _ options: CoNLLOptions) {
        let tokens = options.tokenColumn.map { [$0 - 1] } ?? (0..<columnCount).filter { $0 != tag }
        let starts = options.startColumn.map { [$0 - 1] } ?? Array(0..<columnCount)
        for token in tokens where token >= 0 && token < columnCount {
            for start in starts
            where start >= 0 && start + 1 < columnCount
                && Set([token, tag]).isDisjoint(with: [start, start + 1])
            {
                let fits = rows.allSatisfy { row in
                    guard let first = Self.number(row[start]), let last = Self.number(row[start + 1]) else {
                        return false
                    }
                    return last - first == row[token].count { $0 & 0xC0 != 0x80 }
                }
                if fits || options.startColumn != nil {
                    self.token = token
                    self.start = start
                    return
                }
            }
        }
        token = tokens.first { $0 >= 0 && $0 < columnCount } ?? 0
    }

    /// An offset, written in at most 18 digits.
    static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
        var number = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = 10 * number + Int(byte - 0x30)
        }
        return number
    }

    private static func boundary(
        of head: ArraySlice<LineReader.Line>, _ options: CoNLLOptions
    ) -> CoNLLOptions.Boundary {
        if options.boundary != .automatic { return options.boundary }
        if head.contains(where: ColumnLine.opensDocument) { return .docstart }
        var runs: Set<Int> = []
        var run = 0
        for line in head.drop(while: ColumnLine.isBlank) {
            if ColumnLine.isBlank(line) {
                run += 1
            } else if run > 0 {
                runs.insert(min(run, 2))
                run = 0
            }
        }
        return runs.count > 1 ? .blankLines(2) : .file
    }

    /// What scheme the first lines are in, as far as it decides what is odd.
    private static func scheme(of head: ArraySlice<LineReader.Line>, _ layout: CoNLLLayout) -> TagDecoder.Scheme {
        if !layout.hasPositions { return .inside }
        var previous = EntityTag.outside
        var begins = 0
        var beginsAfterNeighbour = 0
        for line in head {
            guard layout.isToken(line) else {
                previous = .outside
                continue
            }
            let columns = ColumnLine.columns(line, byTabs: layout.byTabs)
            guard columns.count == layout.columnCount, let tag = EntityTag(columns[layout.tag]) else { continue }
            if tag.isEnd { return .beginAndEnd }
            if tag.position == .begin {
                begins += 1
                if previous.position != .outside, previous.type == tag.type { beginsAfterNeighbour += 1 }
            }
            previous = tag
        }
        if begins == 0 { return .inside }
        return begins == beginsAfterNeighbour ? .beginBetweenNeighbours : .begin
    }
}
