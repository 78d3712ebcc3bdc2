/// How a note speaks of a finding: whether the patient has it, and when.
public enum AssertionContext: String, Codable, CaseIterable, Hashable, Sendable {
    /// Said not to be there: `denies chest pain`.
    case negated
    /// Said to be uncertain: `concerning for pneumonia`.
    case possible
    /// Said of a case that has not come: `return if you have chest pain`.
    case hypothetical
    /// Said of the past: `history of stroke`.
    case historical
    /// Said of somebody else: `mother had breast cancer`.
    case family

    /// The attribute of an entity that a set of contexts makes, with i2b2's values of `assertion`.
    ///
    /// Of several the one counts that says most: somebody else's, not there, not yet, uncertain.
    static func attributes(_ contexts: Set<AssertionContext>) -> [String: String] {
        var attributes: [String: String] = [:]
        if contexts.contains(.family) {
            attributes["assertion"] = "associated_with_someone_else"
        } else if contexts.contains(.negated) {
            attributes["assertion"] = "absent"
        } else if contexts.contains(.hypothetical) {
            attributes["assertion"] = "hypothetical"
        } else if contexts.contains(.possible) {
            attributes["assertion"] = "possible"
        }
        if contexts.contains(.historical) { attributes["temporality"] = "historical" }
        return attributes
    }
}
