/// An element with all that is in it, written as XML on one line while a parser walks over it.
struct XMLFragment {
    /// The XML so far.
    private(set) var xml = ""
    private var open: [String] = []
    /// Whether the last start tag still lacks its closing bracket.
    private var isBare = false

    /// An element starts.
    mutating func start(_ element: XMLElementEvent) {
        close()
        xml += XMLText.startTag(element.name, attributes: element.attributes)
        open.append(element.name)
        isBare = true
    }

    /// The last element that started ends.
    mutating func end() {
        guard let name = open.popLast() else { return }
        xml += isBare ? " />" : "</\(name)>"
        isBare = false
    }

    /// A piece of text.
    mutating func text(_ bytes: UnsafeRawBufferPointer) {
        close()
        xml += XMLText.escapedAttribute(String(decoding: bytes, as: UTF8.self))
    }

    private mutating func close() {
        if isBare { xml += ">" }
        isBare = false
    }
}
