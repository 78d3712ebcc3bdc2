import ClinicalText
import Essentials

/// CoNLL columns: a token a line with its tag, blank lines between sentences.
enum CoNLLFormat: WritableFormat {
    static let format = CorpusFormat.conll
    static let contents = "CoNLL files (.conll, .iob, .bio, .tsv, .txt)"
    static let extensions = ["conll", "iob", "iob2", "bio", "bioes", "bilou", "tsv", "txt"]
    static let readsFilesAlone = true
    static let writesFolder = false
    private static let ownExtensions: Set = ["conll", "iob", "iob2", "bio", "bioes", "bilou"]

    static func recognizes(_ head: FileHead) -> Bool {
        if ownExtensions.contains(head.ending) { return true }
        guard head.ending == "tsv" || head.ending == "txt" || head.ending.isEmpty else { return false }
        var lines: [LineReader.Line] = []
        for line in head.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            lines.append(.init(bytes: Array(line), number: lines.count + 1, offset: 0))
        }
        // The last line may be cut.
        if head.bytes.count >= 1 << 16 { lines.removeLast() }
        return CoNLLLayout.detected(in: lines[...], CoNLLOptions(), isStrict: true) != nil
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        let file = unit.main
        let lines = try ReplayedLines(try file.lines(options), lookingAt: CoNLLLayout.headSize)
        let layout = try layout(of: lines.head, file: file, options.conll)
        return ColumnParts(lines, file: file, boundary: layout.boundary, limit: options.maxFileBytes) {
            try CoNLLReader.document(of: $0, layout: layout, file: file, context: &$1)
        }
    }

    /// The layout of a file; one of documents without tokens has any.
    private static func layout(
        of head: ArraySlice<LineReader.Line>, file: InputSource, _ options: CoNLLOptions
    ) throws -> CoNLLLayout {
        if let layout = CoNLLLayout.detected(in: head, options, isStrict: false) { return layout }
        let hasTokens = head.contains { !ColumnLine.isBlank($0) && !ColumnLine.opensDocument($0) }
        guard !hasTokens else {
            throw CorpusError.malformed(
                file: file.path, line: nil,
                problem: "no column of tags such as B-TYPE, I-TYPE and O; set tagColumn to the one that holds them")
        }
        return CoNLLLayout(
            byTabs: true, columnCount: 2, token: 0, tag: 1, start: nil, hasPositions: true, scheme: .begin,
            boundary: options.boundary == .automatic ? .docstart : options.boundary)
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { file in
            var writer = CoNLLWriter(context: context)
            try feed { try file.write(writer.block(of: $0)) }
        }
    }
}
