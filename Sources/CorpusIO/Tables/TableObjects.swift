import ClinicalText
import Essentials

/// The notes of a JSON file with one object, or an array of objects; the members are the columns.
enum TableObjects {
    /// The document of an object.
    ///
    /// - Throws: ``CorpusError``.
    static func document(of record: JSONRecord, context: inout ReadContext) throws -> Document {
        let object = try record.object()
        let options = context.options
        let names = object.members.map(\.name).sorted()
        let file = InputFile(path: record.source.path, bytes: [])
        // Whoever names the columns knows the table better.
        let layout = options.textColumn == nil ? NoteTable(names) : nil
        let column = try TableFormat.textColumn(among: names, file: file.path, options)
        let idColumn = options.idColumn ?? layout?.id
        func member(_ name: String) throws -> String {
            guard let value = object[name] else {
                throw CorpusError.missingColumn(file: file.path, column: name, available: names)
            }
            guard let text = value.scalar else {
                throw CorpusError.malformed(file: file.path, line: nil, problem: "\(name) is not a string")
            }
            return text
        }
        var document = try TableFormat.document(
            text: try member(column), id: try idColumn.map(member), number: record.isInArray ? record.number : nil,
            source: file, line: nil, context: &context)
        if options.keepColumns || layout != nil {
            for other in object.members where other.name != column && other.name != idColumn {
                if document.metadata[other.name] == nil { document.metadata[other.name] = other.value.scalar }
            }
        }
        if let patient = layout?.patient.flatMap({ object[$0]?.scalar }) { document.metadata["patient"] = patient }
        return document
    }
}
