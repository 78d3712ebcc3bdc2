import ClinicalText

/// One file format: how it is recognized and read. A format that can be written is a ``WritableFormat``.
protocol DocumentFormat: Sendable {
    /// Its name.
    static var format: CorpusFormat { get }
    /// What a folder in this format holds, for messages: `i2b2 XML files (.xml)`.
    static var contents: String { get }
    /// The endings of its files' names, in lower case, without the dot and a final `.gz`; files of a folder with other
    /// endings do not belong to the corpus. An empty ending stands for names without one.
    static var extensions: [String] { get }
    /// Folders, directly below the one that was named, whose files belong to the corpus as well.
    static var subfolders: [String] { get }

    /// Whether a file of a folder may belong to the corpus: one with an ending of ``extensions``, unless the format tells
    /// its files by their content.
    static func accepts(_ source: InputSource) -> Bool

    /// Whether a file looks like this format. Formats are asked in the order of ``Formats/all``, the first one wins.
    static func recognizes(_ head: FileHead) -> Bool

    /// Whether each file is a unit of its own, so that ``units(of:)`` need not see all of them: a corpus of a million
    /// files is then listed in the memory that their names take.
    static var readsFilesAlone: Bool { get }

    /// Groups files into what must be read together, in the order of the documents.
    ///
    /// - Throws: ``CorpusError`` when a file lacks its companion.
    static func units(of files: [InputSource]) throws -> [FileUnit]

    /// Opens a unit and hands out its parts.
    ///
    /// - Throws: ``CorpusError`` or `FileError`.
    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader

    /// Reads a whole unit. Only a format that has no ``parts(of:options:)`` of its own needs this.
    ///
    /// - Throws: ``CorpusError`` or `FileError`.
    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document]
}

/// A format that clinner writes.
protocol WritableFormat: DocumentFormat {
    /// Writes the documents that `feed` hands to its argument, each file whole or not at all.
    ///
    /// `path` is a folder or a file, as ``writesFolder`` says. What the format cannot hold is counted in `context`.
    ///
    /// - Throws: ``CorpusError`` for what the format cannot hold and nobody may lose, `FileError`, what `feed` throws.
    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws

    /// Whether a corpus is a folder of files rather than one file.
    static var writesFolder: Bool { get }
}

/// Hands documents, one after the other, to its argument.
typealias DocumentFeed = ((Document) throws -> Void) throws -> Void

/// A part of a unit that can be read apart from the others, on any thread.
typealias ReadPart = @Sendable (inout ReadContext) throws -> [Document]

/// Hands out the parts of a unit in their order.
protocol PartReader {
    /// The next part, or nothing at the end.
    mutating func next() throws -> ReadPart?
}

/// A unit that is one part.
struct SinglePart: PartReader {
    private var part: ReadPart?

    init(_ part: @escaping ReadPart) { self.part = part }

    mutating func next() -> ReadPart? {
        defer { part = nil }
        return part
    }
}

/// Files that are read together: a note and its annotations.
struct FileUnit: Sendable {
    /// The file that documents are named after.
    var main: InputSource
    /// The others, by what they are to the format: `annotations`, `con`, `rel`.
    var companions: [String: InputSource] = [:]
}

/// What a format is recognized by.
struct FileHead: Sendable {
    /// The file's name without folders.
    var name: String
    /// The name's last ending in lower case, without the dot and a final `.gz`.
    var ending: String
    /// The first bytes (at most 64 KiB, decompressed, UTF-8, without a byte order mark).
    var bytes: [UInt8]
    /// The endings of all files beside it, and the last two of files that have two: `con`, `txt.con`.
    var neighbours: Set<String>

    /// The first bytes as text; what is no UTF-8 is replaced.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The first byte that is not white space.
    var firstByte: UInt8? { bytes.first { !Surface.isSpace($0) } }
}

extension DocumentFormat {
    static var subfolders: [String] { [] }

    static var readsFilesAlone: Bool { false }

    static func accepts(_ source: InputSource) -> Bool { extensions.contains(source.ending) }

    static func units(of files: [InputSource]) throws -> [FileUnit] { files.map { FileUnit(main: $0) } }

    static func parts(of unit: FileUnit, options: ReadOptions) throws -> any PartReader {
        SinglePart { try read(unit, context: &$0) }
    }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        preconditionFailure("\(format.rawValue) is read in parts")
    }
}
