/// How a corpus is read.
public struct ReadOptions: Sendable, Equatable {
    /// The format; nothing to tell it from file names and first bytes.
    public var format: CorpusFormat?
    /// What becomes of faults.
    public var mode = ReadMode.standard
    /// How the files are encoded; nothing to take what a byte order mark, zero bytes or an XML declaration show, and
    /// UTF-8 otherwise.
    public var encoding: TextEncoding?
    /// The column of a table, or the member of Label Studio's data, that holds the notes; nothing for that of a table
    /// known by its header (MIMIC's NOTEEVENTS and notes, OMOP's NOTE), else for one called `text`.
    public var textColumn: String?
    /// The column of a table that holds the documents' ids; nothing for that of a table known by its header, else to
    /// number the rows.
    public var idColumn: String?
    /// Whether the other columns of a table become metadata, as those of a table known by its header do.
    public var keepColumns = false
    /// What separates the fields of a table; nothing for a tab in `.tsv` files and a comma elsewhere.
    public var delimiter: String?
    /// The columns of CoNLL files.
    public var conll = CoNLLOptions()
    /// Where i2b2 XML keeps an entity's type.
    public var typeSource = TypeSource.attribute
    /// Which types of XMI annotations become entities, as `Name` or `prefix:Name`; none for all but those that structure
    /// the text, such as sentences and tokens.
    public var annotationTypes: Set<String> = []
    /// The feature that holds the type of XMI annotations; nothing for the element's name, or `value` or `label` of the
    /// layers of DKPro and INCEpTION that keep it there.
    public var typeFeature: String?
    /// Whose annotation of a task is read where there are several.
    public var annotation = AnnotationChoice.preferred
    /// The largest file, or line or record of a file that is read as a stream, in bytes after decompression.
    public var maxFileBytes = 256 << 20
    /// The largest tar archive, in bytes after decompression; it is unpacked in memory.
    public var maxArchiveBytes = 1 << 30
    /// How deep XML elements and JSON values may be nested.
    public var maxDepth = 64
    /// Whether documents come with the lines of their entities, for messages about them.
    public var keepsPlaces = false
    /// Which entity types are kept, and under what name; nothing for all.
    public var types: TypeSelection?

    /// The default options.
    public init() {}

    /// Makes options; the defaults read what the folder holds.
    public init(
        format: CorpusFormat? = nil, mode: ReadMode = .standard, textColumn: String? = nil, idColumn: String? = nil,
        delimiter: String? = nil, typeSource: TypeSource = .attribute, maxFileBytes: Int = 256 << 20,
        maxDepth: Int = 64, types: TypeSelection? = nil
    ) {
        self.format = format
        self.mode = mode
        self.textColumn = textColumn
        self.idColumn = idColumn
        self.delimiter = delimiter
        self.typeSource = typeSource
        self.maxFileBytes = maxFileBytes
        self.maxDepth = maxDepth
        self.types = types
    }
}
