import ClinicalText

/// Writes fields of the i2b2 line formats and counts what they cannot hold.
struct LineTokenWriter {
    /// The document that is written.
    let document: Document
    private let format: CorpusFormat
    private let offsets: LineTokenOffsets
    private let lowercases: Bool
    private let context: WriteContext

    /// A writer for a document; `lowercasing` its quoted texts, as most of these formats do.
    init(_ document: Document, format: CorpusFormat, lowercasing: Bool, context: WriteContext) {
        self.document = document
        self.format = format
        offsets = LineTokenOffsets(document.text)
        lowercases = lowercasing
        self.context = context
    }

    /// An entity as a field, or nothing if it holds no token or its text cannot be quoted, which is counted.
    ///
    /// Tokens are whole: an entity that begins or ends within one gets all of it, which is counted too. Its gaps are
    /// closed and counted unless `keepsGaps`.
    func field(_ name: String, _ entity: Entity, keepsGaps: Bool = false) -> String? {
        let spans = keepsGaps ? entity.spans : [entity.hull]
        let found = spans.compactMap(offsets.place)
        guard found.count == spans.count, let field = field(name, spans, found.map(\.place)) else {
            context.lose(.entity)
            return nil
        }
        if !keepsGaps { context.lose(.gap, count: entity.spans.count - 1) }
        context.lose(.boundary, count: found.count { !$0.isExact })
        return field
    }

    /// A value as a field, or nothing if the format cannot hold it.
    func field(_ name: String, _ value: String) -> String? {
        guard !name.isEmpty, name.utf8.allSatisfy(LineTokenParser.isInName), !value.utf8.contains(0x0A) else {
            return nil
        }
        let field = "\(name)=\"\(value)\""
        return value.utf8.contains(UInt8(ascii: "\"")) && !isRead(field, text: value, places: []) ? nil : field
    }

    /// A value that nobody may lose as a field.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    func required(_ name: String, _ value: String) throws -> String {
        guard let field = field(name, value) else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: value, format: format,
                rule: "it has no line break and no quotation mark before two bars; map it to another name")
        }
        return field
    }

    /// Counts what these formats have no place for: labels, kept lines, metadata, codes, provenance, and the attributes
    /// of entities and relations but those named.
    func countLosses(keeping attributes: (Entity) -> Set<String>, ofRelations: (Relation) -> Set<String>) {
        context.lose(.label, count: document.labels.count)
        context.lose(.line, count: document.uninterpreted.count)
        context.lose(.metadata, count: document.metadata.keys.count { $0 != "file" && $0 != "line" })
        for entity in document.entities {
            context.lose(.code, count: entity.codes.count)
            if entity.provenance != .gold || !entity.evidence.isEmpty { context.lose(.provenance) }
            let kept = attributes(entity)
            context.lose(.attribute, count: entity.attributes.keys.count { !kept.contains($0) })
        }
        for relation in document.relations {
            let kept = ofRelations(relation)
            context.lose(.attribute, count: relation.attributes.keys.count { !kept.contains($0) })
        }
    }

    private func field(_ name: String, _ spans: [TextSpan], _ places: [LineTokenPlace]) -> String? {
        // The text of whole tokens, as the places say.
        let texts = places.compactMap(offsets.span).map { Surface.singleBlanks(document.text.slice($0)) }
        let joined = texts.joined(separator: " ... ")
        let text = lowercases ? joined.lowercased() : joined
        let list = places.map(\.description).joined(separator: ",")
        let field = "\(name)=\"\(text)\" \(list)"
        return text.utf8.contains(UInt8(ascii: "\"")) && !isRead(field, text: text, places: places) ? nil : field
    }

    /// Whether a field with a quotation mark in its text is read as it was meant.
    private func isRead(_ field: String, text: String, places: [LineTokenPlace]) -> Bool {
        let record = try? LineTokenRecord(Array("\(field)||x=\"y\"".utf8)[...], line: 1, file: "")
        return record?.fields.count == 2 && record?.fields[0].text == text && record?.fields[0].places == places
    }
}
