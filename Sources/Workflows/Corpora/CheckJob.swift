import CorpusAnalysis
import CorpusIO
import Essentials

/// Looks for faults in a corpus, or in several that should share no note, and writes a repaired copy if asked to.
public struct CheckJob {
    private struct Summary: Encodable {
        var documents: Int
        var entities: Int
        var errors: Int
        var warnings: Int
        var notes: Int
        var faults: [String: Int]
        var leftOut: [String: Int]
        var formats: [String]
        var copy: RepairedCopy.Counts?
    }

    private let sets: [CheckedSet]
    private let options: CheckOptions
    private let destination: String?
    private let output: JobOutput
    private let limit: Int

    /// A job that checks `sets`; with a destination, of which there is one set then, it writes a repaired copy there.
    public init(
        sets: [CheckedSet], options: CheckOptions, repairedCopy destination: String? = nil, output: JobOutput,
        limit: Int = 20
    ) {
        self.sets = sets
        self.options = options
        self.destination = destination
        self.output = output
        self.limit = limit
    }

    /// Checks, lists, counts, repairs.
    ///
    /// - Throws: ``WorkflowError/corpusHasErrors(count:)`` at the end if there were errors.
    public func perform() throws {
        var options = options
        options.threads = output.threads
        let copy = try destination.map { destination in
            try RepairedCopy(of: sets[0].path, at: destination, reading: options.reading, threads: output.threads)
        }
        var listing = FaultListing(output, limit: limit)
        let progress = output.progress("check")
        var interruption: (any Error)?
        let summary = try CorpusChecker.check(
            sets, options: options,
            advance: { count in
                progress.advance(by: count)
                do { try Interruption.check() } catch { interruption = error }
            },
            report: { fault in
                if let interruption { throw interruption }
                try listing.add(fault)
            })
        if let interruption { throw interruption }
        progress.finish()
        listing.finish()
        let counts = try copy?.write()
        try summarize(summary, copy: counts)
        let errors = summary.count(of: .error)
        if errors > 0 { throw WorkflowError.corpusHasErrors(count: errors) }
    }

    private func summarize(_ summary: CheckSummary, copy: RepairedCopy.Counts?) throws {
        let totals = summary.faults.mapValues { $0.values.reduce(0, +) }
        guard !output.json else {
            return try output.printJSON([
                "summary": Summary(
                    documents: summary.documents, entities: summary.entities, errors: summary.count(of: .error),
                    warnings: summary.count(of: .warning), notes: summary.count(of: .information),
                    faults: Dictionary(uniqueKeysWithValues: totals.map { ($0.key.rawValue, $0.value) }),
                    leftOut: Amounts.named(summary.leftOut), formats: summary.formats.map(\.rawValue), copy: copy)
            ])
        }
        for kind in FaultKind.allCases {
            guard let count = totals[kind] else { continue }
            let name = kind.rawValue
            output.print(name + String(repeating: " ", count: max(1, 26 - name.count - "\(count)".count)) + "\(count)")
        }
        var formats: [String] = []
        for format in summary.formats.map(\.rawValue) where !formats.contains(format) { formats.append(format) }
        output.print(
            "check: \(Amounts.text(summary.documents, "document")) with "
                + "\(Amounts.text(summary.entities, "entity", "entities")) in \(formats.joined(separator: " and ")): "
                + "\(Amounts.text(summary.count(of: .error), "error")), "
                + "\(Amounts.text(summary.count(of: .warning), "warning")), "
                + "\(Amounts.text(summary.count(of: .information), "note"))"
                + (summary.leftOut.isEmpty ? "" : "; left out while reading: \(Amounts.text(of: summary.leftOut))"))
        if let copy, let destination { output.print(copy.line(destination)) }
    }
}
