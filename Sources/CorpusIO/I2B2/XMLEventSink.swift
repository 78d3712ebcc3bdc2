/// What takes the events of an XML document without copies of what it does not keep.
///
/// A class, so that an event costs one call and nothing is moved.
protocol XMLEventSink: AnyObject {
    /// An element starts.
    func start(_ element: XMLElementEvent) throws
    /// An element ends.
    func end()
    /// A piece of text or CDATA as UTF-8; line ends are line feeds, references resolved.
    func text(_ bytes: UnsafeRawBufferPointer)
}
