/// What takes the events of an XML document as strings; ``XMLEventSink`` is the faster way.
protocol XMLEventHandler {
    /// An element starts; its attributes are in the order of the file.
    mutating func start(_ name: String, attributes: [(name: String, value: String)], line: Int) throws
    /// An element ends.
    mutating func end()
    /// A piece of text or CDATA as UTF-8; line ends are line feeds, references resolved.
    mutating func text(_ bytes: UnsafeRawBufferPointer)
}
