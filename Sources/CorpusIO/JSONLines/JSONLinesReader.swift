import ClinicalText
import Essentials

/// Reads JSON Lines of ours; only `id` and `text` of a document are required.
struct JSONLinesReader {
    private let file: InputSource

    /// The document of a line.
    ///
    /// - Throws: ``CorpusError``.
    static func document(
        of line: LineReader.Line, file: InputSource, context: inout ReadContext
    ) throws -> Document {
        // Foundation would put replacement characters or refuse without telling where.
        _ = try InputFile.text(line.bytes[...], offset: line.offset, file: file.path)
        return try JSONLinesReader(file: file).document(from: line.bytes[...], line: line.number, context: &context)
    }

    private func document(
        from bytes: ArraySlice<UInt8>, line: Int, context: inout ReadContext
    ) throws -> Document {
        let record = try JSONFile.decode(
            JSONLinesRecord.self, from: bytes, file: file.path, line: line, maxDepth: context.options.maxDepth)
        var check = context.check(file: file.path, text: record.text, document: record.id)
        var document = Document(
            id: record.id, text: record.text, metadata: record.metadata?.compactMapValues(\.text) ?? [:],
            relations: (record.relations ?? []).map { link in
                Relation(
                    id: link.id, type: link.type,
                    arguments: link.arguments.map { .init(role: $0.role, entityID: $0.entity) },
                    attributes: link.attributes?.compactMapValues(\.text) ?? [:])
            },
            labels: (record.labels ?? []).map { label in
                DocumentLabel(
                    name: label.name, value: label.value ?? "",
                    attributes: label.attributes?.compactMapValues(\.text) ?? [:])
            },
            uninterpreted: record.uninterpreted ?? [])
        for key in record.unknownKeys {
            let nearest = NearestName.of(key, in: JSONLinesRecord.keys).map { "; did you mean \($0)?" } ?? ""
            check.note(.notInterpreted, "the member \(key) of the document is not read\(nearest)", line: line)
        }
        if document.metadata["file"] == nil { document.metadata["file"] = file.name }
        for mention in record.entities ?? [] {
            let read = try context.attempt(.entity, document: record.id) { _ in
                try entity(from: mention, line: line, check: &check)
            }
            if let entity = read ?? nil { document.entities.append(entity) }
        }
        context.take(check)
        return document
    }

    private func entity(
        from mention: JSONLinesRecord.Mention, line: Int, check: inout MentionCheck
    ) throws -> Entity? {
        let id = check.uniqueID(mention.id ?? "", line: line)
        let fragments = try mention.spans.map { pair in
            guard pair.count == 2 else { throw malformed(line, "entity \(id): a span is not [start, end]") }
            return (start: pair[0], end: pair[1])
        }
        guard !fragments.isEmpty else { throw malformed(line, "entity \(id) has no spans") }
        let entity = Entity(
            id: id, type: mention.type,
            spans: try check.spans(of: fragments, id: id, line: line, surface: mention.text),
            attributes: mention.attributes?.compactMapValues(\.text) ?? [:], codes: mention.codes ?? [],
            provenance: try provenance(of: mention, id: id, line: line), evidence: mention.evidence ?? [])
        return check.check(
            entity, surface: mention.text, line: line, scope: entity.attributes[I2B2Keys.parent])
    }

    /// Who says so; a tagger that gives no probability is taken to be sure.
    private func provenance(of mention: JSONLinesRecord.Mention, id: String, line: Int) throws -> Provenance {
        let probability = mention.probability ?? 1
        guard (0...1).contains(probability) else {
            throw malformed(line, "entity \(id): probability is not between 0 and 1")
        }
        switch mention.provenance ?? "gold" {
        case "gold": return .gold
        case "silver": return .silver(probability: probability)
        case "predicted": return .predicted(confidence: probability)
        default: throw malformed(line, "entity \(id): provenance is none of gold, silver, predicted")
        }
    }

    private func malformed(_ line: Int, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: line, problem: problem)
    }
}
