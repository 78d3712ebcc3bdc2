import ClinicalText
import CorpusIO
import Essentials
import Models
import Torch

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
            let loader = try run.loader()
            for set in DocumentSet.allCases where loader.has(set) {
                let notes = try loader.documents(of: set, for: "tag")
                let tagged = try tagger.tag(notes, title: "tag \(set.rawValue)", quiet: run.options.quiet)
                try CorpusWriter.write(tagged, to: run.folder.predictions(set), format: .jsonl)
            }
        }
    }
}

extension EntityTagger {
    /// Replaces the notes' entities by predicted ones, with progress and a place to stop between groups of notes.
    func tag(_ notes: [SegmentedDocument], title: String, quiet: Bool) throws -> [Document] {
        let display = Progress(title, total: notes.count, unit: "notes", quiet: quiet)
        var tagged: [Document] = []
        tagged.reserveCapacity(notes.count)
        let group = 32
        for start in stride(from: 0, to: notes.count, by: group) {
            try Interruption.check()
            let part = Array(notes[start..<min(start + group, notes.count)])
            for (note, entities) in zip(part, try entities(in: part)) {
                var document = note.document
                document.entities = entities
                // What the source said of its own entities does not hold for predicted ones.
                document.relations = []
                document.uninterpreted = []
                tagged.append(document)
            }
            display.advance(by: part.count)
        }
        display.finish()
        return tagged
    }
}
