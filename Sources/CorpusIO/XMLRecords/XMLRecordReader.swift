import Essentials
import Foundation

/// The elements of one name below the root of an XML file of any size, each as bytes of its own.
///
/// Only one record is in memory at a time, and one that is not well-formed does not end the others. What lies between
/// records is walked over: a document type with declarations of its own is refused, so that no entity can expand.
struct XMLRecordReader {
    /// A record's bytes and where they are.
    struct Record: Sendable {
        let bytes: [UInt8]
        /// Counted from 1.
        let line: Int
        /// Of its first byte in the source, as far as that is UTF-8.
        let offset: Int
    }

    /// Lines with something between the records that is not read; one a run.
    private(set) var strayLines: [Int] = []
    private let stream: ByteStream
    private let file: String
    private let element: [UInt8]
    private let options: ReadOptions
    private var buffer: [UInt8] = []
    /// Where in the buffer the rest of the file begins; all places are counted from there.
    private var position = 0
    private var isAtEnd = false
    private var offset = 0
    private var line = 1
    private var open: [[UInt8]] = []
    private var records = 0

    /// Opens a source; its XML declaration tells the encoding, unless the options do.
    ///
    /// - Throws: `FileError`, ``CorpusError`` for an encoding that is not known.
    init(_ source: InputSource, element: String, options: ReadOptions) throws {
        stream = try ByteStream(source, encoding: try options.encoding ?? Self.declaredEncoding(of: source))
        file = source.path
        self.element = Array(element.utf8)
        self.options = options
    }

