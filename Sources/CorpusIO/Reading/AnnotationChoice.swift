/// Whose annotation of a note is read, in formats that hold several of the same note.
public enum AnnotationChoice: Sendable, Equatable {
    /// The one that is marked as the truth, else the first that was not canceled.
    case preferred
    /// The last one that was not canceled.
    case last
    /// That of the annotator with this id or e-mail address.
    case annotator(String)
    /// The first prediction of a model.
    case prediction
}
