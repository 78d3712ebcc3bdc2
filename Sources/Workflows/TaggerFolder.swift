import ClinicalText
import FeatureTagging
import Foundation
import Lexicons
import Models
import WeakLabeling

/// A tagger's folder, whichever member of the family it holds.
enum TaggerFolder {
    /// The cues by which its entities get attributes.
    static let contextCuesFile = "context-cues.tsv"
    /// The sections by which they do.
    static let contextSectionsFile = "context-sections.json"

    /// What says of its entities how they are meant and which concepts they are; nothing if the folder has neither cues
    /// nor lexicons.
    ///
    /// - Throws: what reading the files throws.
    static func annotator(_ folder: String) throws -> EntityAnnotator? {
        func path(_ name: String) -> String? {
            let path = "\(folder)/\(name)"
            return FileManager.default.fileExists(atPath: path) ? path : nil
        }
        let lexicons = try path(LexiconFeatures.fileName) == nil ? [] : LexiconFeatures(folder: folder).matcher.lexicons
        let cues = try path(contextCuesFile).map(ContextCues.read)
        guard cues != nil || !lexicons.isEmpty else { return nil }
        let sections = try path(contextSectionsFile).map {
            try JSONFile.read([String: AssertionContext].self, from: $0, madeBy: "train")
        }
        return EntityAnnotator(lexicons: lexicons, contextCues: cues, contextSections: sections ?? [:])
    }

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
