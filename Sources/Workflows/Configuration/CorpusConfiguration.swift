/// The notes of an experiment.
public struct CorpusConfiguration: ConfigurationSection {
    /// Annotated notes to fine-tune on.
    public var train = NoteSource()
    /// Annotated notes to select models on; never trained on.
    public var dev = NoteSource()
    /// Annotated notes for the final figure; never trained on, never looked at for a choice.
    public var test = NoteSource()
    /// Notes without annotation (an annotation they have is ignored), for silver labels and masked-LM adaptation.
    public var unlabeled: [NoteSource] = []
    /// Whether the texts of the train notes, without their annotation, join the unlabeled ones.
    public var unlabeledIncludesTrain = true
    /// The entity types, in the order of reports; empty takes every type the train notes have.
    public var types: [String] = []
    /// Names of types in the files, and what they are called here (`Disease_disorder: Disease`).
    public var typeMapping: [String: String] = [:]

    /// No notes.
    public init() {}
}
