import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation

/// Scores one set of notes against another, both in any format.
public struct EvaluateJob {
    private let gold: String
    private let predicted: String
    private let format: NoteFormat
    private let types: [String]
    private let json: Bool

    /// A job; without types, all types of both sets are scored.
    public init(gold: String, predicted: String, format: NoteFormat, types: [String], json: Bool) {
        self.gold = gold
        self.predicted = predicted
        self.format = format
        self.types = types
        self.json = json
    }

    /// Reads, scores, prints.
    public func perform() throws {
        var options = ReadOptions()
        options.format = format.format
        let gold = try CorpusReader.read(self.gold, name: "gold", options: options).corpus.documents
        let predicted = try CorpusReader.read(self.predicted, name: "predicted", options: options).corpus.documents
        let known = Set((gold + predicted).flatMap { $0.entities.map(\.type) })
        for type in types where !known.contains(type) {
            throw ConfigurationError.unknownEntityType(
                file: self.gold, key: "--type", type: type, nearest: NearestName.of(type, in: known),
                found: known.sorted())
        }
        let result = try Evaluator.evaluate(
            gold: gold, predicted: predicted, types: types.isEmpty ? nil : types, seed: 0)
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
        } else {
            print(EvaluationTable.text(of: result, title: "evaluate"))
        }
    }
}
