/// What an i2b2 file holds, before offsets are looked at.
struct I2B2Content: XMLEventHandler {
    /// A child of `TAGS`, or of such a child.
    struct Tag {
        let name: String
        let attributes: [(name: String, value: String)]
        let line: Int
        /// The id of the tag around it.
        let parent: String?

        subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

        /// Whether the tag says something about the whole note: it has no offsets, or -1, which the 2014 release has.
        var isDocumentLevel: Bool {
            if self["spans"] != nil { return false }
            guard self["start"] != nil || self["end"] != nil else { return true }
            return self["start"] == "-1" && self["end"] == "-1"
        }
    }

    private(set) var root = ""
    private(set) var tags: [Tag] = []
    /// Elements beside `TEXT` and `TAGS`.
    private(set) var unknownElements: [(name: String, line: Int)] = []
    private var textBytes: [UInt8]?
    private let file: String
    private var path: [String] = []
    private var parents: [String?] = []

    init(file: String) { self.file = file }

    /// The content of `TEXT`, if there is that element.
    var text: String? { textBytes.map { String(decoding: $0, as: UTF8.self) } }

    mutating func start(_ name: String, attributes: [(name: String, value: String)], line: Int) throws {
        path.append(name)
        if path.count == 1 {
            root = name
        } else if path[1] == "TEXT" {
            guard path.count == 2 else {
                throw malformed(line, "an element within TEXT; this reader takes standoff tags only")
            }
            guard textBytes == nil else { throw malformed(line, "a second TEXT element; keep one") }
            textBytes = []
        } else if path[1] == "TAGS" {
            guard path.count > 2 else { return }
            tags.append(Tag(name: name, attributes: attributes, line: line, parent: parents.last ?? nil))
            parents.append(attributes.first { $0.name == "id" }?.value)
        } else if path.count == 2 {
            unknownElements.append((name, line))
        }
    }

    mutating func end() {
        if path.count > 2 && path[1] == "TAGS" { parents.removeLast() }
        path.removeLast()
    }

    mutating func text(_ bytes: UnsafeRawBufferPointer) {
        if path.count == 2 && path[1] == "TEXT" { textBytes?.append(contentsOf: bytes) }
    }

    private func malformed(_ line: Int, _ problem: String) -> CorpusError {
        .malformed(file: file, line: line, problem: problem)
    }
}
