import Essentials

/// A corpus that cannot be read or written as asked.
public enum CorpusError: UserFacingError, Equatable {
    /// The file breaks the rules of its format; `problem` says how, without any text of the note.
    case malformed(file: String, line: Int?, problem: String)
    /// Bytes that are not UTF-8, from the given offset in bytes.
    case notUTF8(file: String, byte: Int)
    /// Bytes that the named encoding does not allow, from the given offset in bytes.
    case undecodable(file: String, byte: Int, encoding: TextEncoding)
    /// In strict mode, the first fault.
    case fault(CorpusFault)
    /// Offsets of an entity outside the text, whose length is given; all in code points.
    case offsetsBeyondText(file: String, line: Int?, id: String, start: Int, end: Int, length: Int)
    /// An entity that ends before it starts, in code points.
    case reversedOffsets(file: String, line: Int?, id: String, start: Int, end: Int)
    /// Two documents under one id.
    case duplicateDocument(id: String, first: String, second: String)
    /// An annotation file without its text.
    case missingText(file: String, expected: String)
    /// A table without a column that was asked for.
    case missingColumn(file: String, column: String, available: [String])
    /// A file above the limit, in bytes.
    case tooLarge(file: String, limit: Int)
    /// XML or JSON nested above the limit.
    case tooDeep(file: String, line: Int?, limit: Int)
    /// XML that declares or uses entities of its own.
    case entities(file: String, line: Int)
    /// Nothing about the path tells its format.
    case unknownFormat(path: String)
    /// A folder that holds files of several formats.
    case severalFormats(path: String, formats: [CorpusFormat])
    /// A format that holds no annotations.
    case notWritable(format: CorpusFormat)
    /// A character that XML 1.0 cannot hold, at an offset in code points.
    case characterNotInXML(document: String, offset: Int, character: UInt32)
    /// An id, a type or an attribute's name that the format cannot hold.
    case nameNotInFormat(document: String, name: String, format: CorpusFormat, rule: String)

    /// Where, what and what to do, in one sentence.
    public var description: String {
        switch self {
        case .malformed(let file, let line, let problem):
            return "\(place(file, line)): \(problem)"
        case .notUTF8(let file, let byte):
            return "\(file): not UTF-8 at byte \(byte); name the encoding, one of "
                + TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        case .undecodable(let file, let byte, let encoding):
            return "\(file): not \(encoding.rawValue) at byte \(byte); name another encoding"
        case .fault(let fault):
            return "\(fault)" + (fault.fix.map { "; \($0)" } ?? "")
        case .offsetsBeyondText(let file, let line, let id, let start, let end, let length):
            return "\(place(file, line)): entity \(id) spans \(start)-\(end), but the text has \(length) code points; "
                + "check that the annotations belong to this text and count code points"
        case .reversedOffsets(let file, let line, let id, let start, let end):
            return "\(place(file, line)): entity \(id) starts at \(start), after its end \(end); correct its offsets"
        case .duplicateDocument(let id, let first, let second):
            return "\(second): the document id \(id) is already used in \(first); ids must be unique within a corpus"
        case .missingText(let file, let expected):
            return "\(file): the text \(expected) is missing beside the annotations"
        case .missingColumn(let file, let column, let available):
            let nearest = NearestName.of(column, in: available).map { "; did you mean \($0)?" } ?? ""
            return "\(file): no column \(column); the columns are \(available.joined(separator: ", "))\(nearest)"
        case .tooLarge(let file, let limit):
            return "\(file): larger than \(limit) bytes; split it, or raise maxFileBytes"
        case .tooDeep(let file, let line, let limit):
            return "\(place(file, line)): nested deeper than \(limit) levels; raise maxDepth if that is meant"
        case .entities(let file, let line):
            return "\(place(file, line)): declares or uses XML entities, which are never expanded; "
                + "remove the declarations and write the characters themselves"
        case .unknownFormat(let path):
            return "\(path): cannot tell the format; set format to one of "
                + CorpusFormat.allCases.map(\.rawValue).joined(separator: ", ")
        case .severalFormats(let path, let formats):
            return "\(path): holds files of several formats; set format to one of "
                + formats.map(\.rawValue).joined(separator: ", ")
        case .notWritable(let format):
            return "annotations cannot be written as \(format.rawValue); use one of "
                + CorpusWriter.formats.map(\.rawValue).joined(separator: ", ")
        case .characterNotInXML(let document, let offset, let character):
            let digits = String(character, radix: 16, uppercase: true)
            let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            return "document \(document): XML cannot hold the character \(code) at offset \(offset); "
                + "write jsonl or brat instead"
        case .nameNotInFormat(let document, let name, let format, let rule):
            return "document \(document): \(format.rawValue) cannot hold the name \(name): \(rule)"
        }
    }

    /// 65 for bad data, 66 for something missing, 64 for a format that cannot be written.
    public var exitCode: ExitCode {
        switch self {
        case .missingText, .unknownFormat, .severalFormats: .missingInput
        case .notWritable: .usage
        default: .badData
        }
    }
}

extension CorpusError {
    /// The error as a fault in a list of faults.
    var fault: CorpusFault {
        switch self {
        case .fault(let fault): return fault
        case .malformed(let file, let line, let problem):
            return CorpusFault(.malformed, severity: .error, file: file, line: line, message: problem)
        case .notUTF8(let file, _), .undecodable(let file, _, _):
            return CorpusFault(.encoding, severity: .error, file: file, message: message(after: file))
        case .offsetsBeyondText(let file, let line, _, let start, _, _):
            return CorpusFault(
                .offsetsBeyondText, severity: .error, file: file, line: line, offset: start,
                message: message(after: place(file, line)))
        case .reversedOffsets(let file, let line, _, let start, _):
            return CorpusFault(
                .reversedOffsets, severity: .error, file: file, line: line, offset: start,
                message: message(after: place(file, line)))
        case .duplicateDocument(_, _, let second):
            return CorpusFault(.duplicateDocument, severity: .error, file: second, message: message(after: second))
        case .missingText(let file, _), .missingColumn(let file, _, _), .tooLarge(let file, _):
            return CorpusFault(.malformed, severity: .error, file: file, message: message(after: file))
        case .tooDeep(let file, let line, _):
            return CorpusFault(
                .malformed, severity: .error, file: file, line: line, message: message(after: place(file, line)))
        case .entities(let file, let line):
            return CorpusFault(
                .malformed, severity: .error, file: file, line: line, message: message(after: place(file, line)))
        case .unknownFormat(let path), .severalFormats(let path, _):
            return CorpusFault(.malformed, severity: .error, file: path, message: message(after: path))
        case .notWritable, .characterNotInXML, .nameNotInFormat:
            return CorpusFault(.malformed, severity: .error, file: "", message: description)
        }
    }

    /// The description without the place that it begins with.
    private func message(after place: String) -> String {
        let prefix = "\(place): "
        return description.hasPrefix(prefix) ? String(description.dropFirst(prefix.count)) : description
    }
}
