import ClinicalText
import Essentials
import Foundation
import WeakLabeling

/// Writes what weak labels say of each token: one document a line, offsets in code points.
///
/// `{"id":…,"labels":["outside",…],"tokens":[[start,end],…],"probabilities":[[…],…],"unknown":[0,3,…]}`: for each token the
/// probability of each label, and the tokens that nobody spoke about.
struct TokenLabelWriter {
    let types: [String]

    private struct Line: Encodable {
        var id: String
        var labels: [String]
        var tokens: [[Int]]
        var probabilities: [[Double]]
        var unknown: [Int]
    }

    /// A document's line, with its end.
    func line(_ labels: TokenLabels, of document: Document) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let offsets = TextOffsets(document.text)
        let line = Line(
            id: labels.document, labels: ["outside"] + types,
            tokens: labels.spans.map { span in
                let range = offsets.codePoints(of: span)
                return [range.lowerBound, range.upperBound]
            },
            probabilities: labels.spans.indices.map { token in
                (0..<labels.labelCount).map {
                    (labels.probabilities[token * labels.labelCount + $0] * 1e6).rounded() / 1e6
                }
            },
            unknown: labels.isUnknown.indices.filter { labels.isUnknown[$0] })
        return try encoder.encode(line) + Data("\n".utf8)
    }
}
