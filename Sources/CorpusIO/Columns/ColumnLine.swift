/// What a line of a file with a token a line is.
enum ColumnLine {
    private static let docstart = Array("-DOCSTART-".utf8)
    private static let begin = Array("#begin document".utf8)
    private static let end = Array("#end document".utf8)

    /// Whether a line separates sentences.
    static func isBlank(_ line: LineReader.Line) -> Bool { line.bytes.allSatisfy(Surface.isSpace) }

    /// Whether a line opens a document: `-DOCSTART-`, or `#begin document` as in OntoNotes.
    static func opensDocument(_ line: LineReader.Line) -> Bool {
        line.bytes.starts(with: docstart) || line.bytes.starts(with: begin)
    }

    /// Whether a line closes a document, as in OntoNotes.
    static func closesDocument(_ line: LineReader.Line) -> Bool { line.bytes.starts(with: end) }

    /// The document's id in an opening line: what stands in parentheses in its first column.
    static func id(inOpening line: LineReader.Line, file: InputSource) throws -> String? {
        let column = line.bytes.prefix { $0 != 0x09 && $0 != 0x0D }
        guard let open = column.firstIndex(of: UInt8(ascii: "(")),
            let close = column.lastIndex(of: UInt8(ascii: ")")), open + 1 < close
        else { return nil }
        return try InputFile.text(column[(open + 1)..<close], offset: line.offset + open + 1, file: file.path)
    }

    /// The content of a line without the carriage return of Windows line ends.
    static func content(_ line: LineReader.Line) -> ArraySlice<UInt8> {
        line.bytes.last == 0x0D ? line.bytes.dropLast() : line.bytes[...]
    }

    /// The columns of a line between tabs, or between runs of blanks.
    static func columns(_ line: LineReader.Line, byTabs: Bool) -> [ArraySlice<UInt8>] {
        let content = content(line)
        return byTabs
            ? content.split(separator: 0x09, omittingEmptySubsequences: false)
            : content.split(whereSeparator: Surface.isSpace)
    }
}
