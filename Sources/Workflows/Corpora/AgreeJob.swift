import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation

/// Compares two annotations of the same notes and lists what they do not agree on.
public struct AgreeJob {
    private struct Summary: Encodable {
        var disagreements: [String: Int]
        var documents: Int
        var leftOut: [String: Int]
        var overlapping: AgreementCounts
        var strict: AgreementCounts
        var types: [AgreementResult.TypeAgreement]
        var words: AgreementResult.WordAgreementResult
    }

    private let first: String
    private let second: String
    private let reading: ReadOptions
    private let showsText: Bool
    private let output: JobOutput
    private let limit: Int

    /// A job that compares two paths; the texts of mentions are shown only if asked for.
    public init(
        first: String, second: String, reading: ReadOptions, showsText: Bool, output: JobOutput, limit: Int = 20
    ) {
        self.first = first
        self.second = second
        self.reading = reading
        self.showsText = showsText
        self.output = output
        self.limit = limit
    }

    /// Reads both, compares, prints.
    ///
    /// - Throws: `AgreementError` when they are not annotations of the same notes, ``WorkflowError/leftOut(parts:)``
    ///   at the end if something could not be read.
    public func perform() throws {
        var leftOut: [CorpusPart: Int] = [:]
        let annotations = try [first, second].map { path -> [Document] in
            var documents: [Document] = []
            let read = try CorpusStream(path, options: reading).read(threads: output.threads) {
                documents += $0.documents
            }
            leftOut.merge(read.leftOut, uniquingKeysWith: +)
            return documents
        }
        let result = try Agreement.between(annotations[0], annotations[1])
        if output.json {
            try printJSON(result, annotations[0], leftOut: leftOut)
        } else {
            for line in AgreementTable.lines(of: result) { output.print(line) }
            list(result.disagreements, annotations[0])
        }
        if !leftOut.isEmpty { throw WorkflowError.leftOut(parts: Amounts.text(of: leftOut)) }
    }

    private func list(_ disagreements: [Disagreement], _ documents: [Document]) {
        let shown = limit == 0 ? disagreements[...] : disagreements.prefix(limit)
        if !shown.isEmpty { output.print("") }
        let texts = MentionTexts(showsText ? documents : [])
        for disagreement in shown { output.print(AgreementTable.line(of: disagreement, texts: texts)) }
        let more = disagreements.count - shown.count
        if more > 0 { output.print("\(Amounts.text(more, "more disagreement")); --json or --limit 0 lists them") }
    }

    private func printJSON(
        _ result: AgreementResult, _ documents: [Document], leftOut: [CorpusPart: Int]
    ) throws {
        let texts = MentionTexts(showsText ? documents : [])
        for disagreement in result.disagreements {
            try output.printJSON(ListedDisagreement(disagreement, texts: texts))
        }
        try output.printJSON([
            "summary": Summary(
                disagreements: result.disagreements.reduce(into: [:]) { $0[$1.kind.rawValue, default: 0] += 1 },
                documents: result.documents, leftOut: Amounts.named(leftOut), overlapping: result.overlapping,
                strict: result.strict, types: result.types, words: result.words)
        ])
    }
}
