import ClinicalText
import Essentials

/// AutoNER's columns: a token a line, tied to the one before it (`O`) or after a break (`I`), its types, and whether
/// that is known (`S`) or not (`D`); `<s>` and `<eof>` around sentences.
///
/// Format: Shang et al., "Learning Named Entity Tagger using Domain-Specific Dictionary", EMNLP 2018, and its code.
enum AutoNERFormat: WritableFormat {
    static let format = CorpusFormat.autoner
    static let contents = "AutoNER files (.ck, .txt)"
    static let extensions = ["ck", "txt"]
    static let readsFilesAlone = true
    static let writesFolder = false

    static func recognizes(_ head: FileHead) -> Bool {
        for line in head.bytes.split(separator: 0x0A) {
            let columns = line.split(whereSeparator: Surface.isSpace)
            if columns.isEmpty || columns[0].starts(with: "-DOCSTART-".utf8) { continue }
            return (3...4).contains(columns.count) && columns[0].elementsEqual("<s>".utf8)
        }
        return false
    }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        let file = unit.main
        let lines = try ReplayedLines(try file.lines(options), lookingAt: CoNLLLayout.headSize)
        let isDivided = lines.head.contains(where: ColumnLine.opensDocument)
        let boundary = options.conll.boundary == .automatic ? (isDivided ? .docstart : .file) : options.conll.boundary
        return ColumnParts(lines, file: file, boundary: boundary, limit: options.maxFileBytes) {
            try AutoNERReader.document(of: $0, file: file, context: &$1)
        }
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { file in
            try feed { try file.write(AutoNERWriter.block(of: $0, context: context)) }
        }
    }
}
