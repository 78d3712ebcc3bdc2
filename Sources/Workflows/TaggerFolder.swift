import ClinicalText
import FeatureTagging
import Foundation
import Lexicons
import Models

/// A tagger's folder, whichever member of the family it holds.
enum TaggerFolder {
    /// Loads it, with the lexicons in it.
    ///
    /// - Throws: `FileError` and what loading the member throws.
    static func load(_ folder: String) throws -> any EntityTagger {
        guard FileManager.default.fileExists(atPath: "\(folder)/\(FeatureModel.weightsName)") else {
            return try NeuralTagger.load(folder: folder)
        }
        let hasLexicons = FileManager.default.fileExists(atPath: "\(folder)/\(LexiconFeatures.fileName)")
        let lexicon = hasLexicons ? LexiconMentions(try LexiconFeatures(folder: folder).matcher) : nil
        return try FeatureTagger(folder: folder, context: FeatureContext(lexicon: lexicon))
    }

    /// The size of all its files, in bytes.
    static func byteCount(_ folder: String) -> Int {
        (FileManager.default.subpaths(atPath: folder) ?? []).reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            return sum
                + (attributes?[.type] as? FileAttributeType == .typeRegular ? attributes?[.size] as? Int ?? 0 : 0)
        }
    }
}
