import ClinicalText
import Essentials

/// Reads BioC JSON: a collection, an array of collections as PubMed Central serves them, or PubTator's export.
struct BioCJSONReader {
    private static let documentKeys: Set = ["documents", "PubTator3"]
    private let file: InputFile
    private let source: InputSource

    /// The documents of a file.
    ///
    /// - Throws: ``CorpusError``.
    static func documents(of source: InputSource, context: inout ReadContext) throws -> [Document] {
        let file = try source.load(context.options)
        // Foundation would put replacement characters or refuse without telling where.
        _ = try file.text()
        let reader = BioCJSONReader(file: file, source: source)
        let value = try JSONSlices.value(of: file)
        guard value.kind == UInt8(ascii: "[") else { return try reader.documents(inCollection: value, &context) }
        return try JSONSlices.elements(of: value, file: file.path).flatMap {
            try reader.documents(inCollection: $0, &context)
        }
    }

    private func documents(
        inCollection value: JSONSlices.Value, _ context: inout ReadContext
    ) throws -> [Document] {
        var collection = BioCCollection()
        var documents: [JSONSlices.Value]?
        for (name, value) in try JSONSlices.members(of: value, file: file.path) {
            switch name {
            case _ where Self.documentKeys.contains(name):
                documents = try JSONSlices.elements(of: value, file: file.path)
            case "infons":
                collection.infons = try decode([String: BioCJSONValue].self, value, context).compactMapValues(\.text)
            case "source", "date", "key", "version":
                let text = try decode(JSONScalar.self, value, context).text ?? ""
                if name == "source" { collection.source = text }
                if name == "date" { collection.date = text }
                if name == "key" { collection.key = text }
                if name == "version" { collection.version = text }
            case "_id", "bioctype", "documentSize":
                // What the reference implementations add for themselves.
                continue
            default:
                context.note(
                    CorpusFault(
                        .notInterpreted, file: file.path, line: value.line, message: "the member \(name) is not read"))
            }
        }
        guard let documents else {
            throw CorpusError.malformed(
                file: file.path, line: value.line, problem: "documents is missing; is this a BioC file?")
        }
        return try documents.compactMap { try document($0, of: collection, &context) }
    }

    private func document(
        _ value: JSONSlices.Value, of collection: BioCCollection, _ context: inout ReadContext
    ) throws -> Document? {
        try context.attempt(.document) { context in
            let record = try decode(BioCJSONRecord.self, value, context)
            return try BioCReader.document(
                record.document(line: value.line), of: collection, file: source, context: &context)
        }
    }

    private func decode<Decoded: Decodable>(
        _ type: Decoded.Type, _ value: JSONSlices.Value, _ context: ReadContext
    ) throws -> Decoded {
        try JSONFile.decode(
            type, from: value.bytes, file: file.path, line: value.line, maxDepth: context.options.maxDepth)
    }
}
