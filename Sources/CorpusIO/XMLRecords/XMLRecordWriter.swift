import ClinicalText
import Essentials

/// Writes the records of a format with many notes in one XML file.
struct XMLRecordWriter {
    let layout: XMLRecordLayout
    let context: WriteContext

    /// The start tag of a document's record, and the elements kept from the file it was read from.
    ///
    /// - Throws: ``CorpusError`` for an id that XML cannot hold, or none.
    func start(of document: Document, format: CorpusFormat) throws -> String {
        guard !document.id.isEmpty, XMLText.firstForbidden(in: document.id) == nil else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: document.id, format: format,
                rule: "the id is an attribute, so it has at least one character and none that XML cannot hold")
        }
        var attributes = [(name: layout.id, value: document.id)]
        for (key, value) in document.metadata.sorted(by: { $0.key < $1.key }) {
            let name = String(key.dropFirst(I2B2Keys.rootAttribute.count))
            if key.hasPrefix(I2B2Keys.rootAttribute), XMLText.isName(name), XMLText.firstForbidden(in: value) == nil {
                attributes.append((name, value))
            } else if key != "file" && key != "line" && !I2B2Keys.isOurs(key) {
                context.lose(.metadata)
            }
        }
        var xml = XMLText.startTag(layout.record, attributes: attributes) + ">\n"
        for line in document.uninterpreted {
            if XMLText.isElement(line) { xml += line + "\n" } else { context.lose(.line) }
        }
        return xml
    }

    /// Counts what a format without offsets loses of a document.
    func lose(_ document: Document, entities: Bool, labels: Bool) {
        if entities { context.lose(.entity, count: document.entities.count) }
        if labels { context.lose(.label, count: document.labels.count) }
        context.lose(.relation, count: document.relations.count)
    }

    /// Makes sure that XML can hold the document's text.
    ///
    /// - Throws: ``CorpusError/characterNotInXML(document:offset:character:)``.
    static func check(_ document: Document) throws {
        if let (offset, scalar) = XMLText.firstForbidden(in: document.text) {
            throw CorpusError.characterNotInXML(document: document.id, offset: offset, character: scalar.value)
        }
    }
}
