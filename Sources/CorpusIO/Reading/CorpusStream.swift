import ClinicalText
import Essentials

/// A corpus of any size, read on several threads in bounded memory; documents come in the order of the files.
public struct CorpusStream: Sendable {
    /// The format, as it was named or recognized.
    public let format: CorpusFormat
    private let units: UnitList
    let options: ReadOptions

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

    /// The files of the corpus in the order in which they are read, companions after the file that they belong to.
    var sources: [InputSource] {
        (0..<units.count).flatMap { index in
            [units[index].main] + units[index].companions.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// Hands every group of documents to `body`, in order.
    ///
    /// Of documents with the same id, the first is taken where reading goes on after faults; where it repairs, the
    /// others get ids of their own (`a~2`).
    ///
    /// - Parameter keepsFaults: whether the summary holds the faults that `body` was handed.
    /// - Returns: what was found besides; the faults of the groups are in it.
    /// - Throws: ``CorpusError`` or `FileError`, naming file and line, and what `body` throws.
    @discardableResult
    public func read(
        threads: Int = 1, keepsFaults: Bool = true, _ body: (ReadDocuments) throws -> Void
    ) throws -> ReadSummary {
        try map(
            threads: threads, keepsFaults: keepsFaults, transform: { $0.documents },
            body: { documents, read in
                var read = read
                read.documents = documents
                for (index, id) in read.repeats.sorted(by: { $0.key > $1.key }) {
                    if options.mode == .repair {
                        read.documents[index].id = id
                    } else {
                        read.documents.remove(at: index)
                        if !read.places.isEmpty { read.places.remove(at: index) }
                    }
                }
                try body(read)
            })
    }

    /// Puts every group of documents through `transform` on one of `threads` threads, and hands what it makes to
    /// `body`, in order, with the group, whose documents are left out.
    ///
    /// - Parameter keepsFaults: whether the summary holds the faults that `body` was handed; of a large corpus with
    ///   many faults they are many.
    /// - Throws: ``CorpusError`` or `FileError`, naming file and line, and what `transform` and `body` throw.
    @discardableResult
    public func map<Output: Sendable>(
        threads: Int, keepsFaults: Bool = true, transform: @escaping @Sendable (ReadDocuments) throws -> Output,
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
                var read = read
                try Self.noteRepeats(places, &ids, in: &read, options: options)
                summary.add(read, keepsFaults: keepsFaults)
                if options.mode != .repair { summary.documents -= read.repeats.count }
                read.documents = []
                try body(output, read)
            })
        summary.faults = parts.faults + summary.faults
        summary.leftOut.merge(parts.leftOut, uniquingKeysWith: +)
        return summary
    }

    /// Notes the documents of a group whose ids were there before; where reading does not go on, the first ends it.
    private static func noteRepeats(
        _ places: [DocumentIDs.Place], _ ids: inout DocumentIDs, in read: inout ReadDocuments, options: ReadOptions
    ) throws {
        for (index, place) in places.enumerated() {
            guard let error = ids.repeated(place) else { continue }
            guard options.mode.goesOn else { throw error }
            let newID = ids.unusedID(like: place, isTaken: options.mode == .repair)
            read.repeats[index] = newID
            var fault = error.fault
            fault.file = read.file
            fault.line = place.line ?? (read.places.isEmpty ? nil : read.places[index].line)
            fault.document = place.id
            fault.fix = "give it an id of its own, such as \(newID)"
            fault.isRepaired = options.mode == .repair
            if options.mode != .repair { read.leftOut[.document, default: 0] += 1 }
            read.faults.append(fault)
        }
    }

    private static func read(_ part: Part, options: ReadOptions) throws -> ReadDocuments {
        var context = ReadContext(options: options)
        let documents = try context.attempt(.document) { try part.read(&$0) } ?? []
        if options.mode == .strict, let fault = context.faults.first { throw CorpusError.fault(fault) }
        var read = ReadDocuments(
            documents: documents, faults: context.faults, leftOut: context.leftOut, leftOutTypes: [:])
        read.file = part.file
        if options.keepsPlaces { read.places = context.places(of: documents, file: part.file) }
        if let types = options.types {
            for index in documents.indices {
                let (selected, leftOut) = types.applied(to: documents[index])
                read.documents[index] = selected
                read.leftOutTypes.merge(leftOut, uniquingKeysWith: +)
            }
        }
        return read
    }

    /// A part of a unit and the file that it is read from.
    private struct Part: Sendable {
        let read: ReadPart
        let file: String
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

        mutating func next() throws -> Part? {
            while true {
                do {
                    if let part = try current?.next() { return Part(read: part, file: units[place - 1].main.path) }
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
