import ClinicalText
import CorpusIO
import Essentials
import Foundation
import LabelModels
import TextProcessing
import WeakLabeling

/// Scores label models on the weak labels of others, which come as token runs of many functions (CHMM's files).
struct LabelModelScores {
    /// What is scored.
    struct Options {
        /// `majority`, `hmm`.
        var model = "hmm"
        var closes = true
        var completes = true
        /// Whether only the functions are used that the files recommend.
        var recommended = true
        /// Whether the commonest missed and wrong surfaces follow, to choose rules by.
        var printsErrors = false
    }

    private struct Note {
        var document: SegmentedDocument
        var gold: Set<AbbreviationClosure.Mention>
        var sequence: VotedSequence
    }

    private let types: [String]
    private let functions: [String]
    private let notes: [Note]
    private let isScored: [Bool]

    /// Prints one JSON line: strict precision, recall and F1 of mentions on a split, in percent, the recall of
    /// abbreviations, of other mentions and of those of four and more tokens.
    ///
    /// The models learn from the votes on the train split and on the scored one; gold is only compared with.
    ///
    /// - Throws: `CorpusError`, `FileError`.
    static func run(folder: String, split: String, options: Options) throws {
        let scores = try LabelModelScores(folder: folder, split: split, recommended: options.recommended)
        try scores.score(options, split: split)
    }

    private struct Description: Decodable {
        var functions: [String]
        var recommended: [String]
        var types: [String]

        enum CodingKeys: String, CodingKey {
            case functions = "lf"
            case recommended = "lf_rec"
            case types = "entity_types"
        }
    }

