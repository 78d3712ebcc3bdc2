import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation
import TextProcessing
import WeakLabeling

/// Scores the silver labels that an experiment's functions give an annotated corpus.
struct SilverScores {
    private struct Mention: Hashable {
        var span: TextSpan
        var type: String
    }

    /// Prints one JSON line: strict precision, recall and F1 of spans and types, in percent, for each type and over all,
    /// and the recall of abbreviations, of other mentions and of those of four and more tokens.
    ///
    /// With `errors` the commonest missed and wrong surfaces follow, to choose rules by.
    ///
    /// - Throws: `WeakLabelingError`, `SourceFileError`, `FileError`, `CorpusError`, `TextProcessingError`.
    static func run(
        experiment path: String, corpus: String, types: [String], headers: String?, errors: Bool
    ) throws {
        let labeler = try labeler(experiment: path, types: types)
        let segmenter = DocumentSegmenter(
            sectionHeaders: try headers.map { try SectionHeaders(contentsOf: $0) } ?? .none)
        let scored = try documents(corpus, experiment: path, types: types)
        let segmented = scored.map { segmenter.segment($0) }
        let silver = try labeler.label(segmented).documents
        var tally = Tally(types: types)
        for ((gold, document), silver) in zip(zip(scored, segmented), silver) {
            tally.add(gold: gold, silver: silver, segmentation: document.segmentation)
        }
        print(tally.line)
        if errors { tally.printErrors() }
    }

    static func labeler(experiment path: String, types: [String]) throws -> SilverLabeler {
        try SilverLabeler(
            configuration: MeasuredExperiment.read(path).label,
            relativeTo: (path as NSString).deletingLastPathComponent,
            types: types)
    }

    /// The documents of a corpus, or of the experiment's set `train` or `dev`; subtypes that only NCBI's corpus has are its
    /// one type.
    private static func documents(_ corpus: String, experiment path: String, types: [String]) throws -> [Document] {
        let experiment = try MeasuredExperiment.read(path)
        let source = ["train": experiment.corpus?.train, "dev": experiment.corpus?.dev][corpus] ?? nil
        let folder = (path as NSString).deletingLastPathComponent
        func resolved(_ name: String) -> String { name.hasPrefix("/") ? name : "\(folder)/\(name)" }
        let place = source.map { resolved($0.path) } ?? corpus
        var documents = try CorpusReader.read(place, name: place).corpus.documents
        if let source, let file = source.splitFile, let split = source.split {
            let ids = try String(contentsOfFile: resolved(file), encoding: .utf8).split(separator: "\n")
                .filter { $0.hasSuffix("\t\(split)") }.map { String($0.prefix { $0 != "\t" }) }
            documents = documents.filter { Set(ids).contains($0.id) }
        }
        var mapping = experiment.corpus?.typeMapping ?? [:]
        if types == ["Disease"] {
            for subtype in ["SpecificDisease", "DiseaseClass", "Modifier", "CompositeMention"] {
                mapping[subtype] = "Disease"
            }
        }
        for index in documents.indices {
            for entity in documents[index].entities.indices {
                let type = documents[index].entities[entity].type
                documents[index].entities[entity].type = mapping[type] ?? type
            }
        }
        return documents
    }

    private struct Tally {
        let types: [String]
        var counts: [String: Counts] = [:]
        var recall: [String: (found: Int, all: Int)] = [:]
        var missed: [String: Int] = [:]
        var wrong: [String: Int] = [:]

        init(types: [String]) { self.types = types }

        mutating func add(gold: Document, silver: Document, segmentation: Segmentation) {
            func mentions(_ document: Document) -> Set<Mention> {
                Set(document.entities.filter { types.contains($0.type) }.map { Mention(span: $0.hull, type: $0.type) })
            }
            let gold = (mentions(gold), gold)
            let found = mentions(silver)
            for mention in found.union(gold.0) {
                let surface = gold.1.text(of: mention.span)
                switch (found.contains(mention), gold.0.contains(mention)) {
                case (true, true): counts[mention.type, default: Counts()].truePositives += 1
                case (true, false):
                    counts[mention.type, default: Counts()].falsePositives += 1
                    wrong["\(mention.type):\(surface.lowercased())", default: 0] += 1
                default:
                    counts[mention.type, default: Counts()].falseNegatives += 1
                    missed["\(mention.type):\(surface.lowercased())", default: 0] += 1
                }
                guard gold.0.contains(mention) else { continue }
                let tokens = segmentation.tokens(overlapping: mention.span).count
                let kinds =
                    [AbbreviationShape.isAbbreviation(surface) ? "abbreviations" : "other mentions"]
                    + (tokens >= 4 ? ["four and more tokens"] : [])
                for kind in kinds {
                    recall[kind, default: (0, 0)].all += 1
                    if found.contains(mention) { recall[kind, default: (0, 0)].found += 1 }
                }
            }
        }

        var line: String {
            func percent(_ share: Double) -> Double { (1e4 * share).rounded() / 100 }
            func scores(_ counts: Counts) -> String {
                "\"precision\":\(percent(counts.precision)),\"recall\":\(percent(counts.recall)),\"f1\":\(percent(counts.f1))"
            }
            var all = Counts()
            for counts in counts.values {
                all.truePositives += counts.truePositives
                all.falsePositives += counts.falsePositives
                all.falseNegatives += counts.falseNegatives
            }
            let each = types.compactMap { type in counts[type].map { "\"\(type)\":{\(scores($0))}" } }
            let recalls = recall.sorted { $0.key < $1.key }
                .map { "\"recall of \($0.key)\":\(percent(Double($0.value.found) / Double($0.value.all)))" }
            return "{\(scores(all)),\((each + recalls).joined(separator: ","))}"
        }

        func printErrors() {
            for (name, counts) in [("missed", missed), ("wrong", wrong)] {
                let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(250)
                print("\(name): " + top.map { "\($0.key) \($0.value)" }.joined(separator: "; "))
            }
        }
    }
}
