/// The steps of a run, in their order; a step's name is its command's.
public enum StepName: String, CaseIterable, Sendable {
    /// Weak labels.
    case label
    /// Masked-LM adaptation.
    case pretrain
    /// Fine-tuning.
    case train
    /// Predictions.
    case tag
    /// Scores.
    case evaluate
    /// The page.
    case report

    /// Whether several processes work on it together; the others are the first one's alone.
    var isShared: Bool { self == .pretrain || self == .train }
}