    private init(folder: String, split: String, recommended: Bool) throws {
        let description = try JSONDecoder().decode(
            Description.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/meta.json")))
        functions = recommended ? description.recommended : description.functions
        types = description.types
        var options = ReadOptions()
        options.format = .wrench
        let documents = try CorpusReader.read(folder, name: folder, options: options).corpus.documents
        let wanted = documents.filter { $0.id.hasPrefix("train-") || $0.id.hasPrefix("\(split)-") }
        isScored = wanted.map { $0.id.hasPrefix("\(split)-") }
        let numbers = Dictionary(uniqueKeysWithValues: functions.enumerated().map { ($1, $0) })
        let labels = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0 + 1) })
        notes = wanted.map { Self.note($0, functions: numbers, labels: labels) }
    }

    private static func note(_ document: Document, functions: [String: Int], labels: [String: Int]) -> Note {
        let segmented = SegmentedDocument(document: document, segmentation: segmentation(of: document.text))
        var gold: Set<AbbreviationClosure.Mention> = []
        var votes: [SpanVote] = []
        for entity in document.entities {
            guard let label = labels[entity.type] else { continue }
            let tokens = segmented.segmentation.tokens(overlapping: entity.hull)
            if entity.provenance == .gold { gold.insert(.init(tokens: tokens, label: label)) }
            for function in entity.evidence.compactMap({ functions[$0] }) {
                votes.append(SpanVote(function: function, tokens: tokens, label: label))
            }
        }
        return Note(
            document: segmented, gold: gold,
            sequence: VotedSequence(tokenCount: segmented.segmentation.tokens.count, votes: votes))
    }

    /// Tokens are what stands between blanks; a full stop ends a sentence.
    private static func segmentation(of text: String) -> Segmentation {
        var tokens: [Token] = []
        var sentences: [Sentence] = []
        var first = 0
        var start = 0
        let bytes = Array(text.utf8)
        for index in 0...bytes.count where index == bytes.count || bytes[index] <= 0x20 {
            if index > start { tokens.append(Token(span: TextSpan(start: start, end: index))) }
            let endsSentence = index == start + 1 && [UInt8(ascii: "."), UInt8(ascii: "?")].contains(bytes[start])
            if endsSentence || index == bytes.count, tokens.count > first {
                sentences.append(
                    Sentence(
                        span: tokens[first].span.union(tokens[tokens.count - 1].span), tokens: first..<tokens.count))
                first = tokens.count
            }
            start = index + 1
        }
        let span = TextSpan(start: 0, end: bytes.count)
        return Segmentation(
            sections: [Section(name: "", header: nil, span: span)], sentences: sentences, tokens: tokens)
    }

    private func score(_ options: Options, split: String) throws {
        let sequences = notes.map(\.sequence)
        var settings = HiddenMarkovLabelModel.Settings()
        // On the valid splits discounting repetition is worth nothing on BC5CDR and costs 0.2 on NCBI-disease.
        settings.correlationDiscount = 0
        var model: any SpanLabelModel =
            options.model == "majority"
            ? SpanMajority(labelCount: types.count + 1)
            : HiddenMarkovLabelModel(
                functionCount: functions.count, labelCount: types.count + 1, settings: settings)
        model.fit(sequences)
        var mentions = sequences.map { sequence in
            model.labels(of: sequence).spans.map { AbbreviationClosure.Mention(tokens: $0.tokens, label: $0.label) }
        }
        let documents = notes.map(\.document)
        // The chemicals of BC5CDR include the compounds they begin, such as `NSAID-induced`.
        let compounds = Set(types.indices.filter { types[$0] == "Chemical" }.map { $0 + 1 })
        func close() {
            guard options.closes else { return }
            mentions = zip(mentions, documents).map {
                AbbreviationClosure($1).closed($0, compounds: compounds).map(\.mention)
            }
        }
        close()
        if options.completes {
            let consistency = SurfaceConsistency(documents, mentions: mentions)
            mentions = zip(mentions, documents).map { consistency.completed($0, of: $1) }
            close()
        }
        print(line(of: mentions, options, split: split))
        if options.printsErrors { printErrors(of: mentions) }
    }

    private func printErrors(of mentions: [[AbbreviationClosure.Mention]]) {
        var missed: [String: Int] = [:]
        var wrong: [String: Int] = [:]
        for (index, note) in notes.enumerated() where isScored[index] {
            let own = Set(mentions[index])
            for mention in note.gold.subtracting(own) { missed[name(of: mention, in: note.document), default: 0] += 1 }
            for mention in own.subtracting(note.gold) { wrong[name(of: mention, in: note.document), default: 0] += 1 }
        }
        for (title, counts) in [("missed", missed), ("wrong", wrong)] {
            let top = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(250)
            print("\(title): " + top.map { "\($0.key) \($0.value)" }.joined(separator: "; "))
        }
    }

    private func name(of mention: AbbreviationClosure.Mention, in document: SegmentedDocument) -> String {
        "\(types[mention.label - 1]):\(surface(of: mention, in: document).lowercased())"
    }

    private func surface(of mention: AbbreviationClosure.Mention, in document: SegmentedDocument) -> Substring {
        let tokens = document.segmentation.tokens
        return document.document.text(
            of: tokens[mention.tokens.lowerBound].span.union(tokens[mention.tokens.upperBound - 1].span))
    }

    private func line(of mentions: [[AbbreviationClosure.Mention]], _ options: Options, split: String) -> String {
        var found = 0
        var predicted = 0
        var recall: [String: (found: Int, all: Int)] = [:]
        for (index, note) in notes.enumerated() where isScored[index] {
            let own = Set(mentions[index])
            predicted += own.count
            found += own.intersection(note.gold).count
            for mention in note.gold {
                for kind in kinds(of: mention, in: note.document) {
                    recall[kind, default: (0, 0)].all += 1
                    if own.contains(mention) { recall[kind, default: (0, 0)].found += 1 }
                }
            }
        }
        func percent(_ part: Int, _ all: Int) -> Double { (1e4 * Double(part) / Double(max(1, all))).rounded() / 100 }
        let gold = notes.indices.filter { isScored[$0] }.reduce(0) { $0 + notes[$1].gold.count }
        let recalls = recall.sorted { $0.key < $1.key }
            .map { "\"recall of \($0.key)\":\(percent($0.value.found, $0.value.all))" }
        return "{\"model\":\"\(options.model)\",\"closure\":\(options.closes),\"consistency\":\(options.completes),"
            + "\"split\":\"\(split)\",\"precision\":\(percent(found, predicted)),\"recall\":\(percent(found, gold)),"
            + "\"f1\":\(percent(2 * found, predicted + gold)),\(recalls.joined(separator: ","))}"
    }

    private func kinds(of mention: AbbreviationClosure.Mention, in document: SegmentedDocument) -> [String] {
        let isAbbreviation =
            mention.tokens.count == 1 && AbbreviationShape.isAbbreviation(surface(of: mention, in: document))
        return [isAbbreviation ? "abbreviations" : "other mentions"]
            + (mention.tokens.count >= 4 ? ["four and more tokens"] : [])
    }
}
