internal import CLibXML2

/// What an i2b2 file holds, before offsets are looked at.
struct I2B2Content {
    /// Collects the content from a parser's events; all in one property, so that an event is one access to it.
    final class Sink: XMLEventSink {
        private(set) var content: I2B2Content

        init(file: String) { content = I2B2Content(file: file) }

        func start(_ element: XMLElementEvent) throws { try content.start(element) }

        func end() { content.end() }

        func text(_ bytes: UnsafeRawBufferPointer) { content.text(bytes) }
    }

    /// What lies between the start and the end of a child of the root.
    private enum Place {
        case outside
        case text
        case tags
        case other
    }

    /// The attributes that have a place of their own in a tag.
    private enum Field: String {
        case id
        case start
        case end
        case text
        case type = "TYPE"
        case comment
    }

    /// The name of the root element.
    private(set) var root = ""
    /// The attributes of the root element.
    private(set) var rootAttributes: [(name: String, value: String)] = []
    /// The tags in the order of the file.
    private(set) var tags: [I2B2Tag] = []
    /// The values of the tags' attribute `text`, one after the other.
    private(set) var surfaces: [UInt8] = []
    /// Elements beside `TEXT` and `TAGS`, as XML on one line.
    private(set) var otherElements: [(name: String, line: Int, xml: String)] = []
    private let file: String
    private var textBytes: [UInt8]?
    private var place = Place.outside
    private var depth = 0
    private var openTags: [Int] = []
    private var fragment = XMLFragment()
    private var elementNames = XMLNames()
    private var attributeNames = XMLNames()
    /// What the attributes' names mean, by their places.
    private var fields: [Field?] = []
    private var types = XMLValues()

    private init(file: String) { self.file = file }

    /// The content of `TEXT`, if there is that element.
    var text: String? { textBytes.map { String(decoding: $0, as: UTF8.self) } }

    private mutating func start(_ element: XMLElementEvent) throws {
        depth += 1
        switch (depth, place) {
        case (1, _):
            root = element.name
            rootAttributes = element.attributes
        case (2, _): try startChild(element)
        case (_, .text):
            throw malformed(element.line, "an element within TEXT; this reader takes standoff tags only")
        case (_, .tags): startTag(element)
        case (_, .other): fragment.start(element)
        case (_, .outside): break
        }
    }

    private mutating func end() {
        switch (depth, place) {
        case (2, .other):
            fragment.end()
            otherElements[otherElements.count - 1].xml = fragment.xml
            place = .outside
        case (2, _): place = .outside
        case (_, .other): fragment.end()
        case (3..., .tags): openTags.removeLast()
        default: break
        }
        depth -= 1
    }

    private mutating func text(_ bytes: UnsafeRawBufferPointer) {
        switch place {
        case .text: textBytes?.append(contentsOf: bytes)
        case .other: fragment.text(bytes)
        case .tags, .outside: break
        }
    }

    /// The attribute `text` of a tag.
    func surface(of tag: I2B2Tag) -> String? {
        tag.surface.map { String(decoding: surfaces[$0], as: UTF8.self) }
    }

    private mutating func startChild(_ element: XMLElementEvent) throws {
        if element.isNamed("TEXT") {
            guard textBytes == nil else { throw malformed(element.line, "a second TEXT element; keep one") }
            textBytes = []
            place = .text
        } else if element.isNamed("TAGS") {
            place = .tags
            // A tag is large: room for as many as most notes have.
            tags.reserveCapacity(32)
        } else {
            place = .other
            fragment = XMLFragment()
            fragment.start(element)
            otherElements.append((element.name, element.line, ""))
        }
    }

    private mutating func startTag(_ element: XMLElementEvent) {
        let parent = openTags.last
        if let parent { tags[parent].holdsTags = true }
        openTags.append(tags.count)
        var tag = I2B2Tag(name: elementNames.name(element.rawName), line: element.line, parent: parent)
        for index in element.rawAttributes.indices { take(element.rawAttributes[index], number: index, into: &tag) }
        tags.append(tag)
    }

    private mutating func take(_ attribute: clinner_xml_attribute, number: Int, into tag: inout I2B2Tag) {
        // The attributes of most tags are in one order.
        guard let place = attributeNames.place(attribute.name, guess: number) else {
            tag.others.append((XMLElementEvent.text(attribute.name), XMLElementEvent.text(attribute)))
            return
        }
        if place == fields.count { fields.append(Field(rawValue: attributeNames[place])) }
        let bytes = XMLElementEvent.bytes(attribute)
        switch fields[place] {
        case .id: tag.id = String(decoding: bytes, as: UTF8.self)
        case .start: tag.start = Self.offset(bytes)
        case .end: tag.end = Self.offset(bytes)
        case .text:
            let start = surfaces.count
            surfaces.append(contentsOf: bytes)
            tag.surface = start..<surfaces.count
        case .type: tag.type = types.value(bytes)
        case .comment: tag.comment = bytes.isEmpty ? "" : String(decoding: bytes, as: UTF8.self)
        case nil: tag.others.append((attributeNames[place], String(decoding: bytes, as: UTF8.self)))
        }
    }

    private static func offset(_ bytes: UnsafeRawBufferPointer) -> I2B2Tag.Offset {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = isNegative ? bytes.dropFirst() : bytes[...]
        guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return .malformed
        }
        let value = digits.reduce(0) { 10 * $0 + Int($1 - 0x30) }
        return .at(isNegative ? -value : value)
    }

    private func malformed(_ line: Int, _ problem: String) -> CorpusError {
        .malformed(file: file, line: line, problem: problem)
    }
}
