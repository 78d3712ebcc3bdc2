import ClinicalText

/// How a predicted span differs from the gold span it overlaps.
public enum BoundaryError: String, Codable, CaseIterable, Hashable, Sendable {
    /// Starts too late: `chest pain` for `severe chest pain`.
    case tooShortLeft
    /// Ends too early: `severe chest` for `severe chest pain`.
    case tooShortRight
    /// Starts too late and ends too early.
    case tooShortBoth
    /// Holds the gold span and more.
    case tooLong
    /// Starts and ends on the same side of the gold span's start and end.
    case shifted
    /// Starts and ends right, but has other gaps.
    case gaps

    /// The difference between two lists of spans that are not the same.
    init(gold: Entity, predicted: Entity) {
        let (right, found) = (gold.hull, predicted.hull)
        switch (found.start - right.start, right.end - found.end) {
        case (0, 0): self = .gaps
        case (1..., 0): self = .tooShortLeft
        case (0, 1...): self = .tooShortRight
        case (1..., 1...): self = .tooShortBoth
        case (...0, ...0): self = .tooLong
        default: self = .shifted
        }
    }
}
