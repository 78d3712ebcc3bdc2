/// Lines of which the first ones were looked at already.
struct ReplayedLines {
    private var first: ArraySlice<LineReader.Line>
    private var rest: LineReader

    /// Looks at the lines of about the first `size` bytes.
    ///
    /// - Throws: what reading a line throws.
    init(_ lines: LineReader, lookingAt size: Int) throws {
        rest = lines
        var looked: [LineReader.Line] = []
        var count = 0
        while count < size, let line = try rest.next() {
            looked.append(line)
            count += line.bytes.count + 1
        }
        first = looked[...]
    }

    /// The lines that were looked at.
    var head: ArraySlice<LineReader.Line> { first }

    /// The next line, from the first on.
    mutating func next() throws -> LineReader.Line? { try first.popFirst() ?? rest.next() }
}
