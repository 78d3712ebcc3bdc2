import ClinicalText
import Foundation
import TestSupport

/// One row of a fixture's `expected.tsv`.
struct ExpectedSpan: Equatable {
    var document: String
    var id: String
    var type: String
    /// `start-end,start-end`, code points.
    var spans: String
    /// With escapes.
    var text: String

    /// The rows of a fixture's `expected.tsv` that have spans.
    static func read(_ fixture: String) throws -> [ExpectedSpan] {
        let table = try String(contentsOfFile: SharedData.fixture("i2b2/\(fixture)/expected.tsv"), encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { row in
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return fields[3].isEmpty
                ? nil
                : ExpectedSpan(document: fields[0], id: fields[1], type: fields[2], spans: fields[3], text: fields[4])
        }
    }

    /// What a reader found in `documents`, in the same words.
    static func found(in documents: [Document]) -> [ExpectedSpan] {
        documents.flatMap { document in
            document.entities.map { entity in
                // Counted on the scalars, not by the code under test.
                let scalars = document.text.unicodeScalars
                let offsets = entity.spans.map { span in
                    let start = document.text.utf8.index(document.text.startIndex, offsetBy: span.start)
                    let end = document.text.utf8.index(document.text.startIndex, offsetBy: span.end)
                    let first = scalars.distance(from: scalars.startIndex, to: start)
                    return "\(first)-\(first + scalars.distance(from: start, to: end))"
                }
                let text = entity.spans.map { String(document.text(of: $0)) }.joined(separator: " ")
                    .replacing("\r", with: "\\r").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
                return ExpectedSpan(
                    document: document.id, id: entity.id, type: entity.type, spans: offsets.joined(separator: ","),
                    text: text)
            }
        }
    }

    /// In an order that does not depend on the reader.
    static func sorted(_ spans: [ExpectedSpan]) -> [ExpectedSpan] {
        spans.sorted { ($0.document, $0.id, $0.spans) < ($1.document, $1.id, $1.spans) }
    }
}
