/// Windows of one kind of notes, on which perplexity is measured.
public struct HeldOutDomain: Sendable {
    /// What the notes are called in figures.
    public var name: String
    /// The windows.
    public var windows: [PretrainingWindow]
    /// Whether notes of this kind are trained on; others show what the encoder forgets.
    public var isTrainedOn: Bool

    /// Makes a domain.
    public init(name: String, windows: [PretrainingWindow], isTrainedOn: Bool = true) {
        self.name = name
        self.windows = windows
        self.isTrainedOn = isTrainedOn
    }
}
