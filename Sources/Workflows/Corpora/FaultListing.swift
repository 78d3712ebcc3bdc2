import CorpusIO

/// Lists faults as they are found: all of them as JSON, the first of each kind as text.
struct FaultListing {
    private let output: JobOutput
    private let limit: Int
    private var counts: [FaultKind: Int] = [:]

    /// A listing of at most `limit` faults of a kind, 0 for all.
    init(_ output: JobOutput, limit: Int) {
        self.output = output
        self.limit = limit
    }

    /// How many faults there were.
    var count: Int { counts.values.reduce(0, +) }

    /// How many there were of each kind, by its name.
    var named: [String: Int] { Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }) }

    /// Prints a fault, if its kind has not reached the limit.
    mutating func add(_ fault: CorpusFault) throws {
        counts[fault.kind, default: 0] += 1
        if output.json {
            try output.printJSON(fault)
        } else if limit == 0 || counts[fault.kind, default: 0] <= limit {
            output.print(Self.line(fault))
        }
    }

    /// Prints how many were not listed.
    func finish() {
        if output.json || limit == 0 { return }
        for kind in FaultKind.allCases {
            let more = counts[kind, default: 0] - limit
            if more > 0 { output.print("\(more) more of the kind \(kind.rawValue); --json or --limit 0 lists them") }
        }
    }

    /// `FILE:LINE: warning: offset N: MESSAGE; FIX`, which editors take for a place.
    static func line(_ fault: CorpusFault) -> String {
        let place = fault.line.map { "\(fault.file):\($0)" } ?? fault.file
        let severity =
            switch fault.severity {
            case .information: "note"
            case .warning: "warning"
            case .error: "error"
            }
        return "\(place): \(severity): " + (fault.offset.map { "offset \($0): " } ?? "") + fault.message
            + (fault.fix.map { "; \($0)" } ?? "") + (fault.isRepaired ? " (done)" : "")
    }
}
