import ClinicalText

/// Reads a record of the 2006 smoking files: its status becomes the label `SMOKING`.
enum I2B2Smoking2006Reader {
    /// The document of a record; unlabelled ones, as those of a test set, have no label.
    ///
    /// - Throws: ``CorpusError``.
    static func document(
        of record: XMLRecordReader.Record, file: InputSource, context: inout ReadContext
    ) throws -> Document {
        var read = try XMLRecordDocument(
            record, file: file, layout: I2B2Smoking2006Format.layout, context: &context)
        for element in read.content.elements where element.name == "SMOKING" {
            let label = try context.attempt(.label, document: read.document.id) { _ in
                var attributes = Dictionary(element.attributes.map { ($0.name, $0.value) }) { first, _ in first }
                guard let status = attributes.removeValue(forKey: "STATUS"), !status.isEmpty else {
                    throw CorpusError.malformed(
                        file: file.path, line: element.line, problem: "a SMOKING element without STATUS")
                }
                return DocumentLabel(name: element.name, value: status, attributes: attributes)
            }
            if let label { read.document.labels.append(label) }
        }
        read.keepElements(except: "SMOKING", file: file.path, context: &context)
        return read.document
    }
}
