/// What one function says about one token.
struct VotedTag: Hashable, Sendable {
    /// Who, about what.
    struct Place: Hashable, Sendable {
        var token: Int
        var function: Int
    }

    var place: Place
    /// What it says: a tag, as a state of the model, or behind all states the label that it is against.
    var said: Int
    /// How much it counts.
    var strength: Double
}
