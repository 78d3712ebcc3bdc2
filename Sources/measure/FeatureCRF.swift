import ClinicalText
import Essentials
import FeatureTagging
import Foundation

/// Trains a feature-based tagger on token-per-line files and tags others with it.
enum FeatureCRF {
    private struct Labeled {
        var sentence: FeatureSentence
        var tags: [Int]
    }

    /// The features of the peers' description: word, affixes, shape, a window of two words.
    private static var templates: FeatureTemplates {
        var templates = FeatureTemplates()
        templates.lexicon = false
        templates.partsOfSpeech = false
        return templates
    }

    /// Writes the features of `train.tsv`, `devel.tsv` and `test.tsv` to files of the same names in `output`: one word a
    /// line, its tag and its features with tabs between them, and a blank line after each sentence.
    ///
    /// - Throws: `FileError`.
    static func extract(_ folder: String, output: String) throws {
        try AtomicFile.makeFolder(output)
        let extractor = FeatureExtractor(templates)
        for split in ["train", "devel", "test"] {
            let (sentences, scheme) = try read("\(folder)/\(split).tsv")
            try AtomicFile.write(to: "\(output)/\(split).tsv") { file in
                for labeled in sentences {
                    for (tag, features) in zip(labeled.tags, extractor.features(of: labeled.sentence)) {
                        try file.write("\(([scheme.name(of: tag)] + features).joined(separator: "\t"))\n")
                    }
                    try file.write("\n")
                }
            }
        }
    }

    /// Trains with both penalties at 0.1, writes the tags found in the devel and test files to `output`, and prints one JSON
    /// line: the seconds of training without those of making features, and where it ended.
    ///
    /// - Throws: `FileError`, `FeatureTaggingError`.
    static func train(_ folder: String, output: String, iterations: Int) throws {
        let (sentences, scheme) = try read("\(folder)/train.tsv")
        var corpus = FeatureCorpus(templates: templates, scheme: scheme)
        for labeled in sentences { corpus.add(labeled.sentence, tags: labeled.tags) }
        var settings = FeatureTrainingSettings()
        settings.l1 = 0.1
        settings.l2 = 0.1
        // The peer has no such weights; `bos` and `eos` say the same.
        settings.learnsEnds = false
        settings.minimization.maximumIterations = iterations
        let trainer = try FeatureTrainer(settings, isQuiet: true)
        var evaluations = 0
        let clock = ContinuousClock()
        let start = clock.now
        let (model, summary) = try trainer.train(corpus) { evaluations = $0.evaluations }
        let seconds = (clock.now - start) / .seconds(1)
        try AtomicFile.makeFolder(output)
        var taggingSeconds = 0.0
        for split in ["devel", "test"] {
            let (sentences, _) = try read("\(folder)/\(split).tsv")
            var found: [[Int]] = []
            taggingSeconds =
                try clock.measure {
                    found = try sentences.map(\.sentence).concurrentMap { model.decode($0) }
                } / .seconds(1)
            let lines = found.map { tags in tags.map { scheme.name(of: $0) + "\n" }.joined() + "\n" }
            try AtomicFile.write(lines.joined(), to: "\(output)/\(split).tags")
        }
        print(
            "{\"seconds\":\(seconds),\"loss\":\(summary.loss),\"iterations\":\(summary.iterations),"
                + "\"evaluations\":\(evaluations),\"features\":\(corpus.featureCount),\"weights\":\(summary.weights),"
                + "\"weights_not_zero\":\(summary.weightsNotZero),\"tagging_test_seconds\":\(taggingSeconds)}")
    }

    /// The sentences of a token-per-line file of one entity type: a word a line and its tag behind the last tab.
    private static func read(_ path: String) throws -> ([Labeled], TagScheme) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "")
        }
        let scheme = TagScheme(types: ["Disease"])
        let tags = Dictionary(uniqueKeysWithValues: (0..<scheme.count).map { (Substring(scheme.name(of: $0)), $0) })
        var sentences: [Labeled] = []
        var current = Labeled(sentence: FeatureSentence(words: []), tags: [])
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines + [""] {
            if let tab = line.lastIndex(of: "\t") {
                current.sentence.words.append(line.prefix { $0 != "\t" })
                current.tags.append(tags[line[line.index(after: tab)...]] ?? TagScheme.outside)
            } else if !current.tags.isEmpty {
                sentences.append(current)
                current = Labeled(sentence: FeatureSentence(words: []), tags: [])
            }
        }
        return (sentences, scheme)
    }
}
