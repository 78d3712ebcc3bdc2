internal import CLibXML2
import Essentials

/// What the parser finds next in an XML document.
enum XMLEvent {
    /// An element starts; its attributes are in the order of the file.
    case start(name: String, attributes: [(name: String, value: String)])
    /// An element ends.
    case end
    /// Text or CDATA; line ends are line feeds, entities resolved.
    case text(String)
}

/// A pull of events from an XML document in memory, safe on hostile input.
///
/// Nothing outside the bytes is read, entities of the document's own are refused before they can expand, and nesting
/// is limited.
struct XMLEventReader: ~Copyable {
    private let file: String
    private let maxDepth: Int
    private let reader: OpaquePointer

    /// Hands `body` a reader of `bytes`.
    static func read<Result>(
        _ bytes: [UInt8], file: String, maxDepth: Int, body: (borrowing XMLEventReader) throws -> Result
    ) throws -> Result {
        try bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let start, let reader = clinner_xml_open(start, buffer.count, Int32(clamping: maxDepth)) else {
                throw CorpusError.malformed(file: file, line: nil, problem: "not XML: the file is empty")
            }
            return try body(XMLEventReader(file: file, maxDepth: maxDepth, reader: reader))
        }
    }

    private init(file: String, maxDepth: Int, reader: OpaquePointer) {
        self.file = file
        self.maxDepth = maxDepth
        self.reader = reader
    }

    deinit { clinner_xml_close(reader) }

    /// The line of the last event, from 1.
    var line: Int { clinner_xml_line(reader) }

    /// The next event, or nothing after the last one.
    ///
    /// - Throws: ``CorpusError`` where the document is not well-formed, too deep or declares entities.
    func next() throws -> XMLEvent? {
        switch clinner_xml_next(reader) {
        case CLINNER_XML_DONE: return nil
        case CLINNER_XML_START: return .start(name: String(cString: clinner_xml_name(reader)), attributes: attributes())
        case CLINNER_XML_END: return .end
        case CLINNER_XML_TEXT: return .text(clinner_xml_text(reader).map { String(cString: $0) } ?? "")
        default: throw failure()
        }
    }

    private func attributes() -> [(name: String, value: String)] {
        var attributes: [(name: String, value: String)] = []
        var name: UnsafePointer<CChar>?
        var value: UnsafePointer<CChar>?
        while clinner_xml_next_attribute(reader, &name, &value), let key = name, let content = value {
            attributes.append((String(cString: key), String(cString: content)))
        }
        return attributes
    }

    private func failure() -> any Error {
        let why = clinner_xml_why(reader)
        switch why.kind {
        case CLINNER_XML_TOO_DEEP:
            return CorpusError.tooDeep(file: file, line: why.line, limit: maxDepth)
        case CLINNER_XML_ENTITY_DECLARED, CLINNER_XML_ENTITY_USED:
            return CorpusError.entities(file: file, line: why.line)
        default:
            return XMLSyntaxError(file: file, line: why.line, code: Int(why.code))
        }
    }
}
