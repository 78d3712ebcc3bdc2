import ClinicalText
import CorpusIO
import Essentials
import Foundation
import WeakLabeling

/// Follows a prediction back to the silver mentions that taught it, and to the lines of the lexicons behind these.
public struct ExplainErrorJob {
    private let run: Run
    private let note: String
    private let span: SpanArgument
    /// At most so many mentions are listed.
    private let listed = 20

    /// A job on a run's predictions; `note` is the id of a dev or test note.
    public init(run: Run, note: String, span: SpanArgument) {
        self.run = run
        self.note = note
        self.span = span
    }

    /// A mention of the corpora that the tagger learned from.
    private struct Lesson {
        var document: Document
        var entity: Entity
    }

    /// The explanation, of several lines; it shows text of notes.
    ///
    /// - Throws: ``WorkflowError/unknownNote(id:nearest:)``, `FileError` where predictions or silver labels are missing.
    public func text() throws -> String {
        let loader = try run.loader()
        let train = loader.hasTrain ? try loader.train(for: "explain") : []
        let labeler = try run.labeler(types: loader.entityTypes(train: train))
        let (document, gold) = try predicted(loader)
        let span = try span.span(in: document)
        let predictions = document.entities.filter { $0.hull.overlaps(span) }
        var lines = ["\(document.id): predicted"]
        lines += predictions.map { "  " + line(of: $0, in: document) }
        if predictions.isEmpty { lines.append("  nothing here: the tagger missed it, or there is nothing") }
        lines.append("Gold:")
        let right = gold.entities.filter { $0.hull.overlaps(span) }
        lines += right.isEmpty ? ["  nothing here"] : right.map { "  " + line(of: $0, in: gold) }
        let hull = predictions.first?.hull ?? span
        lines += lessons(
            for: document.text(of: hull), train: train.map(\.document), labeler: labeler, silver: try silver())
        return lines.joined(separator: "\n")
    }

    private func predicted(_ loader: NoteLoader) throws -> (document: Document, gold: Document) {
        var ids: [String] = []
        for set in DocumentSet.allCases.reversed() where loader.has(set) {
            guard FileManager.default.fileExists(atPath: run.folder.predictions(set)) else { continue }
            let predictions = try run.predictions(for: set)
            if let document = predictions.first(where: { $0.id == note }),
                let gold = try loader.documents(of: set, for: "explain").first(where: { $0.document.id == note })
            {
                return (document, gold.document)
            }
            ids += predictions.map(\.id)
        }
        guard !ids.isEmpty else {
            throw FileError.missing(path: run.folder.predictions(.test), hint: "run `clinner tag` first")
        }
        throw WorkflowError.unknownNote(id: note, nearest: NearestName.of(note, in: ids))
    }

    private func silver() throws -> [Document] {
        guard FileManager.default.fileExists(atPath: run.folder.silver) else { return [] }
        var options = ReadOptions()
        options.format = .jsonl
        return try CorpusReader.read(run.folder.silver, name: "silver", options: options).corpus.documents
    }

    private func lessons(
        for surface: Substring, train: [Document], labeler: SilverLabeler, silver: [Document]
    ) -> [String] {
        let words = Self.folded(surface)
        guard let head = words.last else { return [] }
        for (title, documents) in [("silver", silver), ("gold train", train)] {
            let all = documents.flatMap { document in document.entities.map { Lesson(document: document, entity: $0) } }
            let same = all.filter { Self.folded($0.document.text(of: $0.entity.hull)) == words }
            let alike =
                same.isEmpty ? all.filter { Self.folded($0.document.text(of: $0.entity.hull)).last == head } : same
            guard !alike.isEmpty else { continue }
            let what = same.isEmpty ? "end with the same word" : "are the same words"
            return ["\(alike.count) \(title) mentions \(what):"] + listing(alike) + sources(of: alike, labeler: labeler)
        }
        return ["No silver or gold train mention is like it: the tagger took it from its context or its pieces."]
    }

    private func listing(_ lessons: [Lesson]) -> [String] {
        lessons.prefix(listed).map { "  " + line(of: $0.entity, in: $0.document) + ", \($0.document.id)" }
            + (lessons.count > listed ? ["  and \(lessons.count - listed) more"] : [])
    }

    /// The evidence of mentions, the commonest first, each with its file, line and term.
    private func sources(of lessons: [Lesson], labeler: SilverLabeler) -> [String] {
        var counts: [String: Int] = [:]
        for lesson in lessons {
            for evidence in lesson.entity.evidence { counts["\(lesson.entity.type)\t\(evidence)", default: 0] += 1 }
        }
        guard !counts.isEmpty else { return [] }
        return ["Taught by:"]
            + counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { key, count in
                let parts = key.split(separator: "\t", maxSplits: 1).map(String.init)
                let source = labeler.source(ofEvidence: parts[1])
                return "  \(parts[0]) \(count)×: \(parts[1])"
                    + (source.map { " (\($0.place)\($0.term.map { " `\($0)`" } ?? ""))" } ?? "")
            }
    }

    private func line(of entity: Entity, in document: Document) -> String {
        let range = TextOffsets(document.text).codePoints(of: entity.hull)
        return "\(entity.type) \(range.lowerBound)-\(range.upperBound) "
            + "“\(ExplainJob.oneLine(document.text(of: entity.hull)))”"
            + (entity.provenance.probability.map { ", probability \(ExplainJob.rounded($0))" } ?? "")
    }

    private static func folded(_ text: Substring) -> [String] {
        text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
