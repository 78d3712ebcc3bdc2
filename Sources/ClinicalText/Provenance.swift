/// Where an entity comes from, and how sure its source is of it.
public enum Provenance: Hashable, Sendable {
    /// A person annotated it.
    case gold
    /// A label model made it from the votes of labeling functions, with this probability.
    case silver(probability: Double)
    /// A tagger predicted it, with this probability of the whole entity (span and type).
    case predicted(confidence: Double)

    /// The probability that silver and predicted entities carry.
    public var probability: Double? {
        switch self {
        case .gold: nil
        case .silver(let probability), .predicted(let probability): probability
        }
    }
}
