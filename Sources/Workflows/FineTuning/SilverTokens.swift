import ClinicalText
import Essentials
import Foundation
import Models

/// What the label step wrote of each token: `silver/tokens.jsonl`.
struct SilverTokens {
    private let path: String
    private var distributions: [String: TokenDistributions] = [:]

    private struct Line: Decodable {
        var id: String
        var labels: [String]
        var probabilities: [[Float]]
        var unknown: [Int]
    }

    /// Reads the file.
    ///
    /// - Throws: `FileError` where it is not there; ``WorkflowError/damagedTokens(path:line:)``.
    init(path: String) throws {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(
                path: path, hint: "run `clinner label`, which writes it where a stage of `train` learns from it")
        }
        let decoder = JSONDecoder()
        for (number, bytes) in data.split(separator: 0x0A).enumerated() {
            guard let line = try? decoder.decode(Line.self, from: Data(bytes)), line.labels.first == "outside",
                line.probabilities.allSatisfy({ $0.count == line.labels.count }),
                line.unknown.allSatisfy(line.probabilities.indices.contains)
            else { throw WorkflowError.damagedTokens(path: path, line: number + 1) }
            var isUnknown = [Bool](repeating: false, count: line.probabilities.count)
            for token in line.unknown { isUnknown[token] = true }
            distributions[line.id] = TokenDistributions(
                types: Array(line.labels.dropFirst()), probabilities: line.probabilities.flatMap { $0 },
                isUnknown: isUnknown)
        }
    }

    /// What is said of a document's tokens.
    ///
    /// - Throws: ``WorkflowError/otherTokens(path:document:)`` where the document is not there or has other tokens.
    func distributions(of document: SegmentedDocument) throws -> TokenDistributions {
        guard let found = distributions[document.document.id], found.count == document.segmentation.tokens.count
        else { throw WorkflowError.otherTokens(path: path, document: document.document.id) }
        return found
    }
}
