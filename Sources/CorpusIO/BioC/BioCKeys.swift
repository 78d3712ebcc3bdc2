/// What documents, entities and relations remember of the BioC file they came from.
enum BioCKeys {
    /// Of a document: what its file says about all documents, as JSON.
    static let collection = "bioc.collection"
    /// Of a document: its passages and their sentences, as JSON.
    static let passages = "bioc.passages"
    /// Of a document: an infon whose key would be taken for one of ours follows.
    static let infon = "bioc.infon."
    /// Of an entity, relation or label: where it stood, unless that is where its offsets are; `document`, the number
    /// of a passage, or `PASSAGE.SENTENCE`, counted from 0.
    static let container = "bioc.in"
    /// Of an entity: that its annotation has no infon `type`.
    static let untyped = "bioc.untyped"
    /// Of a relation: the infon that holds its type, where it is not `type`; empty for none.
    static let typeKey = "bioc.typeKey"
    /// Of a label: the id of its annotation.
    static let id = "bioc.id"
    /// The container that is the whole document.
    static let document = "document"
    /// The type of annotations and relations that have none.
    static let noType = "annotation"
}
