import ClinicalText
import Essentials

/// BioC XML: a collection of documents with passages at offsets, annotations and relations.
enum BioCXMLFormat: WritableFormat {
    static let format = CorpusFormat.biocXML
    static let contents = "BioC XML files (.xml, .bioc)"
    static let extensions = ["xml", "bioc"]
    static let readsFilesAlone = true
    static let writesFolder = false

    static func recognizes(_ head: FileHead) -> Bool {
        head.firstByte == UInt8(ascii: "<") && rootElement(of: head.bytes) == "collection"
    }

    /// The name of the first element, after declarations, comments and the document type.
    private static func rootElement(of bytes: [UInt8]) -> String? {
        var rest = bytes[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[open...].dropFirst()
            let isComment = rest.starts(with: "!--".utf8)
            if rest.first != UInt8(ascii: "?") && rest.first != UInt8(ascii: "!") {
                return String(
                    decoding: rest.prefix {
                        !Surface.isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
                    },
                    as: UTF8.self)
            }
            while let close = rest.firstIndex(of: UInt8(ascii: ">")) {
                let isEnd = !isComment || rest[..<close].suffix(2).elementsEqual("--".utf8)
                rest = rest[close...].dropFirst()
                if isEnd { break }
            }
        }
        return nil
    }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        let file = try unit.main.loadUndecoded(context.options)
        var content = BioCXMLContent(file: file.path)
        do {
            try XMLEventParser.parse(
                file.bytes, file: file.path, maxDepth: context.options.maxDepth, handler: &content)
        } catch let error as XMLSyntaxError {
            throw error.corpusError
        }
        guard content.root == "collection" else {
            throw CorpusError.malformed(
                file: file.path, line: nil, problem: "the root element is not collection; is this a BioC file?")
        }
        for element in content.unknownElements {
            context.note(
                CorpusFault(
                    .notInterpreted, file: file.path, line: element.line,
                    message: "the element \(XMLText.nearestName(to: element.name)) is not read"))
        }
        var documents: [Document] = []
        for source in content.documents {
            let document = try context.attempt(.document, document: source.id) {
                try BioCReader.document(source, of: content.collection, file: unit.main, context: &$0)
            }
            if let document { documents.append(document) }
        }
        return documents
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try AtomicFile.write(to: path) { file in
            var writer = BioCXMLWriter(context: context)
            try feed { try file.write(writer.document($0)) }
            try file.write(writer.end())
        }
    }
}
