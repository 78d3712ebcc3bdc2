/// What can go wrong with a regular expression; the texts it is matched against never show.
public enum PatternError: Error, Equatable, CustomStringConvertible {
    /// The pattern is not one; `offset` is in UTF-8 bytes from its start, `reason` in PCRE2's words.
    case invalid(pattern: String, offset: Int, reason: String)
    /// A search was stopped because it went beyond the pattern's limits.
    case limitReached(pattern: String, reason: String)
    /// A search failed for another reason, such as a lack of memory.
    case failed(pattern: String, reason: String)

    /// What went wrong, for the person who wrote the pattern.
    public var description: String {
        switch self {
        case .invalid(let pattern, let offset, let reason):
            "pattern \(pattern): offset \(offset): \(reason)"
        case .limitReached(let pattern, let reason):
            "pattern \(pattern): stopped: \(reason); nested or neighboring repetitions that can match the same text"
                + " in many ways are the usual cause"
        case .failed(let pattern, let reason):
            "pattern \(pattern): the search failed: \(reason)"
        }
    }
}
