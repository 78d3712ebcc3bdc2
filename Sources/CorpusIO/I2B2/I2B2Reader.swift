import ClinicalText
import Essentials

/// Reads i2b2 2014-style XML: any root, the note in `TEXT`, standoff annotations in `TAGS`.
///
/// Tags with offsets become entities, `spans="1~3,5~8"` (as MAE writes it) being a discontinuous one. Tags without are
/// statements about the whole note and are kept in ``Document/uninterpreted``. Every other attribute is kept.
struct I2B2Reader {
    /// The attributes that become fields of an entity.
    private static let interpreted: Set = ["id", "start", "end", "spans", "text", "TYPE", "comment", "codes"]

    private let file: InputFile
    private let typeSource: TypeSource

    /// Reads one file.
    ///
    /// - Throws: ``CorpusError``.
    static func read(_ file: InputFile, context: inout ReadContext) throws -> Document {
        guard !file.bytes.isEmpty else {
            throw CorpusError.malformed(file: file.path, line: nil, problem: "the file is empty")
        }
        let (content, repaired) = try content(of: file, maxDepth: context.options.maxDepth)
        guard let text = content.text else {
            throw CorpusError.malformed(
                file: file.path, line: nil, problem: "no TEXT element below the root; is this an i2b2 file?")
        }
        var check = context.check(file: file.path, text: text, document: file.stem)
        for line in repaired {
            check.note(.notInterpreted, "a second XML declaration is left out", line: line, fix: "remove it")
        }
        for element in content.unknownElements {
            check.note(
                .notInterpreted, "the element \(element.name) beside TEXT and TAGS is not read", line: element.line)
        }
        let reader = I2B2Reader(file: file, typeSource: context.options.typeSource)
        var document = Document(
            id: file.stem, text: text, metadata: ["file": file.name, I2B2Keys.root: content.root])
        for tag in content.tags {
            if tag.isDocumentLevel {
                document.uninterpreted.append(XMLText.element(tag.name, attributes: tag.attributes))
            } else {
                let read = try context.attempt(.entity, document: file.stem) { _ in
                    try reader.entity(of: tag, check: &check)
                }
                if let entity = read ?? nil { document.entities.append(entity) }
            }
        }
        context.take(check)
        return document
    }

    private func entity(of tag: I2B2Content.Tag, check: inout MentionCheck) throws -> Entity? {
        let id = check.uniqueID(tag["id"] ?? "", line: tag.line)
        let spans = try check.spans(
            of: fragments(of: tag, id: id), id: id, line: tag.line, surface: tag["text"])
        let fineType = tag["TYPE"].flatMap { $0.isEmpty ? nil : $0 }
        let type = typeSource == .attribute ? fineType ?? tag.name : tag.name
        var attributes: [String: String] = [:]
        for (name, value) in tag.attributes where !Self.interpreted.contains(name) { attributes[name] = value }
        if let comment = tag["comment"], !comment.isEmpty { attributes["comment"] = comment }
        if let fineType, fineType != type { attributes["TYPE"] = fineType }
        if tag.name != type { attributes[I2B2Keys.element] = tag.name }
        if let parent = tag.parent { attributes[I2B2Keys.parent] = parent }
        let codes = tag["codes"]?.split(separator: " ").map(String.init) ?? []
        let entity = Entity(id: id, type: type, spans: spans, attributes: attributes, codes: codes)
        return check.check(entity, surface: tag["text"], line: tag.line)
    }

    /// The fragments of a tag in code points, as written.
    private func fragments(of tag: I2B2Content.Tag, id: String) throws -> [(start: Int, end: Int)] {
        guard let list = tag["spans"] else {
            return [(try number("start", of: tag, id: id), try number("end", of: tag, id: id))]
        }
        let fragments = list.split(separator: ",").compactMap { fragment -> (start: Int, end: Int)? in
            let ends = fragment.split(separator: "~").compactMap { Int($0) }
            return ends.count == 2 ? (ends[0], ends[1]) : nil
        }
        guard !fragments.isEmpty, fragments.count == list.split(separator: ",").count else {
            throw malformed(tag, "entity \(id): spans must be written START~END,START~END")
        }
        return fragments
    }

    private func number(_ name: String, of tag: I2B2Content.Tag, id: String) throws -> Int {
        guard let value = tag[name] else { throw malformed(tag, "entity \(id) has no \(name)") }
        guard let number = Int(value) else { throw malformed(tag, "entity \(id): \(name) is not a whole number") }
        return number
    }

    private func malformed(_ tag: I2B2Content.Tag, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: tag.line, problem: problem)
    }

    /// Parses the file; of second XML declarations, which some 2014 files carry, returns the lines and reads on.
    private static func content(of file: InputFile, maxDepth: Int) throws -> (
        I2B2Content, repairedLines: [Int]
    ) {
        try checkEncoding(of: file)
        var bytes = file.bytes
        var repairedLines: [Int] = []
        while true {
            do {
                var content = I2B2Content(file: file.path)
                try XMLEventParser.parse(bytes, file: file.path, maxDepth: maxDepth, handler: &content)
                return (content, repairedLines)
            } catch let error as XMLSyntaxError {
                // A handful of declarations is a slip of some tool; each costs a pass over the file.
                guard error.isMisplacedDeclaration, repairedLines.count < 8,
                    blankDeclaration(in: &bytes, fromLine: error.line)
                else { throw error.corpusError }
                repairedLines.append(error.line)
            }
        }
    }

    /// A file that claims nothing else is UTF-8, and gets the byte offset of its first error.
    private static func checkEncoding(of file: InputFile) throws {
        let head = String(decoding: file.bytes.prefix(200), as: UTF8.self).lowercased()
        let isWide =
            file.bytes.prefix(4).contains(0) || file.bytes.starts(with: [0xFF, 0xFE])
            || file.bytes.starts(with: [0xFE, 0xFF])
        if !isWide && (!head.contains("encoding=") || head.contains("utf-8")) { _ = try file.text() }
    }

    /// Overwrites the misplaced declaration of a line with blanks, so that lines and offsets stay.
    private static func blankDeclaration(in bytes: inout [UInt8], fromLine line: Int) -> Bool {
        var start = 0
        for _ in 1..<max(line, 1) {
            guard let end = bytes[start...].firstIndex(of: 0x0A) else { return false }
            start = end + 1
        }
        let opening = Array("<?xml".utf8)
        let closing = Array("?>".utf8)
        for index in bytes.indices[start...] where index > 0 && bytes[index...].starts(with: opening) {
            for end in bytes.indices[index...] where bytes[end...].starts(with: closing) {
                for position in index..<end + closing.count where bytes[position] != 0x0A { bytes[position] = 0x20 }
                return true
            }
            return false
        }
        return false
    }
}
