import ErrorAnalysis
import Evaluation

/// Everything the error report shows of one run: figures, never how they were computed.
public struct RunSummary: Codable, Hashable, Sendable {
    /// A part of the corpus.
    public struct CorpusSplit: Codable, Hashable, Sendable {
        /// Its name: `train`, `dev`, `test`, `unlabeled`.
        public var name: String
        /// The number of notes.
        public var notes: Int
        /// The number of tokens.
        public var tokens: Int
        /// The number of gold mentions of the run's types.
        public var entities: Int

        /// Makes a part.
        public init(name: String, notes: Int, tokens: Int, entities: Int) {
            self.name = name
            self.notes = notes
            self.tokens = tokens
            self.entities = entities
        }
    }

    /// A step of the run.
    public struct Step: Codable, Hashable, Sendable {
        /// The step, named as its command.
        public var name: String
        /// How long it took.
        public var seconds: Double

        /// Makes a step.
        public init(name: String, seconds: Double) {
            self.name = name
            self.seconds = seconds
        }
    }

    /// The silver mentions of one type.
    public struct SilverCount: Codable, Hashable, Sendable {
        /// The entity type.
        public var type: String
        /// The mentions in the silver corpus.
        public var count: Int

        /// Makes a count.
        public init(type: String, count: Int) {
            self.type = type
            self.count = count
        }
    }

    /// How the encoder was adapted to the notes.
    public struct Pretraining: Codable, Hashable, Sendable {
        /// A point of the loss curve.
        public struct Point: Codable, Hashable, Sendable {
            /// The optimizer step.
            public var step: Int
            /// The mean masked-LM loss, in nats a masked piece.
            public var loss: Double

            /// Makes a point.
            public init(step: Int, loss: Double) {
                self.step = step
                self.loss = loss
            }
        }

        /// The perplexity on held-out notes with the encoder as it came.
        public var perplexityBefore: Double
        /// The perplexity on the same notes afterwards.
        public var perplexityAfter: Double
        /// The number of notes held out.
        public var heldOutNotes: Int
        /// The training loss on the way.
        public var curve: [Point]

        /// Describes an adaptation.
        public init(perplexityBefore: Double, perplexityAfter: Double, heldOutNotes: Int, curve: [Point]) {
            self.perplexityBefore = perplexityBefore
            self.perplexityAfter = perplexityAfter
            self.heldOutNotes = heldOutNotes
            self.curve = curve
        }
    }

    /// An epoch of fine-tuning.
    public struct Epoch: Codable, Hashable, Sendable {
        /// The stage: `silver`, `gold`.
        public var stage: String
        /// The epoch within the stage, from 1.
        public var epoch: Int
        /// The mean loss of its steps.
        public var loss: Double
        /// Strict micro precision on the dev notes.
        public var devPrecision: Double
        /// Strict micro recall on the dev notes.
        public var devRecall: Double
        /// Strict micro F1 on the dev notes.
        public var devF1: Double

        /// Describes an epoch.
        public init(
            stage: String, epoch: Int, loss: Double, devPrecision: Double, devRecall: Double, devF1: Double
        ) {
            self.stage = stage
            self.epoch = epoch
            self.loss = loss
            self.devPrecision = devPrecision
            self.devRecall = devRecall
            self.devF1 = devF1
        }
    }

    /// The scores on one set of notes.
    public struct SplitEvaluation: Codable, Hashable, Sendable {
        /// What was evaluated: `dev`, `test`, `test, gold only`.
        public var name: String
        /// The scores.
        public var result: EvaluationResult

        /// Names a result.
        public init(name: String, result: EvaluationResult) {
            self.name = name
            self.result = result
        }
    }

    /// The run's name, which is its folder's.
    public var name: String
    /// The report's heading.
    public var title: String
    /// The seed everything random follows from.
    public var seed: UInt64
    /// The encoder that training started from.
    public var encoder: String
    /// The parts of the corpus.
    public var corpus: [CorpusSplit]
    /// The steps with their times.
    public var steps: [Step]
    /// The most memory the process held, in bytes; nothing when not measured.
    public var peakMemory: Int?
    /// What the labeling functions did; nothing for a run without weak labeling.
    public var labeling: LabelingTable?
    /// The silver corpus, type by type.
    public var silver: [SilverCount]
    /// The adaptation of the encoder; nothing for a run without it.
    public var pretraining: Pretraining?
    /// The epochs of fine-tuning, in their order.
    public var training: [Epoch]
    /// The scores; the one named as `analyzedSplit` leads the page.
    public var evaluations: [SplitEvaluation]
    /// The name of the evaluation whose errors are analyzed, `test`.
    public var analyzedSplit: String
    /// The errors on that set.
    public var errors: ErrorAnalysisResult
    /// Command lines that make the run again.
    public var commands: [String]

    /// Makes a summary.
    public init(
        name: String, title: String, seed: UInt64, encoder: String, corpus: [CorpusSplit], steps: [Step] = [],
        peakMemory: Int? = nil, labeling: LabelingTable? = nil, silver: [SilverCount] = [],
        pretraining: Pretraining? = nil, training: [Epoch] = [], evaluations: [SplitEvaluation],
        analyzedSplit: String = "test", errors: ErrorAnalysisResult, commands: [String] = []
    ) {
        self.name = name
        self.title = title
        self.seed = seed
        self.encoder = encoder
        self.corpus = corpus
        self.steps = steps
        self.peakMemory = peakMemory
        self.labeling = labeling
        self.silver = silver
        self.pretraining = pretraining
        self.training = training
        self.evaluations = evaluations
        self.analyzedSplit = analyzedSplit
        self.errors = errors
        self.commands = commands
    }
}
