import ClinicalText
import Essentials
import Foundation

/// Reads i2b2 XML: any root, the note in `TEXT`, standoff annotations in `TAGS`.
///
/// Tags with offsets become entities, `spans="1~3,5~8"` (as MAE writes it) being a discontinuous one. Tags that link two
/// others (`fromID`, `toID`, as `TLINK` of 2012) become relations with the roles `from` and `to`; other tags without
/// offsets become labels of the document, their attribute `met` or `value` being the label's value. Tags within tags
/// remember the tag around them. Every other attribute is kept.
struct I2B2Reader {
    /// The root of the 2012 files, whose text has a line feed more than the plain text beside them.
    private static let temporalRoot = "ClinicalNarrativeTemporalAnnotation"

    private let file: InputFile
    private let content: I2B2Content
    private let typeSource: TypeSource
    /// What is taken from the file's offsets.
    private var shift = 0
    private var document: Document
    private var check: MentionCheck
    /// The ids of tags that hold others, by their place.
    private var holders: [Int: String] = [:]
    private var holderIDs: Set<String> = []
    private var links = I2B2Links()
    private var removed: [Entity] = []
    private var knownAttributes: [(name: String, attributes: [String: String])] = []

    /// Reads one file.
    ///
    /// - Throws: ``CorpusError``.
    static func read(_ file: InputFile, context: inout ReadContext) throws -> Document {
        guard !file.bytes.isEmpty else {
            throw CorpusError.malformed(file: file.path, line: nil, problem: "the file is empty")
        }
        let (content, slips) = try content(of: file, options: context.options)
        guard let text = content.text else {
            throw CorpusError.malformed(
                file: file.path, line: nil, problem: "no TEXT element below the root; is this an i2b2 file?")
        }
        var reader = I2B2Reader(file: file, content: content, text: text, context: context)
        for slip in slips {
            reader.check.note(slip.kind, slip.message, line: slip.line, fix: slip.fix, isRepaired: context.isRepairing)
        }
        reader.readElements()
        try reader.readTags(&context)
        context.take(reader.check)
        return reader.document
    }

    private init(file: InputFile, content: I2B2Content, text: String, context: ReadContext) {
        self.file = file
        self.content = content
        typeSource = context.options.typeSource
        let id = file.stem
        document = Document(id: id, text: text, metadata: ["file": file.name, I2B2Keys.root: content.root])
        check = context.check(file: file.path, text: text, document: id)
        for (name, value) in content.rootAttributes { document.metadata[I2B2Keys.rootAttribute + name] = value }
        document.metadata[I2B2Keys.layout] = I2B2Layout(of: content.tags).encoded
        if content.root == Self.temporalRoot, text.utf8.first == 0x0A { leaveOutLeadingLineFeed(context) }
    }

    /// Takes the text that the 2012 corpus has beside the XML, which lacks the first line feed of the XML's.
    ///
    /// The XML's offsets count the line feed; should more surfaces agree if they do not, they do not.
    private mutating func leaveOutLeadingLineFeed(_ context: ReadContext) {
        let text = String(document.text.unicodeScalars.dropFirst())
        let check = context.check(file: file.path, text: text, document: document.id)
        func agreeing(_ shift: Int) -> Int {
            content.tags.count { tag in
                guard case .at(let start) = tag.start, case .at(let end) = tag.end,
                    let span = check.offsets.span(ofCodePoints: start - shift, end - shift),
                    let surface = content.surface(of: tag)
                else { return false }
                return Surface.singleLine(text: text, spans: [span]) == surface
            }
        }
        let isCounted = agreeing(1) >= agreeing(0)
        let coversLineFeed = content.tags.contains { tag in
            if case .at(let start) = tag.start { return start == 0 && tag.end != .at(-1) }
            return tag["spans"] != nil
        }
        if isCounted && coversLineFeed { return }
        shift = isCounted ? 1 : 0
        document.metadata[I2B2Keys.leadingLineFeed] = isCounted ? "counted" : "uncounted"
        document.text = text
        self.check = check
    }

    private mutating func readElements() {
        for element in content.otherElements {
            document.uninterpreted.append(element.xml)
            check.note(
                .notInterpreted, "the element \(element.name) beside TEXT and TAGS is kept but not interpreted",
                line: element.line)
        }
    }

    private mutating func readTags(_ context: inout ReadContext) throws {
        document.entities.reserveCapacity(content.tags.count)
        check.reserveCapacity(content.tags.count)
        try content.tags.withUnsafeBufferPointer { tags in
            for index in tags.indices {
                // Through a pointer: a tag is large, and its parts are counted references.
                if let entity = tags.baseAddress.flatMap({ plainEntity(of: $0 + index) }) {
                    document.entities.append(entity)
                } else {
                    try read(tags[index], at: index, &context)
                }
            }
        }
        document.relations = links.relations(between: document.entities, removed: removed, check: &check)
    }

