import Foundation
import WeakLabeling
import Yams

/// What the measurements read of an experiment's file.
struct MeasuredExperiment: Decodable {
    /// A set of notes of the experiment.
    struct Source: Decodable {
        var path: String
        var splitFile: String?
        var split: String?
    }

    struct Corpus: Decodable {
        var train: Source?
        var dev: Source?
        var typeMapping: [String: String]?
    }

    var label: LabelingConfiguration
    var corpus: Corpus?

    /// Reads an experiment, whose paths may hold `${CLINNER_DATA}`.
    static func read(_ path: String) throws -> MeasuredExperiment {
        let data = ProcessInfo.processInfo.environment["CLINNER_DATA"] ?? "../shared/data"
        let text = try String(contentsOfFile: path, encoding: .utf8)
            .replacingOccurrences(
                of: "${CLINNER_DATA}",
                with: data.hasPrefix("/") ? data : "\(FileManager.default.currentDirectoryPath)/\(data)")
        return try YAMLDecoder().decode(MeasuredExperiment.self, from: text)
    }
}
