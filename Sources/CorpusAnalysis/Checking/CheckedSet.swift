/// A corpus that is checked, alone or as one of several that should share no note.
public struct CheckedSet: Sendable, Hashable {
    /// What messages call it: `train`, or its path.
    public var name: String
    /// A file, folder or archive.
    public var path: String

    /// Names a set.
    public init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}
