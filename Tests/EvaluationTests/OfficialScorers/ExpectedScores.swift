import ClinicalText
import CorpusIO
import Evaluation
import Foundation
import TestSupport
import Testing

/// Precision, recall and F1 as a script printed them.
struct PrintedScores: Equatable, CustomStringConvertible {
    let values: [Double]

    /// What a measure looks like when a script prints it with four significant digits (`%.4g`) or digits (`%.4f`).
    init(_ measure: ScorerMeasure?, format: String = "%.4g") {
        values = (measure.map { [$0.precision, $0.recall, $0.f1] } ?? []).compactMap {
            Double(String(format: format, $0))
        }
    }

    init(_ values: [Double]) { self.values = values }

    var description: String { "\(values)" }
}

/// The file `expected-scores.json` of a fixture: names to names to figures, as deep as they are.
indirect enum ExpectedScores: Decodable {
    case text(String)
    case number(Double)
    case figures([Double])
    case table([String: ExpectedScores])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let figures = try? value.decode([Double].self) {
            self = .figures(figures)
        } else {
            self = .table(try value.decode([String: ExpectedScores].self))
        }
    }

    /// The expected figures of a fixture.
    static func of(_ fixture: String) throws -> ExpectedScores {
        let path = SharedData.fixture("i2b2/\(fixture)/expected-scores.json")
        return try JSONDecoder().decode(ExpectedScores.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    subscript(_ key: String) -> ExpectedScores? {
        if case .table(let table) = self { table[key] } else { nil }
    }

    /// The names in a table of figures, sorted.
    var keys: [String] {
        guard case .table(let table) = self else { return [] }
        return table.filter {
            switch $0.value {
            case .text, .number: false
            default: true
            }
        }.keys.sorted()
    }

    /// The figures, if these are figures.
    var printed: PrintedScores? {
        if case .figures(let figures) = self { PrintedScores(figures) } else { nil }
    }
}

/// The documents of a folder or file.
func documents(_ path: String) throws -> [Document] {
    try CorpusReader.read(path, name: "corpus").corpus.documents
}
