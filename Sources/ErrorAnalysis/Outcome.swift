/// What became of a gold mention, or of a prediction without one.
public enum Outcome: String, Codable, CaseIterable, Hashable, Sendable {
    /// Found with its type and exact span.
    case correct
    /// Found with its type, but with another span.
    case wrongBoundary
    /// Found with its exact span, but with another type.
    case wrongType
    /// Only touched by a prediction of another type and span.
    case wrongTypeAndBoundary
    /// Not found at all.
    case missed
    /// Predicted where there is no gold mention.
    case spurious

    /// All but `correct`.
    public static let errors = allCases.filter { $0 != .correct }
}
