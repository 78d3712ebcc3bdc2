import Essentials
import Foundation
import Lexicons
import WeakLabeling

extension Run {
    /// What tagging has to read beside the network, by its name in the tagger's folder.
    var taggerFiles: [String: String] {
        var files = [TagJob.wordsFile: folder.words]
        let headers = experiment.text.sectionHeaders
        if !headers.isEmpty { files[TagJob.sectionHeadersFile] = resolver.path(headers) }
        if let cues = experiment.label.contextCues { files[TaggerFolder.contextCuesFile] = resolver.path(cues) }
        if FileManager.default.fileExists(atPath: folder.contextSections) {
            files[TaggerFolder.contextSectionsFile] = folder.contextSections
        }
        if experiment.train.lexiconFeatures {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.lexicons)) ?? [] {
                files[name] = "\(folder.lexicons)/\(name)"
            }
        }
        return files
    }

    /// The features of the lexicons of `label.lexicons`, which are kept with the tagger; nothing if none are asked for.
    ///
    /// - Throws: ``ConfigurationError`` where there are no lexicons; what reading and writing them throws.
    func lexiconFeatures() throws -> LexiconFeatures? {
        guard experiment.train.lexiconFeatures else { return nil }
        let references = experiment.label.lexicons
        guard !references.isEmpty else {
            throw ConfigurationError.missingKey(
                file: file, key: "label.lexicons", reason: "train.lexiconFeatures makes features of lexicons")
        }
        let features = LexiconFeatures(try references.map { try $0.read(at: resolver.path($0.path)) })
        // Those of an earlier run go.
        if isLeader { try AtomicFile.replaceFolder(folder.lexicons) { _ = try features.write(to: $0) } }
        return features
    }
}
