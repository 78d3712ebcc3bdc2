import ClinicalText
import Essentials

/// CAS XMI, the XML of UIMA, INCEpTION and cTAKES: the text in an attribute, feature structures with offsets in UTF-16.
///
/// Format: https://uima.apache.org/d/uimaj-current/references.html, chapter "XMI CAS Serialization Reference"
enum XMIFormat: WritableFormat {
    static let format = CorpusFormat.xmi
    static let contents = "CAS XMI files (.xmi)"
    static let extensions = ["xmi"]
    static let readsFilesAlone = true
    static let writesFolder = true

    static func recognizes(_ head: FileHead) -> Bool {
        guard head.firstByte == UInt8(ascii: "<") else { return head.ending == "xmi" }
        return head.ending == "xmi" || head.bytes.firstRange(of: "http://www.omg.org/XMI".utf8) != nil
    }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        let head = try unit.main.head(neighbours: [], encoding: context.options.encoding)
        let file = try unit.main.loadUndecoded(context.options)
        return [try XMIReader.read(file, namespaces: XMIContent.namespaces(in: head.bytes), context: &context)]
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        var folder = OutputFolder(path, format: format)
        try feed { document in
            let stem = try folder.stem(for: document)
            try AtomicFile.write(XMIWriter.xml(of: document, context: context), to: stem + ".xmi")
        }
    }
}
