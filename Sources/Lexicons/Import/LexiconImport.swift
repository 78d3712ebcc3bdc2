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
    /// Whether terms of a table that have the shape of an abbreviation match only in their case: `WAS`, `AIDS`.
    public var acronymsInCase = false
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
