import ClinicalText

/// Reads a record of the 2006 de-identification files: the text without its tags, a mention where a `PHI` element was.
enum I2B2Deidentification2006Reader {
    /// The document of a record; the mentions are called `P0`, `P1`, … in the order of the text.
    ///
    /// - Throws: ``CorpusError``.
    static func document(
        of record: XMLRecordReader.Record, file: InputSource, context: inout ReadContext
    ) throws -> Document {
        var read = try XMLRecordDocument(
            record, file: file, layout: I2B2Deidentification2006Format.layout, context: &context
        ) { bytes, error, context in
            guard error.isUnbalanced else { return false }
            return repair(&bytes, firstLine: record.line, file: file.path, context: &context)
        }
        var document = read.document
        var check = context.check(file: file.path, text: document.text, document: document.id)
        for mark in read.content.marks {
            let id = "P\(document.entities.count)"
            let marked = try context.attempt(.entity, document: document.id) { _ in
                try entity(of: mark, id: id, file: file.path, check: &check)
            }
            if let entity = marked ?? nil { document.entities.append(entity) }
        }
        context.take(check)
        read.document = document
        read.keepElements(except: nil, file: file.path, context: &context)
        return read.document
    }

    private static func entity(
        of mark: XMLRecordContent.Mark, id: String, file: String, check: inout MentionCheck
    ) throws -> Entity? {
        var attributes = Dictionary(mark.attributes.map { ($0.name, $0.value) }) { first, _ in first }
        guard let type = attributes.removeValue(forKey: "TYPE"), !type.isEmpty else {
            throw CorpusError.malformed(file: file, line: mark.line, problem: "a PHI element without TYPE")
        }
        let entity = Entity(
            id: id, type: type, spans: [TextSpan(start: mark.start, end: mark.end)], attributes: attributes)
        return check.check(entity, surface: nil, line: mark.line)
    }

    /// Puts `</PHI>` where a start tag stands instead of it, or where it is missing before the next start tag.
    ///
    /// The next tag of a mention tells the two apart: after a start tag that stands for an end tag comes another start
    /// tag, or none.
    private static func repair(
        _ bytes: inout [UInt8], firstLine: Int, file: String, context: inout ReadContext
    ) -> Bool {
        let tags = I2B2MarkTag.all(in: bytes)
        var repaired: [UInt8] = []
        var copied = 0
        var isOpen = false
        var isChanged = false
        for (index, tag) in tags.enumerated() {
            guard tag.isStart, isOpen else {
                isOpen = tag.isStart
                continue
            }
            let isMissing = index + 1 < tags.count && !tags[index + 1].isStart
            repaired += bytes[copied..<tag.range.lowerBound]
            repaired += "</PHI>".utf8
            copied = isMissing ? tag.range.lowerBound : tag.range.upperBound
            isOpen = isMissing
            isChanged = true
            context.note(
                CorpusFault(
                    .malformed, file: file,
                    line: firstLine + bytes[..<tag.range.lowerBound].count { $0 == 0x0A },
                    message: isMissing
                        ? "a PHI element has no end; it is taken to end where the next one starts"
                        : "a PHI element starts where one should end; it is taken for the end",
                    fix: "write </PHI>", isRepaired: context.isRepairing))
        }
        if isChanged { bytes = repaired + bytes[copied...] }
        return isChanged
    }
}
