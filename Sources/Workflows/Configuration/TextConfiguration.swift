import TextProcessing

/// What text processing reads beside the notes, and where it parts words.
public struct TextConfiguration: ConfigurationSection {
    /// A TSV with the columns `header` and `section`; empty knows no header by name.
    public var sectionHeaders = ""
    /// A TSV with the columns `abbreviation`, `sense`, `type`; empty decides by shape alone.
    public var abbreviations = ""
    /// Where words are parted: in every step, and by the tagger that comes of it.
    public var words = WordSplitter.Configuration()

    /// No files, words as the bundled lexicons expect them.
    public init() {}
}

extension WordSplitter.Configuration: ConfigurationSection {}
