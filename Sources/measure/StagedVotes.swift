import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TextProcessing
import WeakLabeling

/// Adds the votes of an experiment's functions to the weak labels of others, which come as token runs (CHMM's files).
///
/// The functions see the raw texts; a vote is carried over to the staged tokens that it touches, by the characters between
/// blanks, which both have in common. Our functions come as one, `own`, after their label model and its stages.
struct StagedVotes {
    private let labeler: SilverLabeler
    /// The raw documents by their texts without blanks.
    private var raw: [[UInt8]: SegmentedDocument] = [:]
    private let options: Options

    /// How our votes are added.
    struct Options {
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
        meta["lf"] = functions + ["own"]
        meta["lf_rec"] = recommended + ["own"]
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        try JSONSerialization.data(withJSONObject: meta).write(to: URL(fileURLWithPath: "\(output)/meta.json"))
        for split in ["train", "valid", "test"] {
            let path = "\(folder)/\(split).json"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let documents = try staged.adding(
                to: object(at: path),
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
        to records: [String: Any], recommended: [Int], path: String
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
        let silver = try labeler.label(documents).documents
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
            var own: [[Any]] = []
            for entity in silver[index].entities {
                let tokens = documents[index].segmentation.tokens(overlapping: entity.hull)
                let start = places[tokens.lowerBound].tokens.lowerBound
                let last = places[tokens.upperBound - 1]
                // The staged gold leaves the last token off where a mention ends within it, unless it is the only one.
                let end =
                    last.endsToken || last.tokens.count > 1
                    ? last.tokens.upperBound : max(start + 1, last.tokens.upperBound - 1)
                if options.backsOff, end - start < options.longMention, isSpoken[start..<end].contains(true) {
                    continue
                }
                own.append([start, end, entity.type])
            }
            labels.append(own)
            record["weak_labels"] = labels
            records[key] = record
        }
        return records
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
