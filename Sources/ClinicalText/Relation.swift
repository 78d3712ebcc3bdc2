/// A typed link between entities of one document, kept so that reading and writing loses nothing.
public struct Relation: Hashable, Sendable {
    /// One end of a relation.
    public struct Argument: Hashable, Sendable {
        /// The part the entity plays, such as `Arg1`.
        public var role: String
        /// The entity's id.
        public var entityID: String

        /// Makes one end of a relation.
        public init(role: String, entityID: String) {
            self.role = role
            self.entityID = entityID
        }
    }

    /// Unique within the document.
    public var id: String
    /// The relation's type, such as `Strength-Drug`.
    public var type: String
    /// The entities it links, in the order of the file.
    public var arguments: [Argument]
    /// Further properties the file had.
    public var attributes: [String: String]

    /// Makes a relation.
    public init(id: String, type: String, arguments: [Argument], attributes: [String: String] = [:]) {
        self.id = id
        self.type = type
        self.arguments = arguments
        self.attributes = attributes
    }
}
