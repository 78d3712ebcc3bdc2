import ClinicalText
import Foundation
import TestSupport

/// A row of a fixture's `expected.tsv`, by the names of its columns.
struct FixtureRow {
    private let fields: [String: String]

    subscript(column: String) -> String { fields[column] ?? "" }

    /// The column `attrs`.
    var attributes: [String: String] {
        (try? JSONDecoder().decode([String: String].self, from: Data(self["attrs"].utf8))) ?? ["not": "read"]
    }

    /// The rows of a fixture.
    static func read(_ fixture: String) throws -> [FixtureRow] {
        let table = try String(contentsOfFile: SharedData.fixture("i2b2/\(fixture)/expected.tsv"), encoding: .utf8)
        let rows = table.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        return rows.dropFirst().map { row in
            FixtureRow(fields: Dictionary(zip(rows[0], row)) { first, _ in first })
        }
    }
}

extension Document {
    /// An entity's spans as `start-end,start-end`, counted on the scalars and not by the code under test.
    func codePointSpans(of entity: Entity) -> String {
        entity.spans.map { span in
            let scalars = text.unicodeScalars
            let start = text.utf8.index(text.startIndex, offsetBy: span.start)
            let first = scalars.distance(from: scalars.startIndex, to: start)
            let end = text.utf8.index(text.startIndex, offsetBy: span.end)
            return "\(first)-\(first + scalars.distance(from: start, to: end))"
        }.joined(separator: ",")
    }

    /// An entity's surface with escapes; fragments are joined by ` ... `.
    func escapedSurface(of entity: Entity) -> String {
        let surface = entity.spans.map { String(text(of: $0)) }.joined(separator: " ... ")
        // Scalar by scalar: a carriage return and a line feed are one Character.
        return surface.unicodeScalars.map { scalar in
            switch scalar {
            case "\r": "\\r"
            case "\n": "\\n"
            case "\t": "\\t"
            default: String(scalar)
            }
        }.joined()
    }
}
