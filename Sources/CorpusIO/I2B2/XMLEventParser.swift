internal import CLibXML2
import Essentials

/// Parses XML documents in memory, safe on hostile input.
///
/// Nothing outside the bytes is read, a document that declares entities is refused before one can expand, and nesting
/// is limited.
enum XMLEventParser {
    /// Carries what takes the events, and an error it throws, through C.
    private final class Context {
        let sink: any XMLEventSink
        /// What is added to the parser's lines.
        let linesBefore: Int
        var error: (any Error)?

        init(sink: any XMLEventSink, linesBefore: Int) {
            self.sink = sink
            self.linesBefore = linesBefore
        }
    }

    /// Hands the events of `bytes` to `handler`.
    ///
    /// - Throws: what `handler` throws, ``XMLSyntaxError`` where the document is not well-formed, ``CorpusError`` where
    ///   it is too deep or declares entities.
    static func parse<Handler: XMLEventHandler>(
        _ bytes: [UInt8], file: String, maxDepth: Int, handler: inout Handler
    ) throws {
        let sink = XMLHandlerSink(handler)
        try parse(bytes, file: file, maxDepth: maxDepth, sink: sink)
        handler = sink.handler
    }

    /// Hands the events of `bytes`, which begin on `firstLine` of a file, to `sink`.
    ///
    /// - Throws: what `sink` throws, ``XMLSyntaxError`` where the document is not well-formed, ``CorpusError`` where it
    ///   is too deep or declares entities.
    static func parse(
        _ bytes: [UInt8], file: String, maxDepth: Int, firstLine: Int = 1, sink: any XMLEventSink
    ) throws {
        let context = Context(sink: sink, linesBefore: firstLine - 1)
        let result = withExtendedLifetime(context) {
            bytes.withUnsafeBytes { buffer in
                clinner_xml_parse(
                    buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, Int32(clamping: maxDepth),
                    callbacks(to: context))
            }
        }
        if let error = context.error { throw error }
        let line = result.line + firstLine - 1
        switch result.status {
        case CLINNER_XML_FINE: break
        case CLINNER_XML_TOO_DEEP:
            throw CorpusError.tooDeep(file: file, line: line, limit: min(maxDepth, CLINNER_XML_DEEPEST))
        case CLINNER_XML_ENTITIES:
            throw CorpusError.entities(file: file, line: line)
        case CLINNER_XML_NO_MEMORY:
            throw FileError.unreadable(path: file, reason: "out of memory, or larger than 2 GiB")
        default:
            throw XMLSyntaxError(file: file, line: line, code: Int(result.code))
        }
    }

    private static func callbacks(to context: Context) -> clinner_xml_handler {
        clinner_xml_handler(
            context: Unmanaged.passUnretained(context).toOpaque(),
            start: { context, name, attributes, count, line in
                XMLEventParser.call(context) { context in
                    try context.sink.start(
                        XMLElementEvent(
                            rawName: name, rawAttributes: UnsafeBufferPointer(start: attributes, count: count),
                            line: line + context.linesBefore))
                }
            },
            end: { context in XMLEventParser.call(context) { $0.sink.end() } },
            text: { context, bytes, count in
                XMLEventParser.call(context) { $0.sink.text(UnsafeRawBufferPointer(start: bytes, count: count)) }
            })
    }

    @inline(__always)
    private static func call(_ pointer: UnsafeMutableRawPointer?, _ body: (Context) throws -> Void) -> Bool {
        guard let pointer else { return false }
        let context = Unmanaged<Context>.fromOpaque(pointer).takeUnretainedValue()
        do {
            try body(context)
            return true
        } catch {
            context.error = error
            return false
        }
    }
}
