/// Where a document and its entities stand in their files.
public struct DocumentPlaces: Sendable, Equatable {
    /// The file with the text, as it was named to the reader.
    public var file: String
    /// The document's line, where a file holds a document a line.
    public var line: Int?
    /// The file with the entities; that with the text where both are in one.
    public var annotationFile: String
    /// The lines of the entities, by their ids; those without a line are missing.
    public var entityLines: [String: Int]

    /// Makes places.
    public init(file: String, line: Int? = nil, annotationFile: String? = nil, entityLines: [String: Int] = [:]) {
        self.file = file
        self.line = line
        self.annotationFile = annotationFile ?? file
        self.entityLines = entityLines
    }
}
