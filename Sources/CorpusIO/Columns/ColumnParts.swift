import ClinicalText

/// The documents of a file with a token a line, some at a time.
struct ColumnParts: PartReader {
    /// The lines of a document, blank ones between sentences included.
    struct Block: Sendable {
        /// Counted from 1 within the file; nothing if the file is one document.
        let number: Int?
        /// The line that opens it.
        var opening: LineReader.Line?
        var lines: [LineReader.Line] = []
        var size = 0

        /// The line that it begins on.
        var firstLine: Int { opening?.number ?? lines.first?.number ?? 1 }
    }

    /// Reads the document of a block.
    typealias ReadBlock = @Sendable (Block, inout ReadContext) throws -> Document

    /// Enough work to be worth handing to another thread.
    private static let partSize = 1 << 16

    private var lines: ReplayedLines
    private let file: InputSource
    private let boundary: CoNLLOptions.Boundary
    private let limit: Int
    private let read: ReadBlock
    private var number = 0
    private var opening: LineReader.Line?

    /// Documents of `lines` between boundaries, which are not automatic any more.
    init(
        _ lines: ReplayedLines, file: InputSource, boundary: CoNLLOptions.Boundary, limit: Int,
        read: @escaping ReadBlock
    ) {
        self.lines = lines
        self.file = file
        self.boundary = boundary
        self.limit = limit
        self.read = read
    }

    mutating func next() throws -> ReadPart? {
        var blocks: [Block] = []
        var size = 0
        while size < Self.partSize, let block = try block() {
            size += block.size
            blocks.append(block)
        }
        if blocks.isEmpty { return nil }
        return { [blocks, read] context in
            var documents: [Document] = []
            for block in blocks {
                if let document = try context.attempt(.document, { try read(block, &$0) }) {
                    documents.append(document)
                }
            }
            return documents
        }
    }

    /// The lines of the next document; nothing at the end.
    private mutating func block() throws -> Block? {
        var block = Block(number: boundary == .file ? nil : number + 1, opening: opening)
        var hasTokens = false
        var blankLines = 0
        opening = nil
        while let line = try lines.next() {
            if ColumnLine.isBlank(line) {
                blankLines += 1
                if case .blankLines(let count) = boundary, blankLines == count, hasTokens { break }
                if blankLines == 1 { block.lines.append(line) }
                continue
            }
            blankLines = 0
            if boundary == .docstart, ColumnLine.opensDocument(line) {
                if hasTokens || block.opening != nil {
                    opening = line
                    break
                }
                block.opening = line
                continue
            }
            block.lines.append(line)
            hasTokens = true
            block.size += line.bytes.count + 1
            guard block.size <= limit else { throw CorpusError.tooLarge(file: file.path, limit: limit) }
        }
        guard hasTokens || block.opening != nil else { return nil }
        number += 1
        return block
    }
}
