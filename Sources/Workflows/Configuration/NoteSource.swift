import CorpusIO
import Foundation

/// Where a set of notes is and how it is written.
public struct NoteSource: ConfigurationSection {
    /// A file or folder, relative to the configuration file; `${NAME:-default}` takes an environment variable.
    public var path = ""
    /// `i2b2`, `brat`, `jsonl`, `table`, `text` or another format's name; `auto` looks at names and first bytes.
    public var format = NoteFormat.auto
    /// For a table: the column that holds the text.
    public var textColumn = ""
    /// For a table: the column that holds the note's id; without one, rows are numbered.
    public var idColumn = ""
    /// For i2b2-style XML: the entity's type is the `element`'s name or its `TYPE` `attribute`.
    public var typeSource = TypeSource.attribute
    /// A TSV with the columns `doc` and `split`, for a folder that holds several splits; empty takes every note.
    public var splitFile = ""
    /// The split to take from `splitFile`.
    public var split = ""

    /// What notes of this kind are called where kinds are told apart; empty takes the path's last part.
    public var domain = ""

    /// A source with no path.
    public init() {}

    /// The kind of its notes.
    var domainName: String { domain.isEmpty ? (path as NSString).lastPathComponent : domain }
}
