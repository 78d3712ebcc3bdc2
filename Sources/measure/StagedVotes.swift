import ClinicalText
import CorpusIO
import Essentials
import Foundation
import LabelModels
import TextProcessing
import WeakLabeling

/// Adds the votes of an experiment's functions to the weak labels of others, which come as token runs (CHMM's files).
///
/// The functions see the raw texts; a vote is carried over to the staged tokens that it touches, by the characters between
/// blanks, which both have in common. What a function calls outside comes as votes of a type `outside`, and takes back the
/// votes of our other functions on the same tokens.
struct StagedVotes {
    private let labeler: SilverLabeler
    /// The raw documents by their texts without blanks.
    private var raw: [[UInt8]: SegmentedDocument] = [:]
    private let options: Options

    /// How our votes are added.
    struct Options {
        /// Whether our functions come as one, after their label model and its stages.
        var combines = false
        /// Whether ours abstain where a recommended staged function votes for a type.
        var backsOff = false
        /// Mentions of that many tokens do not back off.
        var longMention = Int.max
    }

    /// Writes `meta.json` and the splits of `folder` with our functions to `output`, as JSON.
    ///
    /// - Throws: `WeakLabelingError`, `FileError`, `CorpusError`.
    static func run(
        experiment: String, folder: String, raw: [String], output: String, options: Options
    ) throws {
        var meta = try object(at: "\(folder)/meta.json")
        guard let types = meta["entity_types"] as? [String], let functions = meta["lf"] as? [String],
            let recommended = meta["lf_rec"] as? [String]
        else { throw FileError.unreadable(path: "\(folder)/meta.json", reason: "not the layout of CHMM's files") }
        let staged = try StagedVotes(experiment: experiment, types: types, raw: raw, options: options)
        let own = options.combines ? ["own"] : staged.labeler.functions.map { "own/\($0.name)" }
        meta["lf"] = functions + own
        meta["lf_rec"] = recommended + own
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        try JSONSerialization.data(withJSONObject: meta).write(to: URL(fileURLWithPath: "\(output)/meta.json"))
        for split in ["train", "valid", "test"] {
            let path = "\(folder)/\(split).json"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let documents = try staged.adding(
                to: object(at: path), types: types,
                recommended: recommended.compactMap { functions.firstIndex(of: $0) },
                path: path)
            try JSONSerialization.data(withJSONObject: documents)
                .write(to: URL(fileURLWithPath: "\(output)/\(split).json"))
        }
    }

    private static func object(at path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    private init(experiment: String, types: [String], raw paths: [String], options: Options) throws {
        labeler = try SilverScores.labeler(experiment: experiment, types: types)
        self.options = options
        let segmenter = DocumentSegmenter(sectionHeaders: .none)
        var reading = ReadOptions()
        // NCBI's train set has one abstract twice.
        reading.mode = .warn
        for path in paths {
            for document in try CorpusReader.read(path, name: path, options: reading).corpus.documents {
                raw[document.text.utf8.filter { $0 > 0x20 }] = segmenter.segment(document)
            }
        }
    }

    private func adding(
        to records: [String: Any], types: [String], recommended: [Int], path: String
    ) throws -> [String: Any] {
        let keys = records.keys.sorted()
        var records = records
        let words = keys.map { key in
            ((records[key] as? [String: Any])?["data"] as? [String: Any])?["text"] as? [String] ?? []
        }
        let documents = try zip(keys, words).map { key, words in
            guard let document = raw[Array(words.joined().utf8)] else {
                throw FileError.unreadable(path: path, reason: "document \(key) is none of the raw texts")
            }
            return document
        }
        let votes =
            try options.combines ? silver(of: documents) : labeler.votedSequences(documents).map(Self.withoutVetoed)
        for (index, key) in keys.enumerated() {
            guard var record = records[key] as? [String: Any], var labels = record["weak_labels"] as? [[Any]] else {
                continue
            }
            let places = Self.places(of: words[index], in: documents[index])
            var isSpoken = [Bool](repeating: false, count: words[index].count)
            for vote in recommended.flatMap({ labels[$0] as? [[Any]] ?? [] }) {
                if let start = vote[0] as? Int, let end = vote[1] as? Int {
                    for token in start..<end { isSpoken[token] = true }
                }
            }
            var own = [[[Any]]](repeating: [], count: options.combines ? 1 : labeler.functions.count)
            for vote in votes[index].votes where !vote.isAgainst {
                let start = places[vote.tokens.lowerBound].tokens.lowerBound
                let last = places[vote.tokens.upperBound - 1]
                // The staged gold leaves the last token off where a mention ends within it, unless it is the only one.
                let end =
                    last.endsToken || last.tokens.count > 1
                    ? last.tokens.upperBound : max(start + 1, last.tokens.upperBound - 1)
                if options.backsOff, end - start < options.longMention, isSpoken[start..<end].contains(true) {
                    continue
                }
                own[vote.function].append(
                    [start, end, vote.label == LabelMatrix.outside ? "outside" : types[vote.label - 1]])
            }
            labels += own
            record["weak_labels"] = labels
            records[key] = record
        }
        return records
    }

    /// Our silver mentions as the votes of one function.
    private func silver(of documents: [SegmentedDocument]) throws -> [VotedSequence] {
        zip(try labeler.label(documents).documents, documents).map { silver, document in
            VotedSequence(
                tokenCount: document.segmentation.tokens.count,
                votes: silver.entities.compactMap { entity in
                    labeler.types.firstIndex(of: entity.type).map {
                        SpanVote(
                            function: 0, tokens: document.segmentation.tokens(overlapping: entity.hull), label: $0 + 1)
                    }
                })
        }
    }

    private static func withoutVetoed(_ sequence: VotedSequence) -> VotedSequence {
        let outside = sequence.votes.filter { $0.label == LabelMatrix.outside && !$0.isAgainst }.map(\.tokens)
        var sequence = sequence
        sequence.votes.removeAll { vote in
            vote.label != LabelMatrix.outside
                && outside.contains {
                    $0.lowerBound <= vote.tokens.lowerBound && vote.tokens.upperBound <= $0.upperBound
                }
        }
        return sequence
    }

    /// For each of our tokens the staged tokens that it shares characters with, and whether it ends the last of them.
    private static func places(
        of words: [String], in document: SegmentedDocument
    ) -> [(tokens: Range<Int>, endsToken: Bool)] {
        var wordOfCharacter: [Int] = []
        for (place, word) in words.enumerated() {
            wordOfCharacter += repeatElement(place, count: word.utf8.count)
        }
        // For each byte of the raw text how many characters stand before it.
        var before: [Int] = []
        var count = 0
        for byte in document.document.text.utf8 {
            before.append(count)
            if byte > 0x20 { count += 1 }
        }
        return document.segmentation.tokens.map { token in
            let last = before[token.span.end - 1]
            let endsToken = last + 1 == wordOfCharacter.count || wordOfCharacter[last + 1] != wordOfCharacter[last]
            return (wordOfCharacter[before[token.span.start]]..<wordOfCharacter[last] + 1, endsToken)
        }
    }
}
