import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation

/// Scores one set of notes against another as a shared task did, both in any format.
public struct ScorerJob {
    /// The names of the scorers.
    public static let scorers = OfficialScorer.allCases.map(\.rawValue)

    private let scorer: OfficialScorer
    private let variant: String?
    private let gold: String
    private let predicted: String
    private let format: NoteFormat
    private let sentences: String?
    private let json: Bool

    /// A job for the scorer of a name; without a variant, the scorer's default.
    ///
    /// `sentences` is a folder of files named after the documents, `ID.ann`, with a line a sentence, which MEDDOCAN's
    /// leak score counts.
    ///
    /// - Throws: ``ScorerError`` with the nearest name.
    public init(
        scorer: String, variant: String?, gold: String, predicted: String, format: NoteFormat, sentences: String?,
        json: Bool
    ) throws {
        self.scorer = try OfficialScorer.named(scorer)
        self.variant = variant
        self.gold = gold
        self.predicted = predicted
        self.format = format
        self.sentences = sentences
        self.json = json
    }

    /// Reads, scores, prints.
    public func perform() throws {
        let result = try result()
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(result), as: UTF8.self))
        } else {
            print(OfficialReport(result).text, terminator: "")
        }
    }

    /// Reads and scores.
    func result() throws -> OfficialResult {
        var options = ReadOptions()
        options.format = format.format
        let gold = try CorpusReader.read(self.gold, name: "gold", options: options).corpus.documents
        let predicted = try CorpusReader.read(self.predicted, name: "predicted", options: options).corpus.documents
        return try scorer.score(
            gold: gold, predicted: predicted,
            options: ScorerOptions(variant: variant, sentences: try sentences.map { try Self.counts(gold, in: $0) }))
    }

    /// How many lines the file of each document has; a document without a file is not in the counts.
    private static func counts(_ documents: [Document], in folder: String) throws -> [String: Int] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            throw FileError.missing(path: folder, hint: "name the folder of the files with a line a sentence")
        }
        guard isFolder.boolValue else {
            throw FileError.wrongKind(path: folder, expected: "a folder of files with a line a sentence")
        }
        var counts: [String: Int] = [:]
        for document in documents {
            let path = "\(folder)/\(document.id).ann"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            guard let data = FileManager.default.contents(atPath: path) else {
                throw FileError.unreadable(path: path, reason: "the file could not be opened")
            }
            let lines = data.count { $0 == UInt8(ascii: "\n") }
            counts[document.id] = lines + (data.last.map { $0 == UInt8(ascii: "\n") } ?? true ? 0 : 1)
        }
        return counts
    }
}
