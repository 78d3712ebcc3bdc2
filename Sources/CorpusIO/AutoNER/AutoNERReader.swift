import ClinicalText
import Essentials

/// Reads one document of an AutoNER file: what stands between two breaks and has types is an entity of each type.
///
/// A file that says what is unknown holds the dictionaries' labels, which are silver; one that does not holds gold.
struct AutoNERReader {
    /// A line's columns.
    private struct Row {
        let isBreak: Bool
        let types: String
        let line: Int
    }

    private let file: InputSource
    private var text = TokenText()
    private var rows: [Row] = []
    private var unknown: [Int] = []
    private var ties: [Int] = []
    /// Whether the file says what is unknown.
    private var isWeak = false

    /// The document of a block of lines.
    ///
    /// - Throws: ``CorpusError``.
    static func document(
        of block: ColumnParts.Block, file: InputSource, context: inout ReadContext
    ) throws -> Document {
        let named = try block.opening.flatMap { try ColumnLine.id(inOpening: $0, file: file) }
        let id = named ?? block.number.map { "\(file.stem)-\($0)" } ?? file.stem
        var reader = AutoNERReader(file: file)
        for line in block.lines {
            if ColumnLine.isBlank(line) {
                reader.text.endSentence()
            } else if !ColumnLine.opensDocument(line) {
                _ = try context.attempt(.line, document: id) { _ in try reader.add(line) }
            }
        }
        var document = Document(id: id, text: reader.text.text, metadata: ["file": file.name])
        if block.number != nil { document.metadata["line"] = String(block.firstLine) }
        document.metadata.merge(reader.text.layout.metadata(for: document.text)) { $1 }
        reader.addEntities(to: &document, context: &context)
        return document
    }

    private init(file: InputSource) { self.file = file }

    private mutating func add(_ line: LineReader.Line) throws {
        let columns = ColumnLine.columns(line, byTabs: false)
        guard (3...4).contains(columns.count) else {
            throw malformed(line, "a line must read TOKEN, I or O, TYPES, and S or D if it is known which")
        }
        // They stand for the ends of the sentence, not for a token.
        if columns[0].elementsEqual("<s>".utf8) || columns[0].elementsEqual("<eof>".utf8) {
            text.endSentence()
            return
        }
        let isUnknown = columns.count == 4 && columns[3].elementsEqual("D".utf8)
        guard columns.count == 3 || isUnknown || columns[3].elementsEqual("S".utf8) else {
            throw malformed(line, "the fourth column is neither S nor D")
        }
        let isBreak = columns[1].elementsEqual("I".utf8) || columns[1].elementsEqual("B".utf8)
        guard isBreak || columns[1].elementsEqual("O".utf8) else {
            throw malformed(line, "the second column is neither I, a break, nor O, a tie")
        }
        _ = try InputFile.text(
            columns[0], offset: line.offset + columns[0].startIndex, file: file.path)
        let types = try InputFile.text(
            columns[2], offset: line.offset + columns[2].startIndex, file: file.path)
        if let problem = text.add(columns[0], at: nil) { throw malformed(line, problem) }
        if columns.count == 4 { isWeak = true }
        if isUnknown { unknown.append(rows.count) }
        rows.append(Row(isBreak: isBreak, types: types == "None" ? "" : types, line: line.number))
    }

    private mutating func addEntities(to document: inout Document, context: inout ReadContext) {
        var check = context.check(file: file.path, text: document.text, document: document.id)
        let tokens = text.layout.tokens
        var starts = text.layout.sentenceStarts[...]
        var index = 0
        while index < rows.count {
            let first = index
            if starts.first == first { starts = starts.dropFirst() }
            let row = rows[first]
            index += 1
            if row.types.isEmpty {
                if !row.isBreak && !unknown.contains(sorted: first) { ties.append(first) }
                continue
            }
            while index < rows.count, index != starts.first, !rows[index].isBreak, rows[index].types == row.types {
                index += 1
            }
            if !row.isBreak {
                check.note(
                    .invalidTag, "a token is tied to one without its types; a mention begins here", line: row.line,
                    at: tokens[first], fix: "give tied tokens the same types", isRepaired: true)
            }
            let span = tokens[first].union(tokens[index - 1])
            for type in row.types.split(separator: ",") {
                var entity = Entity(
                    id: check.uniqueID("", line: row.line), type: String(type), spans: [span])
                if isWeak {
                    entity.provenance = .silver(probability: 1)
                    entity.evidence = [AutoNERKeys.evidence]
                }
                if let entity = check.check(entity, surface: nil, line: row.line) { document.entities.append(entity) }
            }
        }
        if isWeak { document.metadata[AutoNERKeys.unknown] = AutoNERKeys.encoded(unknown) }
        if !ties.isEmpty { document.metadata[AutoNERKeys.ties] = AutoNERKeys.encoded(ties) }
        context.take(check)
    }

    private func malformed(_ line: LineReader.Line, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: line.number, problem: problem)
    }
}

extension [Int] {
    /// Whether an ascending array holds a number.
    fileprivate func contains(sorted number: Int) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == number
    }
}
