import Essentials
import Foundation

/// Reads entries from terminologies in the layouts of their publishers, with filters.
public struct LexiconImport: Sendable {
    /// What is done about lines that are not as they should be.
    public enum Mode: String, Codable, CaseIterable, Sendable {
        /// Any such line is an error, once the file is read.
        case strict
        /// They are left out and counted.
        case warn
    }

    /// What came of an import.
    public struct Summary: Sendable {
        /// The entries.
        public var entries = 0
        /// Terms that filters left out, by the filter.
        public var leftOut: [String: Int] = [:]
        /// What was wrong with lines, if anything was.
        public var faults: SourceFileError?
    }

    /// The layout; by default told from the file's name.
    public var format: LexiconFormat?
    /// The entity type of terms that neither a column nor ``typeMapping`` gives one.
    public var type: String?
    /// The entity types of categories: semantic types of the UMLS by number or name, semantic tags of SNOMED CT, namespaces,
    /// subsets and ancestors of an ontology, values of a table's column `type`.
    public var typeMapping: [String: String] = [:]
    /// The categories to keep; all if empty.
    public var categories: Set<String> = []
    /// The vocabularies (SAB) to keep; all if empty.
    public var sources: Set<String> = []
    /// The term types (TTY; in an ontology the scopes, EXACT) to keep; all if empty.
    public var termTypes: Set<String> = []
    /// The languages to keep, as the format writes them; English if empty.
    public var languages: Set<String> = []
    /// Whether obsolete and suppressed terms are kept.
    public var keepsSuppressed = false
    /// The columns of a table: ours (`term`, `type`, `code`, `preferred`, `status`, `source`, `flags`), and what the table
    /// calls them; other columns are then ignored.
    public var columns: [String: String] = [:]
    /// What stands before the colon of codes that have none.
    public var codePrefix: String?
    /// The least share that a sense of an abbreviation must have.
    public var minimumShare = 0.0
    /// What is done about lines that are not as they should be.
    public var mode = Mode.strict

    /// An import without filters.
    public init() {}

    /// Hands all entries of the file at `path`, in its order, to `body`.
    ///
    /// - Throws: ``SourceFileError`` for bad lines in strict mode, `FileError`, `CorpusError` for damaged gzip data, and what
    ///   `body` throws.
    public func read(_ path: String, _ body: (LexiconEntry) throws -> Void) throws -> Summary {
        try withoutActuallyEscaping(body) { body in
            var pass = ImportPass(options: self, path: path, body: body)
            switch format ?? .ofName(path) {
            case .compiled:
                let store = try LexiconStore(path: path)
                for index in 0..<store.count { try pass.keep(store.entry(index)) }
            case .table: try TableImporter.read(path, &pass)
            case .obo: try OBOImporter.read(path, &pass)
            case .rxnorm: try RRFImporter.read(path, isRxNorm: true, &pass)
            case .umls: try RRFImporter.read(path, isRxNorm: false, &pass)
            case .snomed: try RF2Importer.read(path, &pass)
            case .abbreviations: try AbbreviationImporter.readTable(path, &pass)
            case .abbreviationSenses: try AbbreviationImporter.readSenses(path, &pass)
            case .abbreviationLines: try AbbreviationImporter.readLines(path, &pass)
            }
            return try pass.finish()
        }
    }
}

/// One file being imported: the options, what is wrong so far, and where entries go.
struct ImportPass {
    let options: LexiconImport
    /// The file that faults are in.
    let path: String
    private let body: (LexiconEntry) throws -> Void
    private var summary = LexiconImport.Summary()
    private var faults: [SourceFileError.Fault] = []
    private var faultCount = 0

    init(options: LexiconImport, path: String, body: @escaping (LexiconEntry) throws -> Void) {
        self.options = options
        self.path = path
        self.body = body
    }

    /// Notes what is wrong with a line.
    mutating func fault(_ line: Int, _ key: String, _ message: String) {
        faultCount += 1
        if faults.count < 10 { faults.append(.init(line: line, key: key, message: message)) }
    }

    /// Counts a term that a filter left out.
    mutating func leaveOut(_ reason: String) { summary.leftOut[reason, default: 0] += 1 }

    /// Hands an entry on.
    mutating func keep(_ entry: LexiconEntry) throws {
        summary.entries += 1
        try body(entry)
    }

    /// Hands an entry on that a publisher's file holds, if its term has letters or digits.
    mutating func keepIfWord(_ entry: LexiconEntry) throws {
        guard TableImporter.hasWord(entry.term) else {
            leaveOut("no letters")
            return
        }
        try keep(entry)
    }

    /// The entity type of a term with these categories.
    func type(of categories: some Sequence<String>) -> String? {
        if !options.typeMapping.isEmpty {
            for category in categories { if let type = options.typeMapping[category] { return type } }
        }
        return options.type
    }

    /// A code with its prefix.
    func code(_ text: String) -> String {
        guard let prefix = options.codePrefix, !text.isEmpty, !text.contains(":") else { return text }
        return "\(prefix):\(text)"
    }

    /// The text of a field, or a fault.
    mutating func text(_ bytes: ArraySlice<UInt8>, _ line: Int, _ key: String) -> String? {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        fault(line, key, "not valid UTF-8")
        return nil
    }

    /// What is wrong so far.
    var error: SourceFileError? { SourceFileError(path: path, faults: faults, count: faultCount) }

    /// What came of it.
    ///
    /// - Throws: ``SourceFileError`` in strict mode.
    mutating func finish() throws -> LexiconImport.Summary {
        summary.faults = error
        if options.mode == .strict, let error = summary.faults { throw error }
        return summary
    }
}