    private mutating func read(_ tag: I2B2Tag, at index: Int, _ context: inout ReadContext) throws {
        if tag.hasOffsets {
            let read = try context.attempt(.entity, document: document.id) { _ in try entity(of: tag) }
            guard let entity = read ?? nil else { return }
            document.entities.append(entity)
            if tag.holdsTags { holders[index] = entity.id }
        } else if tag.isLink {
            let id = links.add(tag, at: index, attributes: documentAttributes(of: tag), check: &check)
            if tag.holdsTags { holders[index] = id }
        } else {
            addLabel(of: tag, at: index)
        }
    }

    // MARK: Entities

    /// The entity of a tag that has only what nearly all have and about which nothing is odd; nothing for any other.
    ///
    /// It is what ``entity(of:)`` makes of such a tag, in a third of the time.
    private mutating func plainEntity(of tag: UnsafePointer<I2B2Tag>) -> Entity? {
        guard case .at(let start) = tag.pointee.start, case .at(let end) = tag.pointee.end,
            tag.pointee.others.isEmpty, tag.pointee.parent == nil, !tag.pointee.holdsTags,
            tag.pointee.comment?.isEmpty != false, let id = tag.pointee.id, !id.isEmpty,
            let span = check.offsets.span(ofCodePoints: start - shift, end - shift), !span.isEmpty,
            isSurface(tag.pointee.surface, at: span)
        else { return nil }
        let name = tag.pointee.name
        let fineType = tag.pointee.type.flatMap { $0.isEmpty ? nil : $0 } ?? name
        let type = typeSource == .attribute ? fineType : name
        let spans = [span]
        guard check.admits(id: id, type: type, spans: spans) else { return nil }
        var attributes: [String: String] = [:]
        if type != name {
            attributes = elementAttributes(name)
        } else if fineType != type {
            attributes["TYPE"] = fineType
        }
        return Entity(id: id, type: type, spans: spans, attributes: attributes)
    }

    /// The attributes of an entity of which only the element's name is kept; made once a name.
    private mutating func elementAttributes(_ name: String) -> [String: String] {
        for index in knownAttributes.indices where knownAttributes[index].name == name {
            return knownAttributes[index].attributes
        }
        let attributes = [I2B2Keys.element: name]
        if knownAttributes.count < 16 { knownAttributes.append((name, attributes)) }
        return attributes
    }

    private mutating func entity(of tag: I2B2Tag) throws -> Entity? {
        let id = check.uniqueID(tag.id ?? "", line: tag.line)
        let spans = try spans(of: tag, id: id)
        let (type, attributes) = typeAndAttributes(of: tag)
        let codes = tag.others.isEmpty ? [] : tag["codes"]?.split(separator: " ").map(String.init) ?? []
        let entity = Entity(id: id, type: type, spans: spans, attributes: attributes, codes: codes)
        let isSame = spans.count == 1 && tag.surface != nil && isSurface(tag.surface, at: spans[0])
        let surface = isSame ? nil : content.surface(of: tag)
        let checked = check.check(
            entity, surface: surface, line: tag.line, scope: attributes[I2B2Keys.parent])
        if checked == nil { removed.append(entity) }
        return checked
    }

    private func typeAndAttributes(of tag: I2B2Tag) -> (String, [String: String]) {
        let fineType = tag.type.flatMap { $0.isEmpty ? nil : $0 }
        let lowerType = typeSource == .lowerCaseAttribute ? tag["type"].flatMap { $0.isEmpty ? nil : $0 } : nil
        let type =
            switch typeSource {
            case .element: tag.name
            case .attribute: fineType ?? tag.name
            case .lowerCaseAttribute: lowerType ?? tag.name
            }
        var attributes: [String: String] = [:]
        for (name, value) in tag.others
        where name != "spans" && name != "codes" && !(lowerType != nil && name == "type") {
            attributes[name] = value
        }
        if let comment = tag.comment, !comment.isEmpty { attributes["comment"] = comment }
        if let fineType, fineType != type { attributes["TYPE"] = fineType }
        if tag.name != type { attributes[I2B2Keys.element] = tag.name }
        if let parent = tag.parent { attributes[I2B2Keys.parent] = holders[parent] }
        return (type, attributes)
    }

    private mutating func spans(of tag: I2B2Tag, id: String) throws -> [TextSpan] {
        let fragments = try fragments(of: tag, id: id)
        if fragments.count == 1, let span = check.offsets.span(ofCodePoints: fragments[0].start, fragments[0].end) {
            return [span]
        }
        return try check.spans(of: fragments, id: id, line: tag.line, surface: content.surface(of: tag))
    }

