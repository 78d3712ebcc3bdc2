import Essentials

/// The whole path: every step in the order of the data.
public struct AdaptWorkflow {
    private let run: Run

    /// The path of a run.
    public init(run: Run) {
        self.run = run
    }

    /// Runs the steps that the configuration asks for; with `--resume`, finished ones are left as they are.
    public func perform() throws {
        // Not after the notes have been labeled and the encoder been adapted.
        try run.requireDevice()
        // Several processes meet now: the others would not wait for the first one to label.
        let (pretrain, train) = (run.experiment.pretrain, run.experiment.train)
        if pretrain.enabled { _ = try run.group(sharing: pretrain.batchesPerStep, key: "pretrain.batchesPerStep") }
        _ = try run.group(sharing: train.batchesPerStep, key: "train.batchesPerStep")
        if run.needsSilver { try LabelWorkflow(run: run).perform() }
        if run.experiment.pretrain.enabled { try PretrainWorkflow(run: run).perform() }
        try TrainWorkflow(run: run).perform()
        try TagWorkflow(run: run).perform()
        try EvaluateWorkflow(run: run).perform()
        try ReportWorkflow(run: run).perform()
    }
}

extension Run {
    /// Whether a stage of fine-tuning trains on silver labels.
    var needsSilver: Bool { experiment.train.stages.contains { $0.data == .silver || $0.data == .mixed } }
}
