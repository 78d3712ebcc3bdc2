import Lexicons

/// Looks terms up in a lexicon, in all their variants.
public struct LexiconSearchJob {
    private struct Result: Encodable {
        var query: String
        var matches: [Match]
    }

    private struct Match: Encodable {
        /// The part of what was looked for that matches.
        var text: String
        var variant: MatchVariant
        var term: String
        var type: String?
        var code: String
        var preferred: String
        var status: TermStatus
        var source: String
        var crossReferences: [String]
        var line: Int
    }

    private let path: String
    private let terms: [String]
    private let reading: LexiconImport
    private let output: JobOutput

    /// A job that looks for `terms` in the lexicon at `path`, compiled or not.
    public init(path: String, terms: [String], reading: LexiconImport, output: JobOutput) {
        self.path = path
        self.terms = terms
        self.reading = reading
        self.output = output
    }

    /// Opens, searches, prints; of a term that is not there whole its parts that are.
    ///
    /// - Throws: `LexiconStoreError` for a damaged file, `SourceFileError`, `FileError`.
    public func perform() throws {
        let lexicon = try Lexicon.read(path, reading)
        var options = LexiconMatching.allVariants
        options.overlap = .all
        let matcher = LexiconMatcher([lexicon], options: options)
        for term in terms {
            let result = Result(query: term, matches: Self.matches(of: term, matcher, lexicon))
            if output.json {
                try output.printJSON(result)
                continue
            }
            if result.matches.isEmpty { output.print("\(term): not found") }
            for match in result.matches {
                output.print(
                    "\(match.text): \(match.term) (\(match.variant.rawValue))"
                        + ([match.type ?? "", match.code, match.preferred] + match.crossReferences)
                        .filter { !$0.isEmpty }.map { ", \($0)" }.joined()
                        + (match.status == .unspecified ? "" : ", \(match.status.rawValue)")
                        + (match.line > 0 ? ", line \(match.line)" : ""))
            }
        }
    }

    private static func matches(of text: String, _ matcher: LexiconMatcher, _ lexicon: Lexicon) -> [Match] {
        let (normalized, words, found) = matcher.matches(inText: text)
        let whole = found.filter { $0.tokens == 0..<words.count }
        return (whole.isEmpty ? found : whole).map { match in
            let entry = lexicon.entries[match.entry]
            let start = words.span(of: match.tokens.lowerBound).start
            let end = words.span(of: match.tokens.upperBound - 1).end
            return Match(
                text: String(decoding: Array(normalized.utf8)[start..<end], as: UTF8.self), variant: match.variant,
                term: entry.term, type: entry.type, code: entry.code, preferred: entry.preferred,
                status: entry.status, source: entry.source, crossReferences: entry.crossReferences, line: entry.line)
        }.sorted { ($0.variant, $0.line) < ($1.variant, $1.line) }
    }
}
