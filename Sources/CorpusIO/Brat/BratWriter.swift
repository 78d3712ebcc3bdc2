import ClinicalText
import Essentials

/// Writes brat standoff: the note as it is, and its annotations, in the lines they were read from where these still say
/// the same.
///
/// brat reads no mention across a line break, so there a mention becomes fragments, as brat itself writes it. The
/// format holds no provenance, no document labels and no metadata. Lines that refer to an annotation that is gone would
/// stop brat and are left out.
struct BratWriter {
    private let document: Document
    private let offsets: TextOffsets

    init(_ document: Document) {
        self.document = document
        offsets = TextOffsets(document.text)
    }

    /// The content of the `.ann` file.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)`` for types with blanks.
    static func annotations(of document: Document, context: WriteContext) throws -> String {
        context.loseProvenance(of: document)
        context.loseMetadata(of: document)
        context.lose(.label, count: document.labels.count)
        return try BratOutput.text(of: document, writer: BratWriter(document), context: context)
    }

    /// The line of an entity.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    func line(of entity: Entity, id: String) throws -> String {
        "\(id)\t\(try checked(entity.type)) \(fragments(of: entity))"
    }

    /// The line of a relation, an event or an equivalence.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    func line(of relation: Relation, ids: BratIDs, id: String) throws -> String {
        let type = try checked(relation.type)
        let names = relation.arguments.map { ids.name(of: $0.entityID) }
        if id == "*" { return "*\t\(type) \(names.joined(separator: " "))" }
        var arguments = try zip(relation.arguments, names).map { "\(try checked($0.role)):\($1)" }
        guard BratIDs.isEvent(relation) else { return "\(id)\t\(type) \(arguments.joined(separator: " "))" }
        arguments[0] = "\(type):\(names[0])"
        return "\(id)\t\(arguments.joined(separator: " "))"
    }

    /// Whether a mention's line still says what `entity` says.
    func says(_ mention: BratLine.Mention, _ entity: Entity) -> Bool {
        guard mention.type == entity.type else { return false }
        var spans: [TextSpan] = []
        for fragment in mention.fragments.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            guard let span = offsets.span(ofCodePoints: fragment.start, fragment.end) else { return false }
            if let last = spans.last, last.overlaps(span) {
                spans[spans.count - 1] = last.union(span)
            } else {
                spans.append(span)
            }
        }
        return spans == entity.spans
    }

    /// The surface of an entity as brat writes it.
    func surface(of entity: Entity) -> String {
        Surface.singleLine(text: document.text, spans: lineFragments(of: entity))
    }

    /// `0 5;6 9 TAB surface`.
    private func fragments(of entity: Entity) -> String {
        let spans = lineFragments(of: entity)
        let list = spans.map { span in
            let range = offsets.codePoints(of: span)
            return "\(range.lowerBound) \(range.upperBound)"
        }
        return list.joined(separator: ";") + "\t" + Surface.singleLine(text: document.text, spans: spans)
    }

    /// The spans of an entity, split at line breaks.
    private func lineFragments(of entity: Entity) -> [TextSpan] {
        var spans: [TextSpan] = []
        for span in entity.spans {
            var start = span.start
            for (offset, byte) in zip(span.range, document.text(of: span).utf8) where byte == 0x0A || byte == 0x0D {
                if start < offset { spans.append(TextSpan(start: start, end: offset)) }
                start = offset + 1
            }
            if start < span.end { spans.append(TextSpan(start: start, end: span.end)) }
        }
        return spans.isEmpty ? [entity.hull] : spans
    }

    private func checked(_ type: String) throws -> String {
        guard !type.isEmpty, !type.utf8.contains(where: Surface.isSpace) else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: type, format: .brat, rule: "a type has no blanks; map it to another name")
        }
        return type
    }
}
