import ClinicalText

/// Parts that are runs of lines, each line a document; blank lines do not count.
struct LineParts: PartReader {
    /// Reads the document of a line.
    typealias ReadLine = @Sendable (LineReader.Line, inout ReadContext) throws -> Document

    /// Enough work to be worth handing to another thread.
    private static let partSize = 1 << 16

    private var lines: LineReader
    private let read: ReadLine

    init(_ lines: LineReader, read: @escaping ReadLine) {
        self.lines = lines
        self.read = read
    }

    mutating func next() throws -> ReadPart? {
        var part: [LineReader.Line] = []
        var size = 0
        while size < Self.partSize, let line = try lines.next() {
            if line.bytes.allSatisfy(Surface.isSpace) { continue }
            part.append(line)
            size += line.bytes.count
        }
        if part.isEmpty { return nil }
        let read = read
        return { [part] context in
            var documents: [Document] = []
            for line in part {
                guard let document = try context.attempt(.document, { try read(line, &$0) }) else { continue }
                context.keepLine(line.number, of: document.id)
                documents.append(document)
            }
            return documents
        }
    }
}
