internal import CPatternMatching
import Synchronization

/// Many patterns over one text: Vectorscan tells in one pass which of them can match, and PCRE2 runs only those.
///
/// The matches are exactly those of the patterns run one by one. A pattern that Vectorscan refuses is always run, and so
/// are all patterns on a text that is not ASCII, because the two libraries know different versions of Unicode.
public final class PatternSet: Sendable {
    /// The patterns, in the order in which matches name them.
    public let patterns: [Pattern]
    /// The places of the patterns that the filter knows nothing of and that are run on every text.
    public let unfiltered: [Int]

    private let filter: PatternFilter?

    /// Compiles the filter over `patterns`.
    public init(_ patterns: [Pattern]) {
        self.patterns = patterns
        filter = PatternFilter(patterns)
        let known = Set(filter?.members ?? [])
        unfiltered = patterns.indices.filter { !known.contains($0) }
    }

    /// The places of the patterns that may match `text`, ascending: all that do match, and perhaps others.
    public func candidates(in text: UnsafeBufferPointer<UInt8>) -> [Int] {
        guard let filter, let found = filter.candidates(in: text) else { return Array(patterns.indices) }
        return unfiltered.isEmpty ? found : (found + unfiltered).sorted()
    }

    /// All matches of all patterns, those of the first pattern first.
    ///
    /// - Parameter text: valid UTF-8.
    /// - Throws: ``PatternError`` naming the pattern whose search was stopped.
    public func matches(
        in text: UnsafeBufferPointer<UInt8>
    ) throws -> [(pattern: Int, match: PatternMatch)] {
        let places = candidates(in: text)
        guard !places.isEmpty else { return [] }
        let scratch = PatternScratch.taken()
        defer { scratch.giveBack() }
        var result: [(pattern: Int, match: PatternMatch)] = []
        for place in places {
            for match in try patterns[place].matches(in: text, scratch: scratch) { result.append((place, match)) }
        }
        return result
    }

    /// All matches of all patterns in a string, in UTF-8 offsets.
    public func matches(in text: String) throws -> [(pattern: Int, match: PatternMatch)] {
        var text = text
        return try text.withUTF8 { try matches(in: $0) }
    }
}