    private static func declaredEncoding(of source: InputSource) throws -> TextEncoding? {
        let head = try ByteStream(source, encoding: nil).next() ?? []
        switch XMLHead.encodingName(in: head) {
        case nil, "utf-8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be": return nil
        case "iso-8859-1", "latin1", "latin-1": return .latin1
        case "windows-1252", "cp1252": return .windows1252
        default:
            throw CorpusError.malformed(
                file: source.path, line: 1,
                problem: "the XML declaration names an encoding that is not read; name the encoding, one of "
                    + TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))
        }
    }

    /// The next record; nothing at the end.
    ///
    /// - Throws: ``CorpusError`` where the file breaks off or is no XML, and for a record above the limit.
    mutating func next() throws -> Record? {
        while true {
            guard let start = try find(UInt8(ascii: "<"), from: 0) else { break }
            noteStray(upTo: start)
            drop(start)
            _ = try holds(12, from: 0)
            if starts("<?", at: 0) {
                drop(try end(of: "?>", from: 2))
            } else if starts("<!--", at: 0) {
                drop(try end(of: "-->", from: 4))
            } else if starts("<![CDATA[", at: 0) {
                strayLines.append(line)
                drop(try end(of: "]]>", from: 9))
            } else if starts("<!", at: 0) {
                try dropDocumentType()
            } else if starts("</", at: 0) {
                try dropEndTag()
            } else if let record = try startTag() {
                records += 1
                return record
            }
        }
        noteStray(upTo: rest.count)
        guard open.isEmpty else { throw malformed("the file ends within an element; is it whole?") }
        guard records > 0 else {
            throw malformed("no \(String(decoding: element, as: UTF8.self)) element; is this the format?")
        }
        return nil
    }

    // MARK: Markup

    /// A document type without declarations; those could declare entities.
    private mutating func dropDocumentType() throws {
        let end = try end(of: ">", from: 2)
        if rest.prefix(end).contains(UInt8(ascii: "[")) { throw CorpusError.entities(file: file, line: line) }
        drop(end)
    }

    private mutating func dropEndTag() throws {
        let end = try end(of: ">", from: 2)
        let name = bytes(2..<end - 1).prefix { !Surface.isSpace($0) }
        guard let last = open.popLast(), last.elementsEqual(name) else {
            throw malformed("not well-formed XML: an end tag does not match its start tag")
        }
        drop(end)
    }

    /// A record, or nothing where another element starts.
    private mutating func startTag() throws -> Record? {
        let tagEnd = try endOfTag()
        let name = bytes(1..<tagEnd).prefix { byte in
            !Surface.isSpace(byte) && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
        }
        guard !name.isEmpty else { throw malformed("not well-formed XML: a < that starts no tag; write &lt;") }
        let isEmpty = byte(tagEnd - 2) == UInt8(ascii: "/")
        guard name.elementsEqual(element), !open.isEmpty else {
            if !isEmpty { open.append(Array(name)) }
            guard open.count <= options.maxDepth else {
                throw CorpusError.tooDeep(file: file, line: line, limit: options.maxDepth)
            }
            drop(tagEnd)
            return nil
        }
        let end = isEmpty ? tagEnd : try endOfRecord(from: tagEnd)
        let record = Record(bytes: Array(rest.prefix(end)), line: line, offset: stream.contentStart + offset)
        drop(end)
        return record
    }

    /// The end of the start tag at the beginning of the buffer; a bracket within quotes does not count.
    private mutating func endOfTag() throws -> Int {
        var quote: UInt8?
        var index = 1
        while try holds(1, from: index) {
            let byte = byte(index)
            index += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index
            }
        }
        throw malformed("not well-formed XML: a tag is not closed with >")
    }

    /// The end of the record whose start tag ends at `start`; end tags in CDATA and comments do not count.
    private mutating func endOfRecord(from start: Int) throws -> Int {
        let closing = "</" + String(decoding: element, as: UTF8.self)
        var index = start
        while let next = try find(UInt8(ascii: "<"), from: index) {
            index = next
            _ = try holds(closing.utf8.count + 1, from: index)
            if starts("<![CDATA[", at: index) {
                index = try end(of: "]]>", from: index)
            } else if starts("<!--", at: index) {
                index = try end(of: "-->", from: index)
            } else if starts(closing, at: index), index + closing.utf8.count < rest.count,
                Surface.isSpace(byte(index + closing.utf8.count))
                    || byte(index + closing.utf8.count) == UInt8(ascii: ">")
            {
                return try end(of: ">", from: index)
            } else {
                index += 1
            }
        }
        throw malformed("the file ends within an element; is it whole?")
    }

    // MARK: Buffer

    /// What was read of the file and not yet taken.
    private var rest: ArraySlice<UInt8> { buffer[position...] }

    private func byte(_ index: Int) -> UInt8 { buffer[position + index] }

    private func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> {
        buffer[position + range.lowerBound..<position + range.upperBound]
    }

    /// Whether there are `count` bytes from a place on, after reading more if there are not.
    private mutating func holds(_ count: Int, from index: Int) throws -> Bool {
        while buffer.count - position - index < count {
            guard !isAtEnd else { return false }
            guard let piece = try stream.next() else {
                isAtEnd = true
                return false
            }
            buffer.removeFirst(position)
            position = 0
            buffer += piece
            guard buffer.count <= options.maxFileBytes + piece.count else {
                throw CorpusError.tooLarge(file: file, limit: options.maxFileBytes)
            }
        }
        return true
    }

    private mutating func find(_ byte: UInt8, from start: Int) throws -> Int? {
        var searched = start
        while true {
            let from = position + searched
            let found = buffer.withUnsafeBufferPointer { bytes -> Int? in
                guard from < bytes.count, let base = bytes.baseAddress,
                    let found = memchr(base + from, Int32(byte), bytes.count - from)
                else { return nil }
                return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
            }
            if let found { return found - position }
            searched = max(searched, buffer.count - position)
            guard try holds(1, from: searched) else { return nil }
        }
    }

    /// The place after the next `pattern`.
    private mutating func end(of pattern: String, from start: Int) throws -> Int {
        let first = pattern.utf8.first ?? 0
        var index = start
        while let found = try find(first, from: index) {
            _ = try holds(pattern.utf8.count, from: found)
            if starts(pattern, at: found) { return found + pattern.utf8.count }
            index = found + 1
        }
        throw malformed("the file ends within an element; is it whole?")
    }

    private func starts(_ pattern: String, at index: Int) -> Bool {
        buffer[(position + index)...].starts(with: pattern.utf8)
    }

    private mutating func drop(_ count: Int) {
        line += rest.prefix(count).count { $0 == 0x0A }
        offset += count
        position += count
    }

    private mutating func noteStray(upTo end: Int) {
        guard let place = rest.prefix(end).firstIndex(where: { !Surface.isSpace($0) }) else { return }
        strayLines.append(line + buffer[position..<place].count { $0 == 0x0A })
    }

    private func malformed(_ problem: String) -> CorpusError { .malformed(file: file, line: line, problem: problem) }
}
