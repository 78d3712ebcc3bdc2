import ClinicalText

/// Writes a document as a record of the 2006 smoking files; labels of other names and entities are lost and counted.
enum I2B2Smoking2006Writer {
    /// The record.
    ///
    /// - Throws: ``CorpusError`` for what XML cannot hold.
    static func record(of document: Document, context: WriteContext) throws -> String {
        let document = XMLText.replacingForbidden(in: document, context: context)
        try XMLRecordWriter.check(document)
        let writer = XMLRecordWriter(layout: I2B2Smoking2006Format.layout, context: context)
        var xml = try writer.start(of: document, format: .i2b2Smoking2006)
        for label in document.labels {
            guard label.name == "SMOKING", !label.value.isEmpty else {
                context.lose(.label)
                continue
            }
            xml +=
                XMLText.startTag("SMOKING", attributes: try attributes(of: label, document, context)) + "></SMOKING>\n"
        }
        writer.lose(document, entities: true, labels: false)
        return xml + "<TEXT>\(XMLText.escapedText(document.text))</TEXT>\n</RECORD>\n"
    }

    private static func attributes(
        of label: DocumentLabel, _ document: Document, _ context: WriteContext
    ) throws -> [(name: String, value: String)] {
        var attributes = [(name: "STATUS", value: label.value)]
        for (name, value) in label.attributes.sorted(by: { $0.key < $1.key }) {
            if name == "STATUS" || !XMLText.isName(name) || I2B2Keys.isOurs(name) {
                context.lose(.attribute)
            } else {
                attributes.append((name, value))
            }
        }
        for (_, value) in attributes {
            guard let (_, scalar) = XMLText.firstForbidden(in: value) else { continue }
            throw CorpusError.characterNotInXML(document: document.id, offset: 0, character: scalar.value)
        }
        return attributes
    }
}
