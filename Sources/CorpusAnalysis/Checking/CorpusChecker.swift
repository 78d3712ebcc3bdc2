import ClinicalText
import CorpusIO
import TextProcessing

/// Checks a corpus, or several that should share no note, in two readings and bounded memory.
public struct CorpusChecker {
    /// What is known of a document after its own check.
    private struct CheckedNote: Sendable {
        let id: String
        let places: DocumentPlaces
        let faults: [CorpusFault]
        let types: [String: Int]
        let sketch: NoteSketch
    }

    private let sets: [CheckedSet]
    private let options: CheckOptions
    private let report: (CorpusFault) throws -> Void
    private let advance: (Int) -> Void
    private var summary = CheckSummary()
    private var index = DuplicateIndex()
    /// Over several sets, the set and the text's hash of each document, by its id's hash.
    private var ids: [UInt64: (set: Int, textHash: UInt64)] = [:]

    /// Checks `sets` and hands every fault to `report` when it is found.
    ///
    /// `advance` is told how many more documents were read. In mode `strict` the first fault that is more than
    /// information is thrown.
    ///
    /// - Throws: ``CorpusError`` or `FileError` for what cannot be read at all, what `report` throws.
    public static func check(
        _ sets: [CheckedSet], options: CheckOptions, advance: (Int) -> Void = { _ in },
        report: (CorpusFault) throws -> Void
    ) throws -> CheckSummary {
        try withoutActuallyEscaping(report) { report in
            try withoutActuallyEscaping(advance) { advance in
                var checker = CorpusChecker(sets: sets, options: options, report: report, advance: advance)
                try checker.run()
                return checker.summary
            }
        }
    }

    private init(
        sets: [CheckedSet], options: CheckOptions, report: @escaping (CorpusFault) throws -> Void,
        advance: @escaping (Int) -> Void
    ) {
        self.sets = sets
        self.options = options
        self.report = report
        self.advance = advance
    }

    private mutating func run() throws {
        var reading = options.reading
        reading.keepsPlaces = true
        let corpora = try sets.map { try CorpusStream($0.path, options: reading) }
        summary.formats = corpora.map(\.format)
        for (set, corpus) in corpora.enumerated() { try check(corpus, set: set) }
        guard var search = DuplicateSearch(index, sets: sets, similarity: options.similarity) else { return }
        index = DuplicateIndex()
        try search.run(corpora: corpora, threads: options.threads) { try note($0) }
    }

    private mutating func check(_ corpus: CorpusStream, set: Int) throws {
        let files = try inspectFiles(of: corpus)
        var types: [String: Int] = [:]
        let segmenter = DocumentSegmenter(sectionHeaders: .none)
        let read = try corpus.map(
            threads: options.threads, keepsFaults: false,
            transform: { read in
                zip(read.documents, read.places).map { document, places in
                    CheckedNote(
                        id: document.id, places: places,
                        faults: DocumentChecker.faults(of: document, places: places, segmenter: segmenter),
                        types: document.entities.reduce(into: [:]) { $0[$1.type, default: 0] += 1 },
                        sketch: NoteSketch(of: document.text))
                }
            },
            body: { notes, read in
                for fault in read.faults where !files.explain(fault) { try note(fault) }
                let empty = Set(read.faults.filter { $0.kind == .emptyText }.map(\.document))
                for (place, checked) in notes.enumerated() where read.repeats[place] == nil || isRepairing {
                    for fault in checked.faults where !files.explain(fault) {
                        if fault.kind == .emptyText, empty.contains(fault.document) { continue }
                        try note(fault)
                    }
                    types.merge(checked.types, uniquingKeysWith: +)
                    if read.repeats[place] == nil { try add(checked, set: set) }
                }
                advance(notes.count)
            })
        for fault in read.faults where !files.explain(fault) { try note(fault) }
        summary.documents += read.documents
        summary.entities += types.values.reduce(0, +)
        summary.leftOut.merge(read.leftOut, uniquingKeysWith: +)
        try checkTypes(types, set: set)
    }

    private var isRepairing: Bool { options.reading.mode == .repair }

    /// Files in which the bytes showed faults, so that what follows from these is not told twice.
    private struct FaultyFiles {
        var mixedLines: Set<String> = []
        var notUTF8: Set<String> = []

        func explain(_ fault: CorpusFault) -> Bool {
            switch fault.kind {
            case .mixedLineEndings: mixedLines.contains(fault.file)
            case .encoding: fault.severity == .error && notUTF8.contains(fault.file)
            default: false
            }
        }
    }

    private mutating func inspectFiles(of corpus: CorpusStream) throws -> FaultyFiles {
        var files = FaultyFiles()
        try corpus.inspectFiles(threads: options.threads) { faults in
            for fault in faults {
                if fault.kind == .encoding {
                    files.notUTF8.insert(fault.file)
                } else {
                    files.mixedLines.insert(fault.file)
                }
                try note(fault)
            }
        }
        return files
    }

    /// Takes a note up among those that others are compared with.
    private mutating func add(_ checked: CheckedNote, set: Int) throws {
        index.add(checked.sketch)
        guard sets.count > 1 else { return }
        let hash = NoteSketch.hash(of: checked.id)
        guard let first = ids[hash] else {
            ids[hash] = (set, checked.sketch.textHash)
            return
        }
        // The same note in two sets is a leak, which the comparison of the texts tells.
        guard first.set != set, first.textHash != checked.sketch.textHash else { return }
        try note(
            CorpusFault(
                .duplicateDocument, file: checked.places.file, line: checked.places.line, document: checked.id,
                message: "the document id \(checked.id) stands for another text in \(sets[first.set].name)",
                fix: "give one of them another id"))
    }

    private mutating func checkTypes(_ types: [String: Int], set: Int) throws {
        for (type, count) in types.sorted(by: { $0.key < $1.key }) where count < options.minimumExamples {
            try note(
                CorpusFault(
                    .fewExamples, file: sets[set].path,
                    message: "the type \(type) has \(count == 1 ? "1 mention" : "\(count) mentions"), fewer than "
                        + "\(options.minimumExamples): too few to learn from or to measure on",
                    fix: "annotate more, or join it with another type (--map \(type)=OTHER)"))
        }
    }

    private mutating func note(_ fault: CorpusFault) throws {
        let fault = fault.withFix
        summary.add(fault)
        if options.reading.mode == .strict, fault.severity != .information { throw CorpusError.fault(fault) }
        try report(fault)
    }
}
