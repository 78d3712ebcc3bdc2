/// What text processing reads beside the notes.
public struct TextConfiguration: ConfigurationSection {
    /// A TSV with the columns `header` and `section`; empty knows no header by name.
    public var sectionHeaders = ""
    /// A TSV with the columns `abbreviation`, `sense`, `type`; empty decides by shape alone.
    public var abbreviations = ""

    /// No files.
    public init() {}
}
