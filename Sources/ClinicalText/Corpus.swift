/// A set of documents read together.
public struct Corpus: Sendable {
    /// What the set is called in messages and reports (`train`, `dev`, a folder's name).
    public var name: String
    /// The documents, in the order they were read.
    public var documents: [Document]

    /// Makes a corpus.
    public init(name: String, documents: [Document]) {
        self.name = name
        self.documents = documents
    }
}
