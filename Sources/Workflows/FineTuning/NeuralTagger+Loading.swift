import ClinicalText
import Lexicons
import Models

extension LexiconFeatures: WordFeatureSource {}

extension NeuralTagger {
    /// Loads a tagger's folder with the lexicons in it.
    ///
    /// - Throws: what ``NeuralTagger/init(folder:features:)`` and reading the lexicons throw.
    static func load(folder: String) throws -> NeuralTagger {
        let settings = try TaggerSettings(contentsOf: "\(folder)/\(TaggerSettings.fileName)")
        return try NeuralTagger(
            folder: folder,
            features: settings.architecture.features.isEmpty ? nil : try LexiconFeatures(folder: folder))
    }
}
