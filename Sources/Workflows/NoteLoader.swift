import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TextProcessing

/// Reads the note sources of a configuration and divides the notes into sections, sentences and tokens.
public struct NoteLoader {
    private let corpus: CorpusConfiguration
    private let file: String
    private let resolver: PathResolver
    private let segmenter: DocumentSegmenter
    private let report: (String) -> Void

    /// A loader for `experiment`, read from the configuration `file`; `report` is told what was odd in the files.
    ///
    /// - Throws: what reading the section headers throws.
    public init(
        experiment: Experiment, file: String, resolver: PathResolver, report: @escaping (String) -> Void
    ) throws {
        corpus = experiment.corpus
        self.file = file
        self.resolver = resolver
        self.report = report
        let headers = experiment.text.sectionHeaders
        segmenter = DocumentSegmenter(
            sectionHeaders: headers.isEmpty ? .none : try SectionHeaders(contentsOf: resolver.path(headers)),
            words: experiment.text.words)
    }

    /// The annotated train notes.
    public func train(for step: String) throws -> [SegmentedDocument] {
        try annotated(corpus.train, key: "corpus.train", step: step)
    }

    /// The annotated notes of a set.
    public func documents(of set: DocumentSet, for step: String) throws -> [SegmentedDocument] {
        try annotated(source(of: set), key: "corpus.\(set.rawValue)", step: step)
    }

    /// Whether the configuration names notes for a set.
    public func has(_ set: DocumentSet) -> Bool { !source(of: set).path.isEmpty }

    /// Whether the configuration names train notes.
    public var hasTrain: Bool { !corpus.train.path.isEmpty }

    /// The notes to label weakly and to adapt to, without annotation: the unlabeled ones, then the train notes if the
    /// configuration says so.
    public func unlabeled(for step: String) throws -> [SegmentedDocument] {
        try domains(for: step).flatMap(\.documents)
    }

    /// The same notes, a domain each source.
    public func domains(for step: String) throws -> [(name: String, documents: [SegmentedDocument])] {
        var sources = corpus.unlabeled.enumerated().map { ($1, "corpus.unlabeled.\($0)") }
        if corpus.unlabeledIncludesTrain, hasTrain { sources.append((corpus.train, "corpus.train")) }
        var domains = try sources.map { source, key in
            (name: source.domainName, documents: try read(source, key: key, step: step))
        }
        let ids = domains.flatMap { $0.documents.map(\.document.id) }
        guard !ids.isEmpty else {
            throw WorkflowError.missingNotes(file: file, key: "corpus.unlabeled", step: step)
        }
        // Notes of different sources get different ids.
        var names = UniqueNames(given: Set(ids))
        for domain in domains.indices {
            for note in domains[domain].documents.indices {
                domains[domain].documents[note].document.entities = []
                let id = domains[domain].documents[note].document.id
                domains[domain].documents[note].document.id = names.name(for: id)
            }
        }
        return domains
    }

    /// Notes that an adaptation only measures, a domain each source.
    public func monitored(_ sources: [NoteSource]) throws -> [(name: String, documents: [SegmentedDocument])] {
        try sources.enumerated().map { index, source in
            (
                name: source.domainName,
                documents: try read(source, key: "pretrain.monitored.\(index)", step: "pretrain")
            )
        }
    }

    /// Hands the notes to label weakly to `body` in parts of `size` notes, without annotation and in bounded memory; in
    /// the order of ``unlabeled(for:)``.
    ///
    /// - Parameters:
    ///   - reports: whether what is odd in the files is told; once is enough for notes that are read twice.
    ///   - given: the ids of all notes, by which equal ones get different ids; nothing leaves ids as they are.
    /// - Throws: what reading throws.
    public func forEachUnlabeled(
        for step: String, size: Int, reports: Bool, given: Set<String>?, _ body: ([Document]) throws -> Void
    ) throws {
        var names = given.map(UniqueNames.init)
        var part: [Document] = []
        func add(_ documents: [Document]) throws {
            for original in documents {
                var document = original
                document.entities = []
                document.relations = []
                document.id = names?.name(for: document.id) ?? document.id
                part.append(document)
                if part.count == size {
                    try body(part)
                    part.removeAll(keepingCapacity: true)
                }
            }
        }
        for (index, source) in corpus.unlabeled.enumerated() {
            guard !source.path.isEmpty else {
                throw WorkflowError.missingNotes(file: file, key: "corpus.unlabeled.\(index)", step: step)
            }
            try stream(source, reports: reports, add)
        }
        if corpus.unlabeledIncludesTrain, hasTrain { try stream(corpus.train, reports: reports, add) }
        if !part.isEmpty { try body(part) }
    }

