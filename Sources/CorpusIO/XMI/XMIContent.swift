/// The feature structures of an XMI file, before anything is made of them.
struct XMIContent: XMLEventHandler {
    /// An element directly below the root.
    struct Element {
        /// With its prefix.
        let name: String
        let attributes: [(name: String, value: String)]
        let line: Int
        /// Elements within it, which hold the values of arrays.
        var children: [(name: String, text: String)] = []

        subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

        var id: String? { self["xmi:id"] }
        var prefix: String { String(name.utf8.prefix { $0 != UInt8(ascii: ":") }) ?? "" }
        var localName: String {
            guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return name }
            return String(name[name.utf8.index(after: colon)...])
        }

        /// The element as it is kept, on one line.
        var text: String {
            guard !children.isEmpty else { return XMLText.element(name, attributes: attributes) }
            var text = XMLText.startTag(name, attributes: attributes) + ">"
            for child in children { text += "<\(child.name)>\(XMLText.escapedAttribute(child.text))</\(child.name)>" }
            return text + "</\(name)>"
        }
    }

    private(set) var root = ""
    private(set) var elements: [Element] = []
    private let file: String
    private var depth = 0
    private var text: [UInt8] = []

    init(file: String) { self.file = file }

    mutating func start(_ name: String, attributes: [(name: String, value: String)], line: Int) throws {
        depth += 1
        switch depth {
        case 1: root = name
        case 2: elements.append(Element(name: name, attributes: attributes, line: line))
        case 3 where attributes.isEmpty:
            elements[elements.count - 1].children.append((name, ""))
            text = []
        default:
            throw CorpusError.malformed(
                file: file, line: line,
                problem: "an element within a feature that is not a plain value; this is not CAS XMI")
        }
    }

    mutating func end() {
        if depth == 3, let last = elements.indices.last, let child = elements[last].children.indices.last {
            elements[last].children[child].text = String(decoding: text, as: UTF8.self)
        }
        depth -= 1
    }

    mutating func text(_ bytes: UnsafeRawBufferPointer) {
        if depth == 3 { text.append(contentsOf: bytes) }
    }

    /// The value of an attribute as a parser would hand it over: line breaks and tabs as blanks, references resolved.
    private static func value(_ written: ArraySlice<UInt8>) -> String {
        let lines = String(decoding: written, as: UTF8.self).replacing("\r\n", with: " ")
        var value = String(decoding: lines.utf8.map { Surface.isSpace($0) ? 0x20 : $0 }, as: UTF8.self)
        for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        {
            value.replace(reference, with: character)
        }
        return value
    }

    /// The namespaces that the root element declares: prefix and name. The parser does not hand them over.
    static func namespaces(in head: [UInt8]) -> [(name: String, value: String)] {
        var namespaces: [(name: String, value: String)] = []
        var index = 0
        // The first tag that is neither a declaration nor a comment.
        while index + 1 < head.count, head[index] != UInt8(ascii: "<") || [0x21, 0x3F].contains(head[index + 1]) {
            index += 1
        }
        var name: [UInt8] = []
        while index < head.count, head[index] != UInt8(ascii: ">") {
            let byte = head[index]
            if byte == 0x22 || byte == 0x27 {
                guard let end = head[(index + 1)...].firstIndex(of: byte) else { break }
                let written = String(decoding: name, as: UTF8.self)
                if written.hasPrefix("xmlns:") {
                    namespaces.append((String(written.dropFirst(6)), Self.value(head[index + 1..<end])))
                }
                index = end
                name = []
            } else if Surface.isSpace(byte) {
                name = []
            } else if byte != UInt8(ascii: "=") {
                name.append(byte)
            }
            index += 1
        }
        return namespaces
    }
}
