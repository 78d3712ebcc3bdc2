import Essentials
import Foundation
import Models

@testable import Workflows

/// A whole experiment small enough for a test: eight notes, five terms, an encoder of two layers with random weights.
struct TinyExperiment {
    let folder: String

    var configuration: String { "\(folder)/run.yml" }
    var runFolder: RunFolder { RunFolder(path: "\(folder)/runs/tiny") }

    static let yaml = """
        name: tiny
        threads: 1
        encoder: ./encoder
        corpus:
          train: { path: train }
          dev: { path: dev }
          test: { path: test }
          unlabeled:
            - { path: unlabeled, format: text }
          types: [Disease, Medication]
        windows: { maxPieces: 24, overlap: 6 }
        label:
          lexicons:
            - { path: terms.tsv, type: Disease }
          rules: [rules.yml]
        pretrain: { epochs: 1, headWarmupSteps: 3, batchPieces: 64 }
        train:
          lstmSize: 4
          stages:
            - { data: silver, epochs: 2, batchPieces: 64, learningRate: 1e-3, headLearningRate: 1e-2 }
            - { data: gold, epochs: 3, batchPieces: 64, learningRate: 1e-3, headLearningRate: 1e-2 }
        evaluate: { bootstrapSamples: 50 }
        """

    /// Writes everything into `folder`.
    init(in folder: String) throws {
        self.folder = folder
        try AtomicFile.write(Self.yaml, to: configuration)
        try AtomicFile.write("term\nasthma\ngout\nchest pain\n", to: "\(folder)/terms.tsv")
        try AtomicFile.write(
            "rules:\n  - name: drug_suffix\n    type: Medication\n    pattern: '\\b\\w+olol\\b'\n",
            to: "\(folder)/rules.yml")
        try writeNotes(
            "train", ["asthma, on atenolol daily", "gout and asthma; given metoprolol", "no gout, no asthma"])
        try writeNotes("dev", ["asthma treated with metoprolol"])
        try writeNotes("test", ["gout. Takes atenolol for asthma"])
        try AtomicFile.makeFolder("\(folder)/unlabeled")
        for (index, text) in ["known asthma, on atenolol", "gout again today", "metoprolol for chest pain"].enumerated()
        {
            try AtomicFile.write(text, to: "\(folder)/unlabeled/\(index).txt")
        }
        try writeEncoder()
    }

    /// Writes notes whose diseases and drugs are annotated.
    private func writeNotes(_ name: String, _ texts: [String]) throws {
        try AtomicFile.makeFolder("\(folder)/\(name)")
        for (index, text) in texts.enumerated() {
            var tags = ""
            for (term, type) in [
                ("asthma", "Disease"), ("gout", "Disease"), ("atenolol", "Medication"), ("metoprolol", "Medication"),
            ] {
                for match in text.ranges(of: term) {
                    let start = text.distance(from: text.startIndex, to: match.lowerBound)
                    let end = start + term.count
                    tags += "<\(type) id=\"E\(start)\" start=\"\(start)\" end=\"\(end)\" text=\"\(term)\" "
                    tags += "TYPE=\"\(type)\" comment=\"\"/>\n"
                }
            }
            let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clinner>\n<TEXT><![CDATA[\(text)]]></TEXT>\n"
            try AtomicFile.write(
                xml + "<TAGS>\n\(tags)</TAGS>\n</clinner>\n", to: "\(folder)/\(name)/\(name)-\(index).xml")
        }
    }

    private func writeEncoder() throws {
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        let pieces =
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "asthma", "gout", "chest", "pain", ",", ".", ";"]
            + letters + letters.map { "##\($0)" }
        let source = "\(folder)/tokenizer"
        try AtomicFile.makeFolder(source)
        try AtomicFile.write(pieces.joined(separator: "\n") + "\n", to: "\(source)/vocab.txt")
        let configuration = BertConfiguration(
            vocabularySize: pieces.count, hiddenSize: 16, layerCount: 2, headCount: 2, intermediateSize: 32,
            maximumPositions: 64)
        try BertForMaskedLM(configuration: configuration, seed: 1)
            .save(to: "\(folder)/encoder", tokenizerFrom: source)
    }

    /// Opens the run.
    func open(resume: Bool = false, _ overrides: String...) throws -> Run {
        var options = Run.Options()
        options.resume = resume
        options.quiet = true
        options.overrides = overrides
        return try Run(configuration: configuration, options: options)
    }
}
