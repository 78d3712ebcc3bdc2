import ClinicalText
import Foundation

extension Document {
    /// The document as one line of JSON Lines, without a line end; offsets in code points.
    public var jsonLine: String { JSONLinesWriter.line(of: self) }

    /// Reads a line of JSON Lines of which only `id` and `text` are required.
    ///
    /// - Parameters:
    ///   - file: what errors call the file.
    ///   - line: the line's number, counted from 1.
    /// - Throws: ``CorpusError`` naming line and key.
    public init(jsonLine bytes: Data, file: String, line: Int) throws {
        var context = ReadContext(options: ReadOptions())
        self = try JSONLinesReader.document(
            of: LineReader.Line(bytes: Array(bytes), number: line, offset: 0), file: InputSource(path: file),
            context: &context)
        // A line that came alone is of no file.
        if metadata["file"] == file { metadata["file"] = nil }
    }
}
