internal import CPatternMatching
import Synchronization

/// Many patterns over one text: Vectorscan tells in one pass which of them can match, and PCRE2 runs only those.
///
/// The matches are exactly those of the patterns run one by one. A pattern that Vectorscan refuses is always run, and so
/// are all patterns on a text that is not ASCII, because the two libraries know different versions of Unicode.
///
/// Compiling the filter takes seconds for a hundred long patterns, as long as searching a megabyte without it; so it
/// is compiled only when that much text has come by.
public final class PatternSet: Sendable {
    /// The patterns, in the order in which matches name them.
    public let patterns: [Pattern]

    private let filteringAfter: Int
    private let searchedBytes = Atomic<Int>(0)
    private let state = Mutex(State.waiting)

    private enum State {
        case waiting
        /// One thread compiles while the others search without the filter.
        case compiling
        case ready(Filter)
    }

    private struct Filter: Sendable {
        var filter: PatternFilter?
        /// The places of the patterns that the filter knows nothing of.
        var unfiltered: [Int]
    }

    /// Makes a set that compiles its filter after `filteringAfter` bytes of text.
    public init(_ patterns: [Pattern], filteringAfter: Int = 1 << 20) {
        self.patterns = patterns
        self.filteringAfter = filteringAfter
    }

    /// The places of the patterns that may match `text`, ascending: all that do match, and perhaps others.
    public func candidates(in text: UnsafeBufferPointer<UInt8>) -> [Int] {
        guard let compiled = currentFilter(for: text.count), let filter = compiled.filter,
            let found = filter.candidates(in: text)
        else { return Array(patterns.indices) }
        return compiled.unfiltered.isEmpty ? found : (found + compiled.unfiltered).sorted()
    }

    /// All matches of all patterns, those of the first pattern first.
    ///
    /// - Parameter text: valid UTF-8.
    /// - Throws: ``PatternError`` naming the pattern whose search was stopped.
    public func matches(in text: UnsafeBufferPointer<UInt8>) throws -> [(pattern: Int, match: PatternMatch)] {
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

    /// The filter, if it is there by now; the thread on which the text becomes too much compiles it.
    private func currentFilter(for count: Int) -> Filter? {
        let searched = searchedBytes.add(count, ordering: .relaxed).newValue
        let (filter, isOurs) = state.withLock { state -> (Filter?, Bool) in
            switch state {
            case .ready(let filter): return (filter, false)
            case .waiting where searched >= filteringAfter:
                state = .compiling
                return (nil, true)
            case .waiting, .compiling: return (nil, false)
            }
        }
        guard isOurs else { return filter }
        let compiled = PatternFilter(patterns)
        let known = Set(compiled?.members ?? [])
        let ready = Filter(filter: compiled, unfiltered: patterns.indices.filter { !known.contains($0) })
        state.withLock { $0 = .ready(ready) }
        return ready
    }
}
