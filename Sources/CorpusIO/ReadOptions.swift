/// How a corpus is read.
public struct ReadOptions: Sendable, Codable, Equatable {
    /// The format; nothing to tell it from file names and first bytes.
    public var format: CorpusFormat?
    /// The column of a table that holds the notes; nothing for a column called `text`.
    public var textColumn: String?
    /// The column of a table that holds the documents' ids; nothing to number the rows.
    public var idColumn: String?
    /// What separates the fields of a table; nothing for a tab in `.tsv` files and a comma elsewhere.
    public var delimiter: String?
    /// Where i2b2 XML keeps an entity's type.
    public var typeSource: TypeSource
    /// The largest file that is read, in bytes, after decompression.
    public var maxFileBytes: Int
    /// How deep XML elements and JSON values may be nested.
    public var maxDepth: Int
    /// Which entity types are kept, and under what name; nothing for all.
    public var types: TypeSelection?

    /// Makes options; the defaults read what the folder holds.
    public init(
        format: CorpusFormat? = nil, textColumn: String? = nil, idColumn: String? = nil, delimiter: String? = nil,
        typeSource: TypeSource = .attribute, maxFileBytes: Int = 256 << 20, maxDepth: Int = 64,
        types: TypeSelection? = nil
    ) {
        self.format = format
        self.textColumn = textColumn
        self.idColumn = idColumn
        self.delimiter = delimiter
        self.typeSource = typeSource
        self.maxFileBytes = maxFileBytes
        self.maxDepth = maxDepth
        self.types = types
    }

    /// Decodes options; a missing key has the default of the memberwise initializer.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        format = try values.decodeIfPresent(CorpusFormat.self, forKey: .format)
        textColumn = try values.decodeIfPresent(String.self, forKey: .textColumn)
        idColumn = try values.decodeIfPresent(String.self, forKey: .idColumn)
        delimiter = try values.decodeIfPresent(String.self, forKey: .delimiter)
        typeSource = try values.decodeIfPresent(TypeSource.self, forKey: .typeSource) ?? typeSource
        maxFileBytes = try values.decodeIfPresent(Int.self, forKey: .maxFileBytes) ?? maxFileBytes
        maxDepth = try values.decodeIfPresent(Int.self, forKey: .maxDepth) ?? maxDepth
        types = try values.decodeIfPresent(TypeSelection.self, forKey: .types)
    }
}
