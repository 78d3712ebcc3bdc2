internal import CLibXML2
import Essentials

/// What takes the events of an XML document.
protocol XMLEventHandler {
    /// An element starts; its attributes are in the order of the file.
    mutating func start(_ name: String, attributes: [(name: String, value: String)], line: Int) throws
    /// An element ends.
    mutating func end()
    /// A piece of text or CDATA as UTF-8; line ends are line feeds, references resolved.
    mutating func text(_ bytes: UnsafeRawBufferPointer)
}

/// Parses XML documents in memory, safe on hostile input.
///
/// Nothing outside the bytes is read, a document that declares entities is refused before one can expand, and nesting
/// is limited.
enum XMLEventParser {
    /// Carries the handler, and an error it throws, through C.
    private final class Context {
        var handler: any XMLEventHandler
        var error: (any Error)?

        init(handler: any XMLEventHandler) { self.handler = handler }
    }

    /// Hands the events of `bytes` to `handler`.
    ///
    /// - Throws: what `handler` throws, ``XMLSyntaxError`` where the document is not well-formed, ``CorpusError`` where
    ///   it is too deep or declares entities.
    static func parse<Handler: XMLEventHandler>(
        _ bytes: [UInt8], file: String, maxDepth: Int, handler: inout Handler
    ) throws {
        let context = Context(handler: handler)
        let callbacks = clinner_xml_handler(
            context: Unmanaged.passUnretained(context).toOpaque(),
            start: { context, name, attributes, count, line in
                let pairs = UnsafeBufferPointer(start: attributes, count: count).map { attribute in
                    let value = UnsafeRawBufferPointer(start: attribute.value, count: attribute.count)
                    return (name: XMLEventParser.text(attribute.name), value: String(decoding: value, as: UTF8.self))
                }
                return XMLEventParser.call(context) {
                    try $0.start(XMLEventParser.text(name), attributes: pairs, line: line)
                }
            },
            end: { context in XMLEventParser.call(context) { $0.end() } },
            text: { context, bytes, count in
                XMLEventParser.call(context) { $0.text(UnsafeRawBufferPointer(start: bytes, count: count)) }
            })
        let result = bytes.withUnsafeBytes { buffer in
            clinner_xml_parse(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, Int32(clamping: maxDepth),
                callbacks)
        }
        if let error = context.error { throw error }
        switch result.status {
        case CLINNER_XML_FINE:
            if let changed = context.handler as? Handler { handler = changed }
        case CLINNER_XML_TOO_DEEP:
            throw CorpusError.tooDeep(
                file: file, line: result.line, limit: min(maxDepth, CLINNER_XML_DEEPEST))
        case CLINNER_XML_ENTITIES:
            throw CorpusError.entities(file: file, line: result.line)
        case CLINNER_XML_NO_MEMORY:
            throw FileError.unreadable(path: file, reason: "out of memory, or larger than 2 GiB")
        default:
            throw XMLSyntaxError(file: file, line: result.line, code: Int(result.code))
        }
    }

    private static func text(_ name: clinner_xml_name) -> String {
        (name.prefix.map { String(cString: $0) + ":" } ?? "") + (name.local.map { String(cString: $0) } ?? "")
    }

    private static func call(
        _ context: UnsafeMutableRawPointer?, _ body: (inout any XMLEventHandler) throws -> Void
    ) -> Bool {
        guard let context else { return false }
        let box = Unmanaged<Context>.fromOpaque(context).takeUnretainedValue()
        do {
            try body(&box.handler)
            return true
        } catch {
            box.error = error
            return false
        }
    }
}
