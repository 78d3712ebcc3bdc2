/// What one function says about one token.
struct VotedTag: Hashable, Sendable {
    /// Who, about what.
    struct Place: Hashable, Sendable {
        var token: Int
        var function: Int
    }

    var place: Place
    /// The tag that it says, as a state of the model.
    var state: Int
}
