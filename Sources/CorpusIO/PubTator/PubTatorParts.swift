import ClinicalText

/// The documents of a PubTator file, some at a time.
///
/// A document ends at a blank line, at the title of the next one, or at the end of the file.
struct PubTatorParts: PartReader {
    /// Enough work to be worth handing to another thread.
    private static let partSize = 1 << 16

    private var lines: LineReader
    private let file: InputSource
    private let limit: Int
    /// The title at which the document before it ended.
    private var nextTitle: LineReader.Line?

    init(_ lines: LineReader, file: InputSource, limit: Int) {
        self.lines = lines
        self.file = file
        self.limit = limit
    }

    mutating func next() throws -> ReadPart? {
        var blocks: [[LineReader.Line]] = []
        var size = 0
        while size < Self.partSize {
            let block = try block()
            if block.isEmpty { break }
            blocks.append(block)
            size += block.reduce(0) { $0 + $1.bytes.count }
        }
        if blocks.isEmpty { return nil }
        return { [blocks, file] context in
            var documents: [Document] = []
            for block in blocks {
                let document = try context.attempt(.document) {
                    try PubTatorReader.document(of: block, file: file, context: &$0)
                }
                if let document { documents.append(document) }
            }
            return documents
        }
    }

    /// The lines of the next document; none at the end.
    private mutating func block() throws -> [LineReader.Line] {
        var block: [LineReader.Line] = []
        var size = 0
        if let nextTitle { block.append(nextTitle) }
        nextTitle = nil
        while let line = try lines.next() {
            if line.bytes.allSatisfy(Surface.isSpace) {
                if block.isEmpty { continue }
                break
            }
            if !block.isEmpty, PubTatorLine.text(line.bytes[...])?.kind == UInt8(ascii: "t") {
                nextTitle = line
                break
            }
            block.append(line)
            size += line.bytes.count
            guard size <= limit else { throw CorpusError.tooLarge(file: file.path, limit: limit) }
        }
        return block
    }
}
