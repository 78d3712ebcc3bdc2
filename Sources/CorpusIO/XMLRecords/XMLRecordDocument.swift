import ClinicalText

/// A record as a document without annotations, and what its format makes annotations of.
struct XMLRecordDocument {
    /// The content.
    let content: XMLRecordContent
    /// The document with its text and metadata.
    var document: Document

    /// Parses a record. `repair` may put its bytes right when they are not well-formed, and notes that it did.
    ///
    /// - Throws: ``CorpusError``.
    init(
        _ record: XMLRecordReader.Record, file: InputSource, layout: XMLRecordLayout, context: inout ReadContext,
        repair: (inout [UInt8], XMLSyntaxError, inout ReadContext) -> Bool = { _, _, _ in false }
    ) throws {
        let invalid = record.bytes.withUnsafeBufferPointer { UTF8Check.firstInvalid(in: $0) }
        if let invalid { throw CorpusError.notUTF8(file: file.path, byte: record.offset + invalid) }
        content = try Self.content(of: record, file: file.path, layout: layout, context: &context, repair: repair)
        guard let id = content.attributes.first(where: { $0.name == layout.id })?.value, !id.isEmpty else {
            throw CorpusError.malformed(
                file: file.path, line: record.line, problem: "a \(layout.record) element without \(layout.id)")
        }
        guard let text = content.text else {
            throw CorpusError.malformed(
                file: file.path, line: record.line, problem: "a \(layout.record) element without \(layout.text)")
        }
        document = Document(id: id, text: text, metadata: ["file": file.name, "line": String(record.line)])
        for (name, value) in content.attributes where name != layout.id {
            document.metadata[I2B2Keys.rootAttribute + name] = value
        }
    }

    /// Keeps the elements beside the text that are not interpreted.
    mutating func keepElements(except known: String?, file: String, context: inout ReadContext) {
        for element in content.elements where element.name != known {
            document.uninterpreted.append(element.xml)
            context.note(
                CorpusFault(
                    .notInterpreted, file: file, line: element.line, document: document.id,
                    message: "the element \(element.name) beside the text is kept but not interpreted"))
        }
    }

    private static func content(
        of record: XMLRecordReader.Record, file: String, layout: XMLRecordLayout, context: inout ReadContext,
        repair: (inout [UInt8], XMLSyntaxError, inout ReadContext) -> Bool
    ) throws -> XMLRecordContent {
        var bytes = record.bytes
        var isRepaired = false
        while true {
            do {
                let content = XMLRecordContent(file: file, layout: layout)
                try XMLEventParser.parse(
                    bytes, file: file, maxDepth: context.options.maxDepth, firstLine: record.line, isUTF8: true,
                    sink: content)
                return content
            } catch let error as XMLSyntaxError {
                guard !isRepaired, repair(&bytes, error, &context) else { throw error.corpusError }
                isRepaired = true
            }
        }
    }
}
