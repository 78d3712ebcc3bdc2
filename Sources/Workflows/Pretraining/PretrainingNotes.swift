import ClinicalText
import Essentials
import Foundation
import Models
import Tokenization
import Training

/// The notes of an adaptation: those that are trained on, those that perplexity is measured on, and others that only
/// show what the encoder forgets.
struct PretrainingNotes {
    /// A note and the kind of notes it is of.
    struct Note {
        var document: SegmentedDocument
        var domain: String
    }

    /// Windows and what was found out about the notes' text while they were made.
    struct Windows {
        var train: [PretrainingWindow] = []
        var heldOut: [HeldOutDomain] = []
        var repeats = RepeatFigures()
    }

    var train: [Note] = []
    /// At least one, drawn by the generator.
    var heldOut: [Note] = []
    var monitored: [Note] = []
    /// The silver entities of the train notes, by the note's id; empty where none are masked.
    private var silver: [String: [Entity]] = [:]

    /// Reads the notes of a run, and their silver entities if the experiment masks those.
    ///
    /// - Throws: what reading throws; `FileError` where silver entities are to be masked and there are none;
    ///   ``ConfigurationError`` where monitored notes are called as those to train on are.
    init(run: Run, generator: SeededGenerator) throws {
        let settings = run.experiment.pretrain
        let loader = try run.loader()
        let notes = Self.notes(try loader.domains(for: "pretrain"))
        var random = generator.derived("held-out notes")
        let count = min(max(1, Int((settings.heldOutShare * Double(notes.count)).rounded())), notes.count - 1)
        let chosen = Set(notes.indices.shuffled(using: &random).prefix(max(0, count)))
        for (index, note) in notes.enumerated() {
            if chosen.contains(index) { heldOut.append(note) } else { train.append(note) }
        }
        let names = Set(notes.map(\.domain))
        for (index, source) in settings.monitored.enumerated() where names.contains(source.domainName) {
            throw ConfigurationError.wrongValue(
                file: run.file, line: nil, key: "pretrain.monitored.\(index).domain",
                expected: "another name than that of notes to train on, `\(source.domainName)`")
        }
        monitored = Self.notes(try loader.monitored(settings.monitored))
        guard settings.masking.entities > 0 else { return }
        let hint = "run `clinner label` first, or set pretrain.masking.entities=0"
        silver = Dictionary(try run.silverDocuments(hint: hint).map { ($0.id, $0.entities) }) { first, _ in first }
    }

    private static func notes(_ domains: [(name: String, documents: [SegmentedDocument])]) -> [Note] {
        domains.flatMap { name, documents in
            documents.filter { !$0.segmentation.tokens.isEmpty }.map { Note(document: $0, domain: name) }
        }
    }

    /// How a tokenizer's vocabulary spells the train notes.
    func vocabularyReport(_ tokenizer: WordPieceTokenizer) -> VocabularyReport {
        var report = VocabularyReport(vocabulary: tokenizer.vocabulary)
        for note in train { report.add(note.document, encoded: tokenizer.encode(note.document)) }
        return report
    }

    /// Cuts the notes into windows that do not overlap: every piece is seen once an epoch and counts once in the
    /// perplexity. A window never holds text of two notes.
    func windows(tokenizer: WordPieceTokenizer, run: Run) -> Windows {
        let settings = run.experiment.pretrain
        let layout = WindowLayout(maxPieces: run.experiment.windows.maxPieces, overlap: 0)
        func windows(_ note: Note) -> [PretrainingWindow] {
            let encoded = tokenizer.encode(note.document)
            let entities = silver[note.document.document.id]?.map {
                note.document.segmentation.tokens(overlapping: $0.hull)
            }
            return layout.windows(of: encoded, sentences: note.document.segmentation.sentences).map { window in
                PretrainingWindow(
                    PackedBatch.Sequence(window, of: encoded, layout: layout),
                    entities: (entities ?? []).compactMap { words in
                        let start = window.words.lowerBound
                        return words.isEmpty || words.clamped(to: window.words) != words
                            ? nil : words.lowerBound - start..<words.upperBound - start
                    })
            }
        }
        var result = Windows()
        var repeated = RepeatedText()
        let trained = train.map(windows)
        for note in trained { repeated.add(note: note.map(\.sequence)) }
        for note in trained {
            let weighed = note.map { window in
                var window = window
                window.weight = repeated.weight(of: window.sequence)
                return window
            }
            result.repeats.add(note: weighed)
            result.train += settings.downweightsRepeats ? weighed : note
        }
        for (notes, isTrainedOn) in [(heldOut, true), (monitored, false)] {
            for note in notes {
                let windows = windows(note)
                if isTrainedOn {
                    for window in windows { result.repeats.add(heldOut: repeated.share(of: window.sequence)) }
                }
                if let place = result.heldOut.firstIndex(where: {
                    $0.name == note.domain && $0.isTrainedOn == isTrainedOn
                }) {
                    result.heldOut[place].windows += windows
                } else {
                    result.heldOut.append(
                        HeldOutDomain(name: note.domain, windows: windows, isTrainedOn: isTrainedOn))
                }
            }
        }
        return result
    }
}
