import ClinicalText

/// Replacements in a text, and where its offsets are afterwards.
struct TextEdits {
    private struct Edit {
        let span: TextSpan
        let replacement: [UInt8]
    }

    private var edits: [Edit] = []

    /// No replacements.
    init() {}

    /// Whether the text stays as it is.
    var isEmpty: Bool { edits.isEmpty }

    /// Replaces a span, which must not overlap an earlier one.
    mutating func replace(_ span: TextSpan, by replacement: String) {
        edits.append(Edit(span: span, replacement: Array(replacement.utf8)))
    }

    /// The document with the replacements in its text and its mentions moved with them.
    ///
    /// A mention that covers a part of what is replaced covers all of the replacement; one of which nothing is left is
    /// removed.
    ///
    /// - Returns: the document, and how many mentions were removed.
    func applied(to document: Document) -> (document: Document, removed: Int) {
        let edits = edits.sorted { $0.span < $1.span }
        let bytes = Array(document.text.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var position = 0
        // Where each edit ends, before and after.
        var places: [(span: TextSpan, start: Int, end: Int)] = []
        for edit in edits {
            text += bytes[position..<edit.span.start]
            let start = text.count
            text += edit.replacement
            places.append((edit.span, start, text.count))
            position = edit.span.end
        }
        text += bytes[position...]

        var edited = document
        edited.text = String(decoding: text, as: UTF8.self)
        edited.entities = document.entities.compactMap { entity in
            var entity = entity
            entity.spans = entity.spans.map { span in
                let start = Self.moved(span.start, by: places, isEnd: false)
                return TextSpan(start: start, end: max(start, Self.moved(span.end, by: places, isEnd: true)))
            }
            if entity.spans.contains(where: { !$0.isEmpty }) { entity.spans.removeAll(where: \.isEmpty) }
            return entity.spans.allSatisfy(\.isEmpty) && !document.entities.isEmpty ? nil : entity
        }
        return (edited, document.entities.count - edited.entities.count)
    }

    /// Where an offset is after the edits.
    private static func moved(
        _ offset: Int, by places: [(span: TextSpan, start: Int, end: Int)], isEnd: Bool
    ) -> Int {
        // The last edit that begins before the offset.
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].span.start < offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return offset }
        let (span, start, end) = places[low - 1]
        if offset >= span.end { return offset - span.end + end }
        return isEnd ? end : start
    }
}
