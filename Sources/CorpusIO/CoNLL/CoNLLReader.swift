import ClinicalText
import Essentials

/// Reads one document of a CoNLL file.
///
/// Without offsets, tokens stand a blank apart and sentences a line feed; with offsets, gaps are filled up so that the
/// offsets are those of the text.
struct CoNLLReader {
    private let file: InputSource
    private let layout: CoNLLLayout
    private var text = TokenText()
    private var tags: [EntityTag] = []
    private var lines: [Int] = []
    private var others: [[String]]

    /// The document of a block of lines.
    ///
    /// - Throws: ``CorpusError``.
    static func document(
        of block: ColumnParts.Block, layout: CoNLLLayout, file: InputSource, context: inout ReadContext
    ) throws -> Document {
        let named = try block.opening.flatMap { try ColumnLine.id(inOpening: $0, file: file) }
        let id = named ?? block.number.map { "\(file.stem)-\($0)" } ?? file.stem
        var reader = CoNLLReader(file: file, layout: layout, others: layout.others.map { _ in [] })
        var comments: [String] = []
        for line in block.lines {
            if ColumnLine.isBlank(line) {
                reader.text.endSentence()
            } else if layout.isComment(line) && !ColumnLine.closesDocument(line) {
                comments.append(try reader.string(ColumnLine.content(line), of: line))
            } else if layout.isToken(line) {
                _ = try context.attempt(.line, document: id) { _ in try reader.add(line) }
            }
        }
        return reader.document(id: id, comments: comments, block: block, context: &context)
    }

    private init(file: InputSource, layout: CoNLLLayout, others: [[String]]) {
        self.file = file
        self.layout = layout
        self.others = others
    }

    private mutating func add(_ line: LineReader.Line) throws {
        let columns = ColumnLine.columns(line, byTabs: layout.byTabs)
        guard columns.count == layout.columnCount else {
            throw malformed(line, "\(columns.count) columns instead of \(layout.columnCount)")
        }
        let token = columns[layout.token]
        guard !token.isEmpty else { throw malformed(line, "an empty token") }
        _ = try string(token, of: line)
        let tag = try tag(columns[layout.tag], of: line)
        let rest = try layout.others.map { try string(columns[$0], of: line) }
        var start: Int?
        if let column = layout.start {
            guard let first = CoNLLLayout.number(columns[column]), let last = CoNLLLayout.number(columns[column + 1])
            else { throw malformed(line, "the offsets are not whole numbers") }
            let length = token.count { $0 & 0xC0 != 0x80 }
            guard last - first == length else {
                throw malformed(
                    line, "the offsets are \(last - first) apart, but the token has \(length) code points")
            }
            start = first
        }
        if let problem = text.add(token, at: start) { throw malformed(line, problem) }
        tags.append(tag)
        lines.append(line.number)
        for (index, value) in rest.enumerated() { others[index].append(value) }
    }

    private func tag(_ bytes: ArraySlice<UInt8>, of line: LineReader.Line) throws -> EntityTag {
        let text = try string(bytes, of: line)
        if layout.hasPositions {
            if let tag = EntityTag(text.utf8) { return tag }
            throw malformed(line, "the tag is none of O, B-TYPE, I-TYPE, E-TYPE, S-TYPE and their like")
        }
        return text == "O" || text.isEmpty ? .outside : EntityTag(position: .inside, type: text)
    }

    private func document(
        id: String, comments: [String], block: ColumnParts.Block, context: inout ReadContext
    ) -> Document {
        var document = Document(id: id, text: text.text, metadata: ["file": file.name], uninterpreted: comments)
        if block.number != nil { document.metadata["line"] = String(block.firstLine) }
        document.metadata.merge(text.layout.metadata(for: document.text)) { $1 }
        // Without tokens there is nothing in the columns, however many the file has.
        for (index, values) in others.enumerated() where !text.layout.tokens.isEmpty {
            document.metadata[CoNLLKeys.column(index + 1)] = values.joined(separator: "\t")
        }
        var check = context.check(file: file.path, text: document.text, document: id)
        if !comments.isEmpty {
            check.note(
                .notInterpreted, "comment lines that are kept but not interpreted: \(comments.count)",
                line: block.firstLine)
        }
        let decoded = TagDecoder(tags, sentenceStarts: text.layout.sentenceStarts, scheme: layout.scheme)
        for token in decoded.odd {
            check.note(
                .invalidTag, "the tag cannot stand here; mentions are read as conlleval reads them", line: lines[token],
                at: text.layout.tokens[token], fix: "begin the mention with its first tag and end it with its last",
                isRepaired: true)
        }
        for mention in decoded.mentions {
            let tokens = text.layout.tokens[mention.tokens]
            guard let first = tokens.first, let last = tokens.last else { continue }
            let line = lines[mention.tokens.lowerBound]
            let entity = Entity(
                id: check.uniqueID("", line: line), type: mention.type, spans: [first.union(last)])
            if let entity = check.check(entity, surface: nil, line: line) { document.entities.append(entity) }
        }
        context.take(check)
        return document
    }

    private func string(_ bytes: ArraySlice<UInt8>, of line: LineReader.Line) throws -> String {
        try InputFile.text(bytes, offset: line.offset + bytes.startIndex, file: file.path)
    }

    private func malformed(_ line: LineReader.Line, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: line.number, problem: problem)
    }
}
