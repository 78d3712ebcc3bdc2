import ClinicalText
import CorpusIO
import Essentials
import Foundation
import Models

/// The notes that stages of fine-tuning learn from.
struct StageNotes {
    private let run: Run
    private let loader: NoteLoader
    /// The gold notes, or as many of their sentences as the experiment allows.
    let gold: [SegmentedDocument]

    /// Notes of a run, whose gold train notes are `train`.
    init(run: Run, loader: NoteLoader, train: [SegmentedDocument]) {
        self.run = run
        self.loader = loader
        let count = run.experiment.train.goldSentences
        guard count > 0 else {
            gold = train
            return
        }
        var generator = SeededGenerator(seed: run.experiment.seed).derived("gold sentences")
        let sentences = train.indices.flatMap { note in
            train[note].segmentation.sentences.indices.map { (note: note, sentence: $0) }
        }
        let chosen = sentences.shuffled(using: &generator).prefix(count).sorted {
            ($0.note, $0.sentence) < ($1.note, $1.sentence)
        }
        gold = chosen.map { train[$0.note].sentence($0.sentence) }
        run.say("train: \(gold.count) of \(sentences.count) gold sentences")
    }

    /// What the label step wrote.
    func silver() throws -> [SegmentedDocument] {
        try loader.segmented(run.silverDocuments(hint: "run `clinner label` first"))
    }

    /// What the label step wrote of each token.
    func silverTokens() throws -> SilverTokens { try SilverTokens(path: run.folder.silverTokens) }

    /// The unlabeled notes with what a tagger finds in them. They are kept: a stage that is resumed learns from what its
    /// teacher said when it began.
    func tagged(by tagger: NeuralTagger, stage number: Int, isResumed: Bool) throws -> [SegmentedDocument] {
        let path = run.folder.teacherLabels(stage: number)
        if isResumed, FileManager.default.fileExists(atPath: path) {
            var options = ReadOptions()
            options.format = .jsonl
            return try loader.segmented(CorpusReader.read(path, name: "teacher", options: options).corpus.documents)
        }
        let notes = try loader.unlabeled(for: "train")
        let display = Progress(
            "train: the teacher tags", total: notes.count, unit: "notes", quiet: run.options.quiet || !run.isLeader)
        var tagged: [Document] = []
        for start in stride(from: 0, to: notes.count, by: taggedTogether) {
            let part = Array(notes[start..<min(start + taggedTogether, notes.count)])
            tagged += try tagger.tag(part, nil)
            display.advance(by: part.count)
        }
        display.finish()
        if run.isLeader { try CorpusWriter.write(tagged, to: path, format: .jsonl) }
        return zip(notes, tagged).map { SegmentedDocument(document: $1, segmentation: $0.segmentation) }
    }
}

extension SegmentedDocument {
    /// The document cut down to the tokens and entities of one sentence; offsets stay those of the text.
    func sentence(_ index: Int) -> SegmentedDocument {
        var part = self
        var sentence = segmentation.sentences[index]
        part.segmentation.tokens = Array(segmentation.tokens[sentence.tokens])
        sentence.tokens = 0..<sentence.tokens.count
        part.segmentation.sentences = [sentence]
        part.document.entities = document.entities.filter {
            $0.hull.start >= sentence.span.start && $0.hull.end <= sentence.span.end
        }
        return part
    }
}