    /// The fragments of a tag in code points.
    private func fragments(of tag: I2B2Tag, id: String) throws -> [(start: Int, end: Int)] {
        guard let list = tag.others.isEmpty ? nil : tag["spans"] else {
            return [
                (
                    try number(tag.start, "start", of: tag, id: id) - shift,
                    try number(tag.end, "end", of: tag, id: id) - shift
                )
            ]
        }
        let fragments = list.split(separator: ",").compactMap { fragment -> (start: Int, end: Int)? in
            let ends = fragment.split(separator: "~").compactMap { Int($0) }
            return ends.count == 2 && ends.allSatisfy { $0 > Int.min } ? (ends[0] - shift, ends[1] - shift) : nil
        }
        guard !fragments.isEmpty, fragments.count == list.split(separator: ",").count else {
            throw malformed(tag, "entity \(id): spans must be written START~END,START~END")
        }
        return fragments
    }

    private func number(_ offset: I2B2Tag.Offset, _ name: String, of tag: I2B2Tag, id: String) throws -> Int {
        switch offset {
        case .at(let number): return number
        case .missing: throw malformed(tag, "entity \(id) has no \(name)")
        case .malformed: throw malformed(tag, "entity \(id): \(name) is not a whole number")
        }
    }

    /// Whether a surface is the note's text at a span byte for byte, or there is none.
    private func isSurface(_ surface: Range<Int>?, at span: TextSpan) -> Bool {
        guard let surface else { return true }
        guard surface.count == span.count else { return false }
        let isSame = document.text.utf8.withContiguousStorageIfAvailable { text in
            content.surfaces.withUnsafeBufferPointer { surfaces in
                guard let text = text.baseAddress, let surfaces = surfaces.baseAddress else { return span.isEmpty }
                return memcmp(text + span.start, surfaces + surface.lowerBound, span.count) == 0
            }
        }
        return isSame ?? false
    }

    private func malformed(_ tag: I2B2Tag, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: tag.line, problem: problem)
    }

    // MARK: Labels

    private mutating func addLabel(of tag: I2B2Tag, at index: Int) {
        var attributes = documentAttributes(of: tag)
        attributes["id"] = tag.id
        if tag.holdsTags { attributes["id"] = holderID(of: tag, at: index) }
        var value = ""
        for name in ["met", "value"] where value.isEmpty {
            guard let stated = attributes[name], !stated.isEmpty else { continue }
            value = stated
            attributes[name] = nil
        }
        document.labels.append(DocumentLabel(name: tag.name, value: value, attributes: attributes))
    }

    /// The attributes of a tag without offsets, but its id.
    private func documentAttributes(of tag: I2B2Tag) -> [String: String] {
        var attributes = Dictionary(tag.others.map { ($0.name, $0.value) }) { first, _ in first }
        attributes["TYPE"] = tag.type
        attributes["comment"] = tag.comment
        attributes["text"] = content.surface(of: tag)
        if tag.start != .missing {
            attributes["start"] = "-1"
            attributes["end"] = "-1"
        }
        if let parent = tag.parent { attributes[I2B2Keys.parent] = holders[parent] }
        return attributes
    }

    /// The id of a label that holds tags; a new one where it has none or shares it.
    private mutating func holderID(of tag: I2B2Tag, at index: Int) -> String {
        var id = tag.id ?? ""
        if id.isEmpty || !holderIDs.insert(id).inserted {
            id = "\(tag.name).\(index)"
            if tag.id != nil {
                check.note(
                    .duplicateID, "a second tag \(tag.id ?? "") that holds others; it is now called \(id)",
                    line: tag.line, fix: "give it an id of its own", isRepaired: check.isRepairing)
            }
        }
        holders[index] = id
        return id
    }

    // MARK: Parsing

    /// Parses the file and says what had to be put right before it could be.
    private static func content(of file: InputFile, options: ReadOptions) throws -> (I2B2Content, [XMLRepair.Slip]) {
        var bytes = file.bytes
        // What was decoded as the options say is not what the declaration says any more.
        if options.encoding != nil { XMLHead.removeEncoding(from: &bytes) }
        let isUTF8 = try checkEncoding(of: bytes, file: file.path)
        var slips: [XMLRepair.Slip] = []
        var passes = 0
        while true {
            do {
                let sink = I2B2Content.Sink(file: file.path)
                try XMLEventParser.parse(
                    bytes, file: file.path, maxDepth: options.maxDepth, isUTF8: isUTF8, sink: sink)
                return (sink.content, slips)
            } catch let error as XMLSyntaxError {
                // A handful of slips of some tool; each kind and each declaration costs a pass over the file.
                passes += 1
                let more = passes <= 8 ? XMLRepair.repair(&bytes, after: error) : []
                if more.isEmpty { throw error.corpusError }
                slips += more
            }
        }
    }

    /// A file that claims nothing else is UTF-8, and gets the byte offset of its first error.
    ///
    /// - Returns: whether it is UTF-8.
    private static func checkEncoding(of bytes: [UInt8], file: String) throws -> Bool {
        if XMLHead.isWide(bytes) || XMLHead.encodingName(in: bytes).map({ $0 != "utf-8" }) == true { return false }
        let invalid = bytes.withUnsafeBufferPointer { UTF8Check.firstInvalid(in: $0) }
        if let invalid { throw CorpusError.notUTF8(file: file, byte: invalid) }
        return true
    }
}
