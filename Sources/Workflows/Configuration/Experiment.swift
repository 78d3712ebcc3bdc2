import Essentials
import Foundation
import Torch
import WeakLabeling

/// The one configuration of a run: where the notes are, and the settings of each step.
///
/// Every key has its default at the property; a key the structs do not have is an error.
public struct Experiment: ConfigurationSection {
    /// The run's name, which names its folder.
    public var name = ""
    /// The report's title; the name if empty.
    public var title = ""
    /// The folder that holds the run folders, relative to the configuration file.
    public var runs = "runs"
    /// The seed that everything random in the run follows from.
    public var seed: UInt64 = 20
    /// Threads to compute on; 0 takes every core.
    public var threads = 0
    /// What networks are computed on: `cpu`, or a GPU as `cuda` (the first) or `cuda:N`.
    public var device = "cpu"
    /// A model folder in Hugging Face layout, or the name of a model that `make setup` brought.
    public var encoder = "minilm-l6"
    /// The notes.
    public var corpus = CorpusConfiguration()
    /// Files for text processing.
    public var text = TextConfiguration()
    /// How long notes are cut.
    public var windows = WindowConfiguration()
    /// Weak labeling.
    public var label = LabelingConfiguration()
    /// Masked-LM adaptation.
    public var pretrain = PretrainConfiguration()
    /// Fine-tuning.
    public var train = TrainConfiguration()
    /// What a search draws its settings from.
    public var tune = TuneConfiguration()
    /// What an ablation leaves out or changes.
    public var ablate = AblateConfiguration()
    /// Scoring.
    public var evaluate = EvaluateConfiguration()
    /// The error report.
    public var report = ReportConfiguration()

    /// An experiment with all defaults and no notes.
    public init() {}

    /// The first value out of its range, in any section.
    public var wrongValue: WrongValue? {
        WrongValue.first(
            ("threads", threads >= 0, "0 or more"),
            ("device", Device(device) != nil, "cpu, cuda, or cuda:N for the GPU N"))
            ?? windows.wrongValue?.below("windows") ?? pretrain.wrongValue?.below("pretrain")
            ?? train.wrongValue?.below("train") ?? ablate.wrongValue?.below("ablate") ?? tune.wrongValue?.below("tune")
    }
}
