import ClinicalText
import Essentials

/// Writes CoNLL columns: token, offsets if they are asked for, further columns of the document, tag; tabs between.
///
/// Each document is opened by a line `-DOCSTART- (ID)`. All lines of a file have as many columns as the first
/// document has.
struct CoNLLWriter {
    private let context: WriteContext
    private let options: WriteOptions
    /// How many columns there are beside token, offsets and tag.
    private var otherCount: Int?

    init(context: WriteContext) {
        self.context = context
        options = context.options
    }

    /// The lines of a document.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)`` for an id or type with tabs or line breaks.
    mutating func block(of document: Document) throws -> String {
        let layout = TokenLayout.of(document, splitter: options.tokens)
        let tags = EntityTags(of: document, layout: layout, context: context)
        try check(document.id, of: document, "an id has no tab or line break and is not empty")
        for mention in tags.mentions {
            try check(mention.type, of: document, "a type has no tab or line break and is not empty")
        }
        let others = columns(of: document, count: layout.tokens.count)
        let starts = tags.uncut(layout.sentenceStarts)
        var bytes = Array(opening(of: document).utf8)
        let offsets = TextOffsets(document.text)
        var nextStart = starts.dropFirst().first
        var rest = starts.dropFirst()
        for (index, tag) in tags.spelled(options.tagging).enumerated() {
            if index == nextStart {
                bytes.append(0x0A)
                rest = rest.dropFirst()
                nextStart = rest.first
            }
            let token = layout.tokens[index]
            bytes += document.text(of: token).utf8.map { Surface.isSpace($0) ? 0x20 : $0 }
            if options.columnOffsets {
                let range = offsets.codePoints(of: token)
                bytes += "\t\(range.lowerBound)\t\(range.upperBound)".utf8
            }
            for column in others { bytes += "\t\(column[index])".utf8 }
            bytes += "\t\(tag)\n".utf8
        }
        bytes.append(0x0A)
        loseTheRest(of: document, layout: layout, starts: starts)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The opening line, which has as many columns as the others, and the comments.
    private func opening(of document: Document) -> String {
        let columns = (options.columnOffsets ? 2 : 0) + (otherCount ?? 0)
        var opening = "-DOCSTART- (\(document.id))" + String(repeating: "\t-X-", count: columns) + "\tO\n"
        for line in document.uninterpreted where Self.isComment(line) { opening += line + "\n" }
        return opening + "\n"
    }

    private static func isComment(_ line: String) -> Bool {
        line.utf8.first == UInt8(ascii: "#") && !line.utf8.contains { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    /// The document's further columns, as many as the first document has.
    private mutating func columns(of document: Document, count: Int) -> [[Substring]] {
        let columns = (0..<CoNLLKeys.columnCount(in: document.metadata)).map { number in
            (document.metadata[CoNLLKeys.column(number + 1)] ?? "")
                .split(separator: "\t", omittingEmptySubsequences: false)
        }
        // An empty string is one empty value or none.
        let fitting = columns.filter { $0.count == count || count == 0 }.map { count == 0 ? [] : $0 }
        let wanted = otherCount ?? fitting.count
        otherCount = wanted
        context.lose(.attribute, count: max(0, columns.count - wanted) * count)
        let missing = max(0, wanted - fitting.count)
        return fitting.prefix(wanted)
            + [[Substring]](repeating: [Substring](repeating: "_", count: count), count: missing)
    }

    private func check(_ name: String, of document: Document, _ rule: String) throws {
        guard !name.isEmpty, !name.utf8.contains(where: { $0 < 0x20 }) else {
            throw CorpusError.nameNotInFormat(document: document.id, name: name, format: .conll, rule: rule)
        }
    }

    private func loseTheRest(of document: Document, layout: TokenLayout, starts: [Int]) {
        context.lose(
            .whiteSpace,
            count: layout.changedGaps(in: document.text, starts: starts, withOffsets: options.columnOffsets))
        for entity in document.entities {
            context.loseAttributes(entity.attributes)
            context.lose(.code, count: entity.codes.count)
            context.loseProvenance(of: entity)
        }
        context.lose(.relation, count: document.relations.count)
        context.lose(.label, count: document.labels.count)
        context.lose(.metadata, count: document.metadata.keys.count { !LayoutKeys.contains($0) })
        context.lose(.line, count: document.uninterpreted.count { !Self.isComment($0) })
    }
}