    /// The entity types of the experiment: the configured ones, or those of the train notes in the order of the alphabet.
    ///
    /// - Throws: ``ConfigurationError/unknownEntityType(file:key:type:nearest:found:)`` for a type without gold.
    public func entityTypes(train: [SegmentedDocument]) throws -> [String] {
        let found = Set(train.flatMap { $0.document.entities.map(\.type) }).sorted()
        for (index, type) in corpus.types.enumerated() where !train.isEmpty && !found.contains(type) {
            throw ConfigurationError.unknownEntityType(
                file: file, key: "corpus.types.\(index)", type: type,
                nearest: NearestName.of(type, in: try typesInFiles()), found: try typesInFiles())
        }
        return corpus.types.isEmpty ? found : corpus.types
    }

    /// Refuses notes that stand in two of the annotated sets.
    public func refuseSharedNotes(_ sets: [(name: String, documents: [SegmentedDocument])]) throws {
        for (index, first) in sets.enumerated() {
            let texts = Dictionary(first.documents.map { ($0.document.text, $0.document.id) }) { old, _ in old }
            for second in sets[(index + 1)...] {
                let shared = second.documents.filter { texts[$0.document.text] != nil }
                guard let example = shared.first else { continue }
                throw WorkflowError.sharedNotes(
                    first: first.name, second: second.name, count: shared.count, example: example.document.id)
            }
        }
    }

    /// Reads notes from a path that the command line names.
    public func read(path: String, format: NoteFormat, typeSource: TypeSource) throws -> [SegmentedDocument] {
        var source = NoteSource()
        source.path = path
        source.format = format
        source.typeSource = typeSource
        return try segmented(read(source, path: path, selection: selection()))
    }

    /// Divides documents that were read elsewhere, on all processors.
    public func segmented(_ documents: [Document]) throws -> [SegmentedDocument] {
        let segmenter = segmenter
        return try documents.concurrentMap { segmenter.segment($0) }
    }

    private func source(of set: DocumentSet) -> NoteSource {
        switch set {
        case .dev: corpus.dev
        case .test: corpus.test
        }
    }

    private func annotated(_ source: NoteSource, key: String, step: String) throws -> [SegmentedDocument] {
        guard !source.path.isEmpty else { throw WorkflowError.missingNotes(file: file, key: key, step: step) }
        return try read(source, key: key, step: step)
    }

    private func read(_ source: NoteSource, key: String, step: String) throws -> [SegmentedDocument] {
        guard !source.path.isEmpty else { throw WorkflowError.missingNotes(file: file, key: key, step: step) }
        return try segmented(try read(source, path: resolver.path(source.path), selection: selection()))
    }

    private func selection() -> TypeSelection {
        TypeSelection(types: corpus.types, mapping: corpus.typeMapping)
    }

    /// Hands the documents of a source to `body`, a few at a time.
    private func stream(_ source: NoteSource, reports: Bool, _ body: ([Document]) throws -> Void) throws {
        let path = resolver.path(source.path)
        let members =
            try source.splitFile.isEmpty
            ? nil : SplitFile.read(resolver.path(source.splitFile), split: source.split)
        var faults = 0
        try CorpusStream(path, options: options(of: source, selection: selection())).read(keepsFaults: false) { read in
            for fault in read.faults {
                faults += 1
                if reports, faults <= 5 { report("\(fault)") }
            }
            try body(members.map { members in read.documents.filter { members.contains($0.id) } } ?? read.documents)
        }
        if reports, faults > 5 { report("\(path): \(faults - 5) more of the kind") }
    }

    private func options(of source: NoteSource, selection: TypeSelection?) -> ReadOptions {
        var options = ReadOptions()
        options.format = source.format.format
        options.textColumn = source.textColumn.isEmpty ? nil : source.textColumn
        options.idColumn = source.idColumn.isEmpty ? nil : source.idColumn
        options.typeSource = source.typeSource
        options.types = selection
        return options
    }

    private func read(_ source: NoteSource, path: String, selection: TypeSelection?) throws -> [Document] {
        let options = options(of: source, selection: selection)
        let result = try CorpusReader.read(path, name: (path as NSString).lastPathComponent, options: options)
        for fault in result.faults.prefix(5) { report("\(fault)") }
        if result.faults.count > 5 { report("\(path): \(result.faults.count - 5) more of the kind") }
        guard !source.splitFile.isEmpty else { return result.corpus.documents }
        let members = try SplitFile.read(resolver.path(source.splitFile), split: source.split)
        let documents = result.corpus.documents.filter { members.contains($0.id) }
        guard !documents.isEmpty else {
            throw WorkflowError.emptySplit(
                splitFile: resolver.path(source.splitFile), split: source.split, path: path)
        }
        return documents
    }

    /// Every type that the train files have, before any is left out.
    private func typesInFiles() throws -> [String] {
        let documents = try read(
            corpus.train, path: resolver.path(corpus.train.path),
            selection: TypeSelection(types: [], mapping: corpus.typeMapping))
        return Set(documents.flatMap { $0.entities.map(\.type) }).sorted()
    }
}
