import Essentials

/// The known headers of sections, each with the section's normalized name and the sections it may be a part of.
public struct SectionHeaders: Sendable {
    /// A known header.
    struct Header: Hashable, Sendable {
        /// The normalized name of its section.
        var section: String
        /// The names of the sections in which it begins a part instead of the next section.
        var partOf: [String]

        /// Whether it names a part by nature (`Lungs`), which takes the name of the section it stands in: an organ in a
        /// review of systems belongs to the review of systems.
        var isPart: Bool { partOf.contains(section) }
    }

    private let headers: [Header]
    /// By folded header: lower case, one blank between words.
    private let keys: [[UInt8]]
    /// Places in `keys` by hash, -1 where free; a power of two of them, at most half taken.
    private let table: [Int32]
    /// The longest folded header in bytes.
    private let maxLength: Int

    /// No known headers: only what looks like a header begins a section.
    public static let none = SectionHeaders([])

    private init(_ entries: [(key: [UInt8], header: Header)]) {
        headers = entries.map(\.header)
        keys = entries.map(\.key)
        maxLength = keys.map(\.count).max() ?? 0
        var size = 2
        while size < 2 * entries.count { size *= 2 }
        var table = [Int32](repeating: -1, count: size)
        for (index, entry) in entries.enumerated() {
            var place = Self.place(entry.key.withUnsafeBufferPointer { FoldedHeader.hash(of: $0) }, size)
            while table[place] >= 0 { place = (place + 1) & (size - 1) }
            table[place] = Int32(index)
        }
        self.table = table
    }

    private static func place(_ hash: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: hash ^ hash >> 32) & (size - 1)
    }

    /// Reads headers from a tab-separated file with the columns `header` and `section`, and perhaps `part_of`.
    ///
    /// A header is written without its colon; upper and lower case do not matter. `part_of` names the sections, parted by
    /// commas, in which the header begins a part. A header that is part of the very section it names (`lungs` of
    /// `physical_exam`) is a part by nature: it takes the name of whatever section of the list it stands in.
    ///
    /// - Throws: ``FileError`` or ``TextProcessingError`` with file and line.
    public init(contentsOf path: String) throws {
        let table = try TabSeparatedTable(contentsOf: path)
        let columns = ["header", "section"] + (table.has("part_of") ? ["part_of"] : [])
        let rows = try table.rows(columns, optional: ["part_of"])
        let names = Set(rows.map { $0.values[1] })
        var entries: [(key: [UInt8], header: Header)] = []
        var lines: [[UInt8]: (line: Int, entry: Int)] = [:]
        for row in rows {
            var text = row.values[0]
            if text.hasSuffix(":") { text.removeLast() }
            let key = text.withUTF8 { FoldedHeader.bytes(of: $0) }
            let header = Header(section: row.values[1], partOf: Self.list(row.values.count > 2 ? row.values[2] : ""))
            for name in header.partOf where !names.contains(name) {
                throw TextProcessingError.unknownSection(
                    path: path, line: row.line, section: name, nearest: NearestName.of(name, in: names.sorted()))
            }
            if let known = lines[key] {
                if entries[known.entry].header == header { continue }
                throw TextProcessingError.conflict(path: path, line: row.line, firstLine: known.line, column: "header")
            }
            lines[key] = (row.line, entries.count)
            entries.append((key, header))
        }
        self.init(entries)
    }

    private static func list(_ field: String) -> [String] {
        field.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// How many headers are known.
    public var count: Int { headers.count }

    /// The names of the sections, each once, in alphabetical order.
    public var sectionNames: [String] { Set(headers.map(\.section)).sorted() }

    /// The known header that is written so in a note.
    func header(_ written: UnsafeBufferPointer<UInt8>) -> Header? {
        if headers.isEmpty || written.isEmpty || written.count > 2 * maxLength + 8 { return nil }
        var place = Self.place(FoldedHeader.hash(of: written), table.count)
        while table[place] >= 0 {
            let index = Int(table[place])
            if FoldedHeader.equals(written, keys[index]) { return headers[index] }
            place = (place + 1) & (table.count - 1)
        }
        return nil
    }
}
