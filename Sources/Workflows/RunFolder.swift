import Essentials
import Foundation

/// The folder of a run and the names of what stands in it.
public struct RunFolder: Sendable {
    /// The folder itself.
    public let path: String

    /// The run folder at `path`, which need not exist yet.
    public init(path: String) {
        self.path = path
    }

    /// The complete configuration, without hidden defaults.
    public var experiment: String { "\(path)/experiment.yml" }
    /// Digests of all inputs, versions, seed, and what each step took.
    public var manifest: String { "\(path)/manifest.json" }
    /// One line an event: step, loss, speed, score.
    public var log: String { "\(path)/log.jsonl" }
    /// The silver corpus.
    public var silver: String { "\(path)/silver/silver.jsonl" }
    /// What the weak labels say of each token, where the experiment asks for it.
    public var silverTokens: String { "\(path)/silver/tokens.jsonl" }
    /// The table of the labeling functions.
    public var labeling: String { "\(path)/silver/labeling.json" }
    /// The labeling report.
    public var labelingReport: String { "\(path)/silver/report/index.html" }
    /// The adapted encoder, in Hugging Face layout.
    public var encoder: String { "\(path)/encoder" }
    /// Perplexity and the loss curve of the adaptation.
    public var pretraining: String { "\(path)/encoder/pretraining.json" }
    /// The adaptation as a page.
    public var pretrainingReport: String { "\(path)/pretraining.html" }
    /// The words of the notes that the encoder's vocabulary spells in several pieces.
    public var vocabularyReport: String { "\(path)/vocabulary.tsv" }
    /// The encoder with more pieces that an adaptation starts from, while it lasts.
    public var extendedEncoder: String { "\(path)/encoder-extended" }
    /// The weights that were best after an epoch of the adaptation, while it lasts.
    public var bestEncoder: String { "\(path)/encoder-best.safetensors" }
    /// The state from which an adaptation is resumed.
    public var encoderCheckpoint: String { "\(path)/encoder-checkpoint" }
    /// The tagger that was best on dev.
    public var bestTagger: String { "\(path)/tagger/model-best" }
    /// What the teacher of a stage of self-training says of the unlabeled notes.
    public func teacherLabels(stage: Int) -> String { "\(path)/silver/teacher-\(stage).jsonl" }
    /// The tagger after the last step.
    public var lastTagger: String { "\(path)/tagger/model-last" }
    /// The scores after each epoch.
    public var training: String { "\(path)/tagger/training.json" }
    /// How sure the best tagger is, and how right it is to be.
    public var calibration: String { "\(path)/tagger/calibration.json" }
    /// The state from which training is resumed.
    public var taggerCheckpoint: String { "\(path)/tagger/checkpoint" }
    /// Where the tagger parts words; its folders hold copies.
    public var words: String { "\(path)/tagger/\(TagJob.wordsFile)" }
    /// The sections that put all they hold into a context; the tagger's folders hold copies.
    public var contextSections: String { "\(path)/tagger/\(TaggerFolder.contextSectionsFile)" }
    /// The lexicons that the tagger's features come from; its folders hold copies.
    public var lexicons: String { "\(path)/tagger/lexicons" }
    /// The evaluation of all predicted sets.
    public var evaluation: String { "\(path)/evaluation.json" }
    /// Runs that an ablation or a search compares.
    public var comparisons: String { "\(path)/comparisons" }
    /// What a search found.
    public var tuning: String { "\(path)/tuning/tuning.json" }
    /// What an ablation measured.
    public var ablation: String { "\(path)/ablation/ablation.json" }
    /// The ablation as a page.
    public var ablationReport: String { "\(path)/ablation/index.html" }
    /// The error report.
    public var report: String { "\(path)/report/index.html" }

    /// The predictions for a set of documents.
    public func predictions(_ set: DocumentSet) -> String { "\(path)/predictions/\(set.rawValue).jsonl" }

    /// Makes the run folder and the folders in it, readable by their owner only.
    public func make() throws {
        for folder in ["", "/silver", "/tagger", "/predictions", "/report"] {
            try AtomicFile.makeFolder(path + folder)
        }
    }
}

/// The annotated sets that are tagged and scored.
public enum DocumentSet: String, Codable, CaseIterable, Sendable {
    /// For choices.
    case dev
    /// For the final figure.
    case test
}
