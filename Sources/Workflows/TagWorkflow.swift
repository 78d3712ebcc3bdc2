import ClinicalText
import CorpusIO
import Essentials
import Models
import Torch
import WeakLabeling

/// The step `tag`: predicts the entities of the dev and test notes with the best tagger of the run.
public struct TagWorkflow {
    private let run: Run

    /// The step of a run.
    public init(run: Run) {
        self.run = run
    }

    /// Writes `predictions/dev.jsonl` and `predictions/test.jsonl`.
    public func perform() throws {
        try run.step(.tag) {
            setThreads(run.threads)
            productPrecision = .float32
            try run.useDevice()
            let tagger = try TaggerFolder.load(run.folder.bestTagger)
            let annotator = try run.annotator()
            let loader = try run.loader()
            for set in DocumentSet.allCases where loader.has(set) {
                let notes = try loader.documents(of: set, for: "tag")
                let display = Progress(
                    "tag \(set.rawValue)", total: notes.count, unit: "notes", quiet: run.options.quiet)
                try CorpusWriter.write(to: run.folder.predictions(set), format: .jsonl) { write in
                    for start in stride(from: 0, to: notes.count, by: taggedTogether) {
                        let part = Array(notes[start..<min(start + taggedTogether, notes.count)])
                        for document in try tagger.tag(part, annotator) { try write(document) }
                        display.advance(by: part.count)
                    }
                }
                display.finish()
            }
        }
    }
}

/// So many notes are tagged between two looks at whether to stop.
let taggedTogether = 32

extension EntityTagger {
    /// The notes with predicted entities in the place of theirs.
    ///
    /// - Parameter annotator: what says how the entities are meant and which concepts they are.
    /// - Throws: `InterruptedError` when the user asks to stop.
    func tag(_ notes: [SegmentedDocument], _ annotator: EntityAnnotator?) throws -> [Document] {
        try Interruption.check()
        return try zip(notes, entities(in: notes)).map { note, entities in
            var document = note.document
            document.entities = try annotator?.annotated(entities, in: note) ?? entities
            // What the source said of its own entities does not hold for predicted ones.
            document.relations = []
            document.uninterpreted = []
            return document
        }
    }
}

extension Run {
    /// What says of predicted entities how they are meant and which concepts they are, from the section `label`.
    func annotator() throws -> EntityAnnotator {
        let label = experiment.label
        return EntityAnnotator(
            lexicons: try label.lexicons.map { try $0.read(at: resolver.path($0.path)) },
            contextCues: try label.contextCues.map { try ContextCues.read(resolver.path($0)) },
            contextSections: label.contextSections)
    }
}
