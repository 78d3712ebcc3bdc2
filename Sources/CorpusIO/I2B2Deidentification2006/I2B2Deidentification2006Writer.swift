import ClinicalText

/// Writes a document as a record of the 2006 de-identification files.
///
/// The format has no offsets and no ids: mentions are marked in the text, so that one that crosses another is lost, and
/// the gaps of a discontinuous one are closed.
struct I2B2Deidentification2006Writer {
    private let document: Document
    private let context: WriteContext

    /// The record.
    ///
    /// - Throws: ``CorpusError`` for what XML cannot hold.
    static func record(of document: Document, context: WriteContext) throws -> String {
        let document = XMLText.replacingForbidden(in: document, context: context)
        return try I2B2Deidentification2006Writer(document: document, context: context).record()
    }

    private func record() throws -> String {
        try XMLRecordWriter.check(document)
        let writer = XMLRecordWriter(layout: I2B2Deidentification2006Format.layout, context: context)
        var xml = try writer.start(of: document, format: .i2b2Deidentification2006)
        xml += "<TEXT>"
        var place = 0
        func copy(to end: Int) {
            xml += XMLText.escapedText(document.text(of: TextSpan(start: place, end: end)))
            place = end
        }
        var open: [Int] = []
        for entity in nesting() {
            while let end = open.last, end <= entity.hull.start {
                copy(to: end)
                xml += "</PHI>"
                open.removeLast()
            }
            copy(to: entity.hull.start)
            xml += XMLText.startTag("PHI", attributes: try attributes(of: entity)) + ">"
            open.append(entity.hull.end)
        }
        while let end = open.popLast() {
            copy(to: end)
            xml += "</PHI>"
        }
        copy(to: document.text.utf8.count)
        writer.lose(document, entities: false, labels: true)
        return xml + "</TEXT>\n</RECORD>\n"
    }

    /// The entities that lie within or beside one another, outer ones first.
    private func nesting() -> [Entity] {
        let sorted = document.entities.enumerated().sorted { left, right in
            (left.element.hull.start, -left.element.hull.end, left.offset)
                < (right.element.hull.start, -right.element.hull.end, right.offset)
        }
        var open: [Int] = []
        return sorted.map(\.element).filter { entity in
            while let end = open.last, end <= entity.hull.start { open.removeLast() }
            if let end = open.last, entity.hull.end > end {
                context.lose(.entity)
                return false
            }
            open.append(entity.hull.end)
            return true
        }
    }

    private func attributes(of entity: Entity) throws -> [(name: String, value: String)] {
        if entity.isDiscontinuous { context.lose(.gap, count: entity.spans.count - 1) }
        if entity.provenance != .gold || !entity.evidence.isEmpty { context.lose(.provenance) }
        context.lose(.code, count: entity.codes.count)
        var attributes = [(name: "TYPE", value: entity.type)]
        for (name, value) in entity.attributes.sorted(by: { $0.key < $1.key }) {
            if name == "TYPE" || !XMLText.isName(name) || I2B2Keys.isOurs(name) {
                context.lose(.attribute)
            } else {
                attributes.append((name, value))
            }
        }
        for (_, value) in attributes {
            guard let (_, scalar) = XMLText.firstForbidden(in: value) else { continue }
            let offset = TextOffsets(document.text).codePointOffset(ofUTF8: entity.hull.start)
            throw CorpusError.characterNotInXML(document: document.id, offset: offset, character: scalar.value)
        }
        return attributes
    }
}
