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
        var linesBefore: Int
        var error: (any Error)?
        /// The document before its CDATA sections were taken out, and the sections.
        let original: [UInt8]
        let sections: XMLSections?

        init(sink: any XMLEventSink, linesBefore: Int, original: [UInt8], sections: XMLSections?) {
            self.sink = sink
            self.linesBefore = linesBefore
            self.original = original
            self.sections = sections
        }

        /// Hands over a CDATA section, of which the parser knows only the number if it was taken out.
        func section(_ bytes: UnsafeRawBufferPointer) {
            guard let sections, let number = XMLSections.number(bytes), sections.contents.indices.contains(number)
            else {
                sink.text(bytes)
                return
            }
            let (range, lines) = sections.contents[number]
            original.withUnsafeBytes { sink.text(UnsafeRawBufferPointer(rebasing: $0[range])) }
            linesBefore += lines
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

    /// Hands the events of `bytes`, which begin on `firstLine` of a file, to `sink`; it is faster if the bytes are known
    /// to be UTF-8.
    ///
    /// - Throws: what `sink` throws, ``XMLSyntaxError`` where the document is not well-formed, ``CorpusError`` where it
    ///   is too deep or declares entities.
    static func parse(
        _ bytes: [UInt8], file: String, maxDepth: Int, firstLine: Int = 1, isUTF8: Bool = false,
        sink: any XMLEventSink
    ) throws {
        let sections = isUTF8 ? XMLSections(of: bytes) : nil
        let context = Context(sink: sink, linesBefore: firstLine - 1, original: bytes, sections: sections)
        let result = withExtendedLifetime(context) {
            (sections?.bytes ?? bytes).withUnsafeBytes { buffer in
                clinner_xml_parse(
                    buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, Int32(clamping: maxDepth),
                    callbacks(to: context))
            }
        }
        if let error = context.error { throw error }
        if result.status == CLINNER_XML_MALFORMED, result.code == CLINNER_XML_TOO_MANY_ATTRIBUTES, sections != nil {
            // Found before the first event, so that no section's lines were counted: looked for again with them.
            return try parse(bytes, file: file, maxDepth: maxDepth, firstLine: firstLine, sink: sink)
        }
        let line = result.line + context.linesBefore
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
            },
            cdata: { context, bytes, count in
                XMLEventParser.call(context) { $0.section(UnsafeRawBufferPointer(start: bytes, count: count)) }
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
