/// What is wrong or odd at a place of a corpus.
public enum FaultKind: String, Codable, CaseIterable, Sendable {
    /// A file, record or line that breaks the rules of its format.
    case malformed
    /// Bytes that are not in the encoding they should be in.
    case encoding
    /// Offsets outside the text.
    case offsetsBeyondText
    /// Offsets that count something else than the format says.
    case offsetUnit
    /// An end before its start.
    case reversedOffsets
    /// The text given with a span is not the note's text there.
    case surfaceMismatch
    /// White space at an edge of a span.
    case whiteSpaceEdge
    /// A span without text.
    case emptySpan
    /// Two entities of the same type with the same spans.
    case duplicateEntity
    /// Two entities, relations or labels with the same id.
    case duplicateID
    /// Fragments that overlap or are not in the order of the text.
    case fragments
    /// An entity within another.
    case nested
    /// Two entities of which neither lies within the other.
    case crossing
    /// A span that begins or ends within a word.
    case withinWord
    /// A span that goes over a boundary of sentences.
    case acrossSentences
    /// A relation, attribute or label that refers to what is not there.
    case danglingReference
    /// A tag that cannot follow the one before it.
    case invalidTag
    /// Two statements about the same thing that differ.
    case conflict
    /// Something in the file that is not read.
    case notInterpreted
    /// A note without text.
    case emptyText
    /// Lines that end in different ways.
    case mixedLineEndings
    /// A control character, or one that stands for a damaged one.
    case oddCharacter
    /// Two documents with the same id.
    case duplicateDocument
    /// Notes that are the same, or nearly.
    case nearDuplicate
    /// The same note, or nearly, in sets that should not share any.
    case leakage
    /// A type with too few entities to learn or to measure.
    case fewExamples
}
