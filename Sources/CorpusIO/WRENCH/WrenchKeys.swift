/// What documents remember of a WRENCH file.
enum WrenchKeys {
    /// Of a document: the names of all labeling functions, in the order of the file, as JSON.
    static let functions = "wrench.functions"
    /// Of a document: the file that describes the data set, `meta.json` or `label.json`, as it is.
    static func companion(_ name: String) -> String { "wrench.\(name)" }
    /// Of a document: the file's name without its ending, such as `train`.
    static let split = "wrench.split"
    /// Of a document: `tags` for a file with a tag a token and function, rather than spans.
    static let form = "wrench.form"
    /// The value of that key.
    static let tags = "tags"
    /// The members of `meta.json` that are written for documents of other files.
    static let ownMembers: Set = ["lf", "entity_types", "num_lf", "num_labels"]
    /// The files that describe a data set.
    static let companions = ["meta", "label"]
}
