import ClinicalText

extension BioCDocument {
    /// A document in BioC's structure: in the passages it was read from, or in one.
    ///
    /// Labels become annotations without a location. The format holds no provenance.
    init(_ document: Document, context: WriteContext) {
        let offsets = TextOffsets(document.text)
        let structure = BioCStructure.of(document, offsets: offsets)
        id = document.id
        for (key, value) in document.metadata where key.hasPrefix(BioCKeys.infon) || !LayoutKeys.contains(key) {
            infons.add(key.hasPrefix(BioCKeys.infon) ? String(key.dropFirst(BioCKeys.infon.count)) : key, value)
        }
        passages = structure.passages.map { Self.passage($0, of: document, offsets: offsets) }
        for entity in document.entities {
            let annotation = Self.annotation(of: entity, in: document, offsets: offsets)
            let start = offsets.codePointOffset(ofUTF8: entity.hull.start)
            put(entity.attributes[BioCKeys.container] ?? structure.container(at: start)) {
                $0.annotations.append(annotation)
            } inDocument: {
                $0.annotations.append(annotation)
            }
            context.loseProvenance(of: entity)
        }
        for (number, label) in document.labels.enumerated() {
            let annotation = Self.annotation(of: label, number: number)
            put(label.attributes[BioCKeys.container]) {
                $0.annotations.append(annotation)
            } inDocument: {
                $0.annotations.append(annotation)
            }
        }
        for relation in document.relations {
            let written = Self.relation(relation)
            put(relation.attributes[BioCKeys.container]) {
                $0.relations.append(written)
            } inDocument: {
                $0.relations.append(written)
            }
        }
        context.lose(.line, count: document.uninterpreted.count)
    }

    /// Puts something into the passage, sentence or document that `container` names.
    private mutating func put(
        _ container: String?, inPassage: (inout Passage) -> Void, inDocument: (inout BioCDocument) -> Void
    ) {
        let numbers = (container ?? BioCKeys.document).split(separator: ".").map { Int($0) ?? -1 }
        guard let passage = numbers.first, passages.indices.contains(passage) else { return inDocument(&self) }
        guard numbers.count > 1, passages[passage].sentences.indices.contains(numbers[1]) else {
            return inPassage(&passages[passage])
        }
        inPassage(&passages[passage].sentences[numbers[1]])
    }

    private static func passage(
        _ passage: BioCStructure.Passage, of document: Document, offsets: TextOffsets
    ) -> Passage {
        var written = Passage(offset: passage.offset)
        for (key, value) in passage.infons { written.infons.add(key, value) }
        written.text = passage.length.flatMap { length in
            offsets.span(ofCodePoints: passage.offset, passage.offset + length).map { String(document.text(of: $0)) }
        }
        written.sentences = passage.sentences.map { self.passage($0, of: document, offsets: offsets) }
        return written
    }

    private static func annotation(of entity: Entity, in document: Document, offsets: TextOffsets) -> Annotation {
        var annotation = Annotation(id: entity.id, text: document.surface(of: entity))
        if entity.attributes[BioCKeys.untyped] == nil { annotation.infons.add("type", entity.type) }
        let attributes = entity.attributes.filter { !LayoutKeys.contains($0.key) }
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) { annotation.infons.add(key, value) }
        let said = Set(BioCCodes.codes(in: attributes))
        for (key, value) in BioCCodes.infons(of: entity.codes.filter { !said.contains($0) }) {
            annotation.infons.add(key, value)
        }
        annotation.locations = entity.spans.map { span in
            let range = offsets.codePoints(of: span)
            return (range.lowerBound, range.count)
        }
        return annotation
    }

    private static func annotation(of label: DocumentLabel, number: Int) -> Annotation {
        var annotation = Annotation(id: label.attributes[BioCKeys.id] ?? "L\(number)", text: label.value)
        if label.attributes[BioCKeys.untyped] == nil { annotation.infons.add("type", label.name) }
        for (key, value) in label.attributes.sorted(by: { $0.key < $1.key }) where !LayoutKeys.contains(key) {
            annotation.infons.add(key, value)
        }
        return annotation
    }

    private static func relation(_ relation: ClinicalText.Relation) -> Relation {
        var written = Relation(id: relation.id)
        let typeKey = relation.attributes[BioCKeys.typeKey] ?? "type"
        if !typeKey.isEmpty { written.infons.add(typeKey, relation.type) }
        for (key, value) in relation.attributes.sorted(by: { $0.key < $1.key }) where !LayoutKeys.contains(key) {
            written.infons.add(key, value)
        }
        written.nodes = relation.arguments.map { ($0.entityID, $0.role) }
        return written
    }
}
