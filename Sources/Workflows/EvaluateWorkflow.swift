import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation

/// The step `evaluate`: strict scores of the predictions of a run.
public struct EvaluateWorkflow {
    private let run: Run

    /// The step of a run.
    public init(run: Run) {
        self.run = run
    }

    /// Writes `evaluation.json` and prints the table of each set.
    public func perform() throws {
        try run.step(.evaluate) {
            let loader = try run.loader()
            let types = try loader.entityTypes(train: loader.train(for: "evaluate"))
            var results: [String: EvaluationResult] = [:]
            for set in DocumentSet.allCases where loader.has(set) {
                let gold = try loader.documents(of: set, for: "evaluate").map(\.document)
                let result = try Evaluator.evaluate(
                    gold: gold, predicted: run.predictions(for: set), types: types,
                    bootstrapSamples: run.experiment.evaluate.bootstrapSamples, seed: run.experiment.seed)
                results[set.rawValue] = result
                print(EvaluationTable.text(of: result, title: set.rawValue))
            }
            guard !results.isEmpty else {
                throw WorkflowError.missingNotes(file: run.file, key: "corpus.dev or corpus.test", step: "evaluate")
            }
            try JSONFile.write(results, to: run.folder.evaluation)
        }
    }
}

extension Run {
    /// The predictions that the tag step wrote for a set.
    func predictions(for set: DocumentSet) throws -> [Document] {
        let path = folder.predictions(set)
        guard FileManager.default.fileExists(atPath: path) else {
            throw FileError.missing(path: path, hint: "run `clinner tag` first")
        }
        var options = ReadOptions()
        options.format = .jsonl
        return try CorpusReader.read(path, name: set.rawValue, options: options).corpus.documents
    }
}
