import ClinicalText
import CorpusIO
import Essentials
import Foundation
import Models
import TestSupport

@testable import Workflows

/// A folder with all that a run needs, small enough for a test: an encoder of two layers with its vocabulary, notes in
/// i2b2 XML, a lexicon of five terms, a rule, a configuration.
struct TinyHospital {
    let folder: String

    private static let diseases = ["asthma", "gout", "anemia", "sepsis", "angina"]
    private static let medications = ["aspirin", "insulin", "heparin", "digoxin"]
    private static let others = [
        "patient", "has", "no", "known", "started", "mg", "daily", "on", "visit", "today", "was", "given", "for", "and",
        "stable", ".", ",",
    ]
    private static let symbols = "abcdefghijklmnopqrstuvwxyz0123456789".map(String.init)

    /// The pieces, one a line of `vocab.txt`.
    static let pieces =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + others + diseases + medications + symbols
        + symbols.map { "##\($0)" }

    var configuration: String { "\(folder)/run.yml" }
    var encoder: String { "\(folder)/encoder" }
    var run: RunFolder { RunFolder(path: "\(folder)/runs/tiny") }

    /// Writes everything; notes of different sets differ.
    init(in folder: String) throws {
        self.folder = folder
        for (index, set) in ["train", "dev", "test", "unlabeled"].enumerated() {
            let notes = Self.notes(set, count: [8, 4, 4, 6][index], from: 100 * (index + 1))
            try CorpusWriter.write(notes, to: notesFolder(set), format: .i2b2)
        }
        try write(
            "lexicon.tsv",
            "term\ttype\nasthma\tDisease\ngout\tDisease\nanemia\tDisease\naspirin\tMedication\ninsulin\tMedication\n")
        try write("rules.yml", "rules:\n  - name: dose\n    type: Dosage\n    pattern: '\\b\\d{1,3} mg\\b'\n")
        try write("vocabulary/vocab.txt", Self.pieces.joined(separator: "\n") + "\n")
        let sizes = BertConfiguration(
            vocabularySize: Self.pieces.count, hiddenSize: 32, layerCount: 2, headCount: 2, intermediateSize: 64,
            maximumPositions: 64)
        try BertForMaskedLM(configuration: sizes, seed: 1).save(to: encoder, tokenizerFrom: "\(folder)/vocabulary")
        try write("run.yml", Self.yaml)
    }

    private static let yaml = """
        name: tiny
        seed: 7
        threads: 1
        encoder: ./encoder
        corpus:
          train: { path: notes/train }
          dev: { path: notes/dev }
          test: { path: notes/test }
          unlabeled: [{ path: notes/unlabeled }]
        windows: { maxPieces: 40, overlap: 8 }
        label:
          lexicons: [{ path: lexicon.tsv }]
          rules: [rules.yml]
        pretrain: { epochs: 1, batchPieces: 128 }
        train:
          lstmSize: 8
          stages:
            - { data: silver, epochs: 1, batchPieces: 128, learningRate: 1e-3, headLearningRate: 1e-2 }
            - { data: gold, epochs: 2, batchPieces: 128, learningRate: 1e-3, headLearningRate: 1e-2 }
        evaluate: { bootstrapSamples: 20 }

        """

    static func notes(_ set: String, count: Int, from first: Int) -> [Document] {
        (0..<count).map { index in
            let number = first + index
            let disease = diseases[number % diseases.count]
            let other = diseases[(number + 2) % diseases.count]
            let medication = medications[number % medications.count]
            return document(
                marked: "Visit \(number). Patient has [\(disease)|Disease] and no [\(other)|Disease].\n"
                    + "Started on [\(medication)|Medication] [\(5 * (index + 1)) mg|Dosage] daily, stable today.\n",
                id: "\(set)-\(index)")
        }
    }

    func notesFolder(_ set: String) -> String { "\(folder)/notes/\(set)" }

    func write(_ name: String, _ content: String) throws {
        let path = "\(folder)/\(name)"
        try AtomicFile.makeFolder((path as NSString).deletingLastPathComponent)
        try AtomicFile.write(content, to: path)
    }

    func replace(_ old: String, by new: String, in name: String) throws {
        let content = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        precondition(content.contains(old), "\(name) has no \(old)")
        try write(name, content.replacing(old, with: new))
    }

    func open(resume: Bool = false, _ overrides: String...) throws -> Run {
        var options = Run.Options()
        options.resume = resume
        options.quiet = true
        options.overrides = overrides
        return try Run(configuration: configuration, options: options)
    }

    func loader(_ overrides: String...) throws -> NoteLoader {
        let experiment = try ConfigurationReader.read(Experiment.self, path: configuration, overrides: overrides)
        return try NoteLoader(
            experiment: experiment, file: configuration, resolver: PathResolver(configurationAt: configuration),
            report: { _ in })
    }

    /// Every file below the run folder with its content, by its name.
    func runFiles() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in FileManager.default.subpaths(atPath: run.path) ?? [] {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(run.path)/\(name)", isDirectory: &isFolder)
            if !isFolder.boolValue { files[name] = FileManager.default.contents(atPath: "\(run.path)/\(name)") }
        }
        return files
    }

    /// What a run that did every step has in its folder.
    static let runFileNames: Set = [
        "experiment.yml", "manifest.json", "log.jsonl", "silver/silver.jsonl", "silver/labeling.json",
        "encoder/model.safetensors", "encoder/config.json", "encoder/vocab.txt", "encoder/pretraining.json",
        "pretraining.html", "vocabulary.tsv",
        "tagger/model-best/model.safetensors", "tagger/model-best/config.json", "tagger/model-best/vocab.txt",
        "tagger/model-best/clinner.json", "tagger/model-best/words.json", "tagger/model-last/model.safetensors",
        "tagger/model-last/config.json", "tagger/model-last/vocab.txt", "tagger/model-last/clinner.json",
        "tagger/model-last/words.json", "tagger/words.json", "tagger/training.json", "tagger/calibration.json",
        "tagger/context-sections.json",
        "tagger/model-best/context-sections.json", "tagger/model-best/README.md",
        "tagger/model-last/context-sections.json",
        "predictions/dev.jsonl", "predictions/test.jsonl", "evaluation.json", "report/index.html",
    ]
}

/// Makes a hospital in a fresh folder.
func withHospital<Result>(_ body: (TinyHospital) throws -> Result) throws -> Result {
    try withTemporaryFolder { try body(TinyHospital(in: $0)) }
}
