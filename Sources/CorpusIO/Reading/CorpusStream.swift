import ClinicalText
import Essentials

/// A corpus of any size, read on several threads in bounded memory; documents come in the order of the files.
public struct CorpusStream: Sendable {
    /// The format, as it was named or recognized.
    public let format: CorpusFormat
    private let units: UnitList
    private let options: ReadOptions

    /// Lists the files at `path`, a file, folder or tar archive, and recognizes their format.
    ///
    /// Files of a folder are read in the order of their names; its subfolders are not, unless the format has them.
    ///
    /// - Throws: ``CorpusError`` or `FileError`.
    public init(_ path: String, options: ReadOptions = ReadOptions()) throws {
        try self.init(CorpusFiles.list(path, options: options), options: options)
    }

    /// Groups the files of a corpus in the format that is named or recognized.
    ///
    /// - Throws: ``CorpusError`` or `FileError`.
    init(_ files: CorpusFiles, options: ReadOptions) throws {
        let definition = try options.format.map(Formats.definition) ?? files.recognizedFormat(options)
        let sources = files.sources(in: definition)
        units = definition.readsFilesAlone ? .files(sources) : .units(try definition.units(of: Array(sources)))
        if units.count == 0 { throw FileError.emptyFolder(path: files.path, expected: definition.contents) }
        format = definition.format
        self.options = options
    }

    /// Hands every group of documents to `body`, in order.
    ///
    /// - Returns: what was found besides; the faults of the groups are in it.
    /// - Throws: ``CorpusError`` or `FileError`, naming file and line, and what `body` throws.
    @discardableResult
    public func read(threads: Int = 1, _ body: (ReadDocuments) throws -> Void) throws -> ReadSummary {
        try map(
            threads: threads, transform: { $0.documents },
            body: { documents, read in
                var read = read
                read.documents = documents
                try body(read)
            })
    }

    /// Puts every group of documents through `transform` on one of `threads` threads, and hands what it makes to
    /// `body`, in order, with the group, whose documents are left out.
    ///
    /// - Throws: ``CorpusError`` or `FileError`, naming file and line, and what `transform` and `body` throw.
    @discardableResult
    public func map<Output: Sendable>(
        threads: Int, transform: @escaping @Sendable (ReadDocuments) throws -> Output,
        body: (Output, ReadDocuments) throws -> Void
    ) throws -> ReadSummary {
        var summary = ReadSummary(format: format)
        var ids = DocumentIDs()
        var parts = Parts(units: units, definition: Formats.definition(of: format), options: options)
        let options = options
        try OrderedWork.run(
            threads: threads, next: { try parts.next() },
            work: { part in
                let read = try Self.read(part, options: options)
                let places = read.documents.map { DocumentIDs.Place($0) }
                return (try transform(read), read, places)
            },
            consume: { output, read, places in
                for place in places { try ids.add(place) }
                summary.add(read)
                var read = read
                read.documents = []
                try body(output, read)
            })
        summary.faults = parts.faults + summary.faults
        summary.leftOut.merge(parts.leftOut, uniquingKeysWith: +)
        return summary
    }

    private static func read(_ part: ReadPart, options: ReadOptions) throws -> ReadDocuments {
        var context = ReadContext(options: options)
        let documents = try context.attempt(.document) { try part(&$0) } ?? []
        if options.mode == .strict, let fault = context.faults.first { throw CorpusError.fault(fault) }
        var read = ReadDocuments(
            documents: documents, faults: context.faults, leftOut: context.leftOut, leftOutTypes: [:])
        if let types = options.types {
            for index in documents.indices {
                let (selected, leftOut) = types.applied(to: documents[index])
                read.documents[index] = selected
                read.leftOutTypes.merge(leftOut, uniquingKeysWith: +)
            }
        }
        return read
    }

    /// The parts of all units.
    private struct Parts {
        let units: UnitList
        let definition: any DocumentFormat.Type
        let options: ReadOptions
        private(set) var faults: [CorpusFault] = []
        private(set) var leftOut: [CorpusPart: Int] = [:]
        private var place = 0
        private var current: (any PartReader)?

        init(units: UnitList, definition: any DocumentFormat.Type, options: ReadOptions) {
            self.units = units
            self.definition = definition
            self.options = options
        }

        mutating func next() throws -> ReadPart? {
            while true {
                do {
                    if let part = try current?.next() { return part }
                    guard place < units.count else { return nil }
                    place += 1
                    current = nil
                    current = try definition.parts(of: units[place - 1], options: options)
                } catch let error as CorpusError where options.mode.goesOn {
                    // The rest of the unit cannot be read.
                    current = nil
                    leftOut[.file, default: 0] += 1
                    faults.append(error.fault)
                }
            }
        }
    }
}
