import ClinicalText
import Essentials

/// The notes of a JSON file with one object, or an array of objects; the members are the columns.
struct TableObjects {
    private let file: InputFile
    private let options: ReadOptions

    init(_ file: InputFile, options: ReadOptions) {
        self.file = file
        self.options = options
    }

    /// The documents in the order of the file.
    ///
    /// - Throws: ``CorpusError``.
    func documents(_ context: inout ReadContext) throws -> [Document] {
        let bytes = file.bytes[file.contentStart...]
        _ = try file.text()
        let isArray = bytes.first { !Surface.isSpace($0) } == UInt8(ascii: "[")
        let objects =
            isArray
            ? try JSONFile.decode(
                [[String: JSONScalar]].self, from: bytes, file: file.path, line: nil, maxDepth: options.maxDepth)
            : [
                try JSONFile.decode(
                    [String: JSONScalar].self, from: bytes, file: file.path, line: nil, maxDepth: options.maxDepth)
            ]
        var documents: [Document] = []
        for (index, object) in objects.enumerated() {
            let document = try context.attempt(.document) { context in
                let column = try TableFormat.textColumn(among: object.keys.sorted(), file: file.path, options)
                let text = try member(column, of: object)
                let id = try options.idColumn.map { try member($0, of: object) }
                return try TableFormat.document(
                    text: text, id: id, number: isArray ? index + 1 : nil, source: file, line: nil, context: &context)
            }
            if let document { documents.append(document) }
        }
        return documents
    }

    private func member(_ name: String, of object: [String: JSONScalar]) throws -> String {
        guard let value = object[name] else {
            throw CorpusError.missingColumn(file: file.path, column: name, available: object.keys.sorted())
        }
        guard let text = value.text else {
            throw CorpusError.malformed(file: file.path, line: nil, problem: "\(name) is not a string")
        }
        return text
    }
}
