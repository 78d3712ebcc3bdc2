import ClinicalText
import Essentials

/// Reads JSON Lines of ours; only `id` and `text` of a document are required.
struct JSONLinesReader {
    private let file: InputFile
    private let maxDepth: Int

    /// Reads the documents of one file in its order; blank lines do not count.
    ///
    /// - Throws: ``CorpusError``.
    static func read(_ file: InputFile, options: ReadOptions, faults: inout [CorpusFault]) throws -> [Document] {
        let reader = JSONLinesReader(file: file, maxDepth: options.maxDepth)
        var documents: [Document] = []
        var start = file.contentStart
        var line = 0
        let bytes = file.bytes
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            line += 1
            if !bytes[start..<end].allSatisfy(Surface.isSpace) {
                // Foundation would put replacement characters or refuse without telling where.
                _ = try InputFile.text(bytes[start..<end], offset: start, file: file.path)
                documents.append(try reader.document(from: bytes[start..<end], line: line, faults: &faults))
            }
            start = end + 1
        }
        return documents
    }

    private func document(
        from bytes: ArraySlice<UInt8>, line: Int, faults: inout [CorpusFault]
    ) throws -> Document {
        let record = try JSONFile.decode(
            JSONLinesRecord.self, from: bytes, file: file.path, line: line, maxDepth: maxDepth)
        var check = MentionCheck(file: file.path, text: record.text)
        var document = Document(
            id: record.id, text: record.text, metadata: record.metadata?.compactMapValues(\.text) ?? [:],
            relations: (record.relations ?? []).map { link in
                Relation(
                    id: link.id, type: link.type,
                    arguments: link.arguments.map { .init(role: $0.role, entityID: $0.entity) })
            },
            uninterpreted: record.uninterpreted ?? [])
        for key in record.unknownKeys {
            let nearest = NearestName.of(key, in: JSONLinesRecord.keys).map { "; did you mean \($0)?" } ?? ""
            check.note("the member \(key) of the document is not read\(nearest)", line: line)
        }
        if document.metadata["file"] == nil { document.metadata["file"] = file.name }
        for mention in record.entities ?? [] {
            document.entities.append(try entity(from: mention, line: line, check: &check))
        }
        faults += check.faults
        return document
    }

    private func entity(
        from mention: JSONLinesRecord.Mention, line: Int, check: inout MentionCheck
    ) throws -> Entity {
        let id = check.uniqueID(mention.id ?? "", line: line)
        let fragments = try mention.spans.map { pair in
            guard pair.count == 2 else { throw malformed(line, "entity \(id): a span is not [start, end]") }
            return (start: pair[0], end: pair[1])
        }
        guard !fragments.isEmpty else { throw malformed(line, "entity \(id) has no spans") }
        let entity = Entity(
            id: id, type: mention.type, spans: try check.spans(of: fragments, id: id, line: line),
            attributes: mention.attributes?.compactMapValues(\.text) ?? [:], codes: mention.codes ?? [],
            provenance: try provenance(of: mention, id: id, line: line), evidence: mention.evidence ?? [])
        check.check(entity, surface: mention.text, line: line)
        return entity
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
