import Evaluation

/// What the page of an ablation shows: what each part of a run is worth, and what it costs.
public struct AblationReport: Sendable {
    /// One way to make the run.
    public struct Variant: Sendable {
        /// What it is called, and the part that it changes; nothing for the run as configured.
        public var name, factor: String
        /// What is laid over the configuration.
        public var overrides: [String]
        /// Strict micro F1 on dev over the seeds.
        public var dev: SeedStatistics
        /// The same on test, where there are test notes.
        public var test: SeedStatistics?
        /// What it reaches more on dev than the run as configured with the same seed; nothing for that one itself.
        public var devDifference: SeedStatistics?
        /// The same on test.
        public var testDifference: SeedStatistics?
        /// Seconds of fine-tuning.
        public var trainSeconds: Double
        /// Seconds of adaptation, where its encoder was adapted.
        public var pretrainSeconds: Double?
        /// The size of the tagger and the most memory while training, in MB.
        public var megabytes, peakMemory: Double
        /// Milliseconds for one dev note, the median and what one of a hundred takes longer than.
        public var p50, p99: Double

        /// Makes a variant.
        public init(
            name: String, factor: String, overrides: [String], dev: SeedStatistics, test: SeedStatistics?,
            devDifference: SeedStatistics?, testDifference: SeedStatistics?, trainSeconds: Double,
            pretrainSeconds: Double?, megabytes: Double, peakMemory: Double, p50: Double, p99: Double
        ) {
            self.name = name
            self.factor = factor
            self.overrides = overrides
            self.dev = dev
            self.test = test
            self.devDifference = devDifference
            self.testDifference = testDifference
            self.trainSeconds = trainSeconds
            self.pretrainSeconds = pretrainSeconds
            self.megabytes = megabytes
            self.peakMemory = peakMemory
            self.p50 = p50
            self.p99 = p99
        }

        /// Whether the seeds tell it from the run as configured.
        public var isClear: Bool { devDifference?.isDifferentFromZero ?? false }
    }

    /// The run's title and its name.
    public var title, runName: String
    /// The seeds that every variant was run with.
    public var seeds: [UInt64]
    /// The variants, the run as configured first.
    public var variants: [Variant]

    /// Makes a report.
    public init(title: String, runName: String, seeds: [UInt64], variants: [Variant]) {
        self.title = title
        self.runName = runName
        self.seeds = seeds
        self.variants = variants
    }
}
