import Lexicons

/// Prints what a lexicon holds.
public struct LexiconInfoJob {
    private struct Result: Encodable {
        var path: String
        var entries: Int
        var concepts: Int?
        var words: Int?
        var bytes: Int?
        var digest: String?
        var types: [String: Int]
        var statuses: [String: Int]
        var sources: [String: Int]
        var caseSensitive: Int
        var origin: [String]?
    }

    private let path: String
    private let reading: LexiconImport
    private let output: JobOutput

    /// A job that looks into the lexicon at `path`, compiled or not.
    public init(path: String, reading: LexiconImport, output: JobOutput) {
        self.path = path
        self.reading = reading
        self.output = output
    }

    /// Opens, counts, prints.
    ///
    /// - Throws: `LexiconStoreError` for a damaged file, `SourceFileError`, `FileError`.
    public func perform() throws {
        let lexicon = try Lexicon.read(path, reading)
        let store = lexicon.store
        var result = Result(
            path: path, entries: lexicon.entries.count, concepts: store?.conceptCount, words: store?.wordCount,
            bytes: store?.byteCount, digest: store?.digest, types: [:], statuses: [:], sources: [:], caseSensitive: 0,
            origin: store?.origin.split(separator: "\n").map(String.init))
        for entry in lexicon.entries {
            result.types[entry.type ?? "none", default: 0] += 1
            result.statuses[entry.status.rawValue, default: 0] += 1
            result.sources[entry.source.isEmpty ? "none" : entry.source, default: 0] += 1
            if entry.isCaseSensitive { result.caseSensitive += 1 }
        }
        if output.json { return try output.printJSON(result) }
        var rows = [["terms", "\(result.entries)"], ["in their own case only", "\(result.caseSensitive)"]]
        if let store {
            rows += [
                ["concepts", "\(store.conceptCount)"], ["different words", "\(store.wordCount)"],
                ["bytes", "\(store.byteCount)"],
                ["bytes a term", "\((10 * store.byteCount / max(1, result.entries) + 5) / 10)"],
            ]
        }
        for (title, counts) in [("type", result.types), ("status", result.statuses), ("source", result.sources)] {
            rows += counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                ["\(title) \($0.key)", "\($0.value)"]
            }
        }
        for line in TextTable.lines(rows) { output.print(line) }
        for line in result.origin ?? [] { output.print("made from \(line)") }
        if let digest = result.digest { output.print("content SHA-256 \(digest)") }
    }
}
