/// Hands events to a handler that takes strings.
final class XMLHandlerSink<Handler: XMLEventHandler>: XMLEventSink {
    private(set) var handler: Handler

    init(_ handler: Handler) { self.handler = handler }

    func start(_ element: XMLElementEvent) throws {
        try handler.start(element.name, attributes: element.attributes, line: element.line)
    }

    func end() { handler.end() }

    func text(_ bytes: UnsafeRawBufferPointer) { handler.text(bytes) }
}
