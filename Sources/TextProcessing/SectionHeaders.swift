import Essentials
import ICU

/// The known headers of sections, each with the section's normalized name.
public struct SectionHeaders: Sendable {
    /// By folded header: lower case, one blank between words.
    private let sections: [[UInt8]: String]
    /// The longest folded header in bytes.
    let maxLength: Int

    /// No known headers: only lines in capitals that end in a colon begin a section.
    public static let none = SectionHeaders(sections: [:])

    private init(sections: [[UInt8]: String]) {
        self.sections = sections
        maxLength = sections.keys.map(\.count).max() ?? 0
    }

    /// Reads headers from a tab-separated file with the columns `header` and `section`.
    ///
    /// A header is written without its colon; upper and lower case do not matter.
    ///
    /// - Throws: ``FileError`` or ``TextProcessingError`` with file and line.
    public init(contentsOf path: String) throws {
        var sections: [[UInt8]: String] = [:]
        var lines: [[UInt8]: Int] = [:]
        for row in try TabSeparatedTable(contentsOf: path).rows(["header", "section"]) {
            var header = row.values[0]
            if header.hasSuffix(":") { header.removeLast() }
            let key = header.withUTF8 { Self.folded($0) }
            if let known = sections[key], let firstLine = lines[key], known != row.values[1] {
                throw TextProcessingError.conflict(path: path, line: row.line, firstLine: firstLine, column: "header")
            }
            sections[key] = row.values[1]
            lines[key] = row.line
        }
        self.init(sections: sections)
    }

    /// How many headers are known.
    public var count: Int { sections.count }

    /// The names of the sections, each once, in alphabetical order.
    public var sectionNames: [String] { Set(sections.values).sorted() }

    /// The section under a header as written in a note.
    func section(of header: UnsafeBufferPointer<UInt8>) -> String? {
        if sections.isEmpty || header.count > 2 * maxLength + 8 { return nil }
        return sections[Self.folded(header)]
    }

    /// Lower case, white space trimmed and shrunk to single blanks.
    private static func folded(_ header: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(header.count)
        var offset = 0
        while offset < header.count {
            let byte = header[offset]
            if byte >= 0x80 {
                let (value, count) = CodePoint.decode(header, at: offset)
                if value == 0xA0 {
                    if let last = folded.last, last != 0x20 { folded.append(0x20) }
                } else {
                    CodePoint.append(CodePoint.lowercase(value), to: &folded)
                }
                offset += count
                continue
            }
            if byte <= 0x20 {
                if let last = folded.last, last != 0x20 { folded.append(0x20) }
            } else {
                folded.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            }
            offset += 1
        }
        if folded.last == 0x20 { folded.removeLast() }
        return folded
    }
}
