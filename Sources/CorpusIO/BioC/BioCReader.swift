import ClinicalText
import Essentials

/// Makes a document of one of a BioC file.
///
/// Annotations with locations become entities, several locations a discontinuous one; annotations without become
/// labels. The infon `type` is the type, identifiers become codes, all others attributes.
struct BioCReader {
    private let file: InputSource
    private let source: BioCDocument
    private let laid: BioCLaidText

    /// The document.
    ///
    /// - Throws: ``CorpusError``.
    static func document(
        _ source: BioCDocument, of collection: BioCCollection, file: InputSource, context: inout ReadContext
    ) throws -> Document {
        guard !source.id.isEmpty else {
            throw CorpusError.malformed(file: file.path, line: source.line, problem: "a document without an id")
        }
        let laid = try BioCUnitChoice.laidText(of: source, file: file.path)
        let reader = BioCReader(file: file, source: source, laid: laid)
        var document = Document(id: source.id, text: laid.text, metadata: reader.metadata(collection))
        var check = context.check(file: file.path, text: laid.text, document: source.id)
        reader.noteLayout(&check)
        for (container, annotation) in reader.annotations {
            if annotation.locations.isEmpty {
                document.labels.append(
                    reader.label(annotation, in: container, number: document.labels.count))
                continue
            }
            let read = try context.attempt(.entity, document: source.id) { _ in
                try reader.entity(annotation, in: container, check: &check)
            }
            if let entity = read ?? nil { document.entities.append(entity) }
        }
        for (container, relation) in reader.relations {
            document.relations.append(
                reader.relation(relation, in: container, number: document.relations.count))
        }
        context.take(check)
        return document
    }

    /// All annotations with where they stand: those of passages and sentences first.
    private var annotations: [(String, BioCDocument.Annotation)] {
        collected(\.annotations) + source.annotations.map { (BioCKeys.document, $0) }
    }

    private var relations: [(String, BioCDocument.Relation)] {
        collected(\.relations) + source.relations.map { (BioCKeys.document, $0) }
    }

    private func collected<Item>(_ items: (BioCDocument.Passage) -> [Item]) -> [(String, Item)] {
        source.passages.enumerated().flatMap { number, passage in
            items(passage).map { (String(number), $0) }
                + passage.sentences.enumerated().flatMap { index, sentence in
                    items(sentence).map { ("\(number).\(index)", $0) }
                }
        }
    }

    private func metadata(_ collection: BioCCollection) -> [String: String] {
        var metadata = ["file": file.name, BioCKeys.passages: laid.structure.encoded]
        metadata["line"] = source.line.map { String($0) }
        metadata[BioCKeys.collection] = BioCText.encoded(collection)
        for (key, value) in source.infons.values {
            metadata[LayoutKeys.contains(key) ? BioCKeys.infon + key : key] = value
        }
        return metadata
    }

    private func noteLayout(_ check: inout MentionCheck) {
        if laid.unit != .codePoints {
            check.note(
                .offsetUnit, "offsets count \(laid.unit.words), not code points; they are converted",
                line: source.line, fix: "count code points", isRepaired: true)
        }
        for (container, line) in laid.moved {
            check.note(
                .malformed,
                "the passage or sentence \(container) begins before the end of the one before it; "
                    + "it is laid behind it and its annotations move along", line: line, fix: "correct its offset",
                isRepaired: true)
        }
        var repeated = source.infons.repeated
        for passage in source.passages {
            repeated += passage.infons.repeated + passage.sentences.flatMap(\.infons.repeated)
        }
        repeated += annotations.flatMap(\.1.infons.repeated) + relations.flatMap(\.1.infons.repeated)
        for key in repeated {
            check.note(
                .notInterpreted, "an infon \(key) is given again; the second is now called \(key) (2)",
                line: source.line)
        }
    }

    private func entity(
        _ annotation: BioCDocument.Annotation, in container: String, check: inout MentionCheck
    ) throws -> Entity? {
        let id = check.uniqueID(annotation.id, line: annotation.line)
        let fragments = try annotation.locations.map { location in
            let end = location.start.addingReportingOverflow(location.length)
            guard !end.overflow, location.length >= 0 else {
                throw malformed(annotation.line, "entity \(id): a location has no length that is a number from 0 on")
            }
            guard let first = laid.codePoint(of: location.start, in: container),
                let last = laid.codePoint(of: end.partialValue, in: container)
            else {
                throw malformed(
                    annotation.line,
                    "entity \(id): a location begins or ends outside the text or within a character, counted in "
                        + laid.unit.words)
            }
            return (start: first, end: last)
        }
        let infons = annotation.infons.values
        var entity = Entity(
            id: id, type: infons["type"] ?? BioCKeys.noType,
            spans: try check.spans(of: fragments, id: id, line: annotation.line, surface: annotation.text),
            attributes: infons.filter { $0.key != "type" && !BioCCodes.isIdentifier($0.key) },
            codes: BioCCodes.codes(in: infons))
        entity.attributes.merge(BioCCodes.kept(of: infons)) { $1 }
        if infons["type"] == nil {
            entity.attributes[BioCKeys.untyped] = "true"
            check.note(
                .notInterpreted, "entity \(id) has no infon type; its type is \(BioCKeys.noType)", line: annotation.line
            )
        }
        let start = check.offsets.codePointOffset(ofUTF8: entity.hull.start)
        if laid.structure.container(at: start) != container { entity.attributes[BioCKeys.container] = container }
        let isOrdered = zip(fragments, fragments.dropFirst()).allSatisfy { $0.end <= $1.start }
        return check.check(entity, surface: isOrdered ? annotation.text : nil, line: annotation.line)
    }

    private func label(
        _ annotation: BioCDocument.Annotation, in container: String, number: Int
    ) -> DocumentLabel {
        var attributes = annotation.infons.values.filter { $0.key != "type" }
        if annotation.id != "L\(number)" { attributes[BioCKeys.id] = annotation.id }
        if container != BioCKeys.document { attributes[BioCKeys.container] = container }
        let type = annotation.infons.values["type"]
        if type == nil { attributes[BioCKeys.untyped] = "true" }
        return DocumentLabel(
            name: type ?? BioCKeys.noType, value: annotation.text ?? "", attributes: attributes)
    }

    private func relation(
        _ relation: BioCDocument.Relation, in container: String, number: Int
    ) -> Relation {
        let typed = relation.infons.first(of: ["type", "relation", "relation type"])
        var attributes = relation.infons.values
        if let typed { attributes[typed.key] = nil }
        if typed?.key != "type" { attributes[BioCKeys.typeKey] = typed?.key ?? "" }
        if container != BioCKeys.document { attributes[BioCKeys.container] = container }
        return Relation(
            id: relation.id.isEmpty ? "R\(number)" : relation.id, type: typed?.value ?? BioCKeys.noType,
            arguments: relation.nodes.map { .init(role: $0.role, entityID: $0.id) }, attributes: attributes)
    }

    private func malformed(_ line: Int?, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: line, problem: problem)
    }
}
