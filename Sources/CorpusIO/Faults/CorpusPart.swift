/// Parts of a corpus that are counted when they are left out or lost.
public enum CorpusPart: String, Codable, CaseIterable, Sendable {
    /// A file that could not be read.
    case file
    /// A document.
    case document
    /// An entity.
    case entity
    /// A relation.
    case relation
    /// A document label.
    case label
    /// The type of an entity, where the format has another.
    case type
    /// An attribute of an entity or relation.
    case attribute
    /// A concept code.
    case code
    /// A gap of a discontinuous entity, which was closed.
    case gap
    /// A boundary of an entity within a token, which was moved to the token's edge.
    case boundary
    /// A line that is not interpreted.
    case line
    /// A property of a document.
    case metadata
    /// A character that was replaced by another.
    case character
    /// Who says so, and how sure they are.
    case provenance
    /// White space between words that is written as other white space: a line break as a blank.
    case whiteSpace
}
