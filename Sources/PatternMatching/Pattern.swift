internal import CPatternMatching

/// A regular expression in PCRE2's syntax over UTF-8, compiled to machine code.
///
///     let dose = try Pattern(#"(?<amount>\d+)\s?mg\b"#, ignoringCase: true)
///     try dose.matches(in: "Aspirin 81 mg")   // one match, 8 ..< 13
///
/// Classes such as `\w` and `\b` are Unicode's. May be used by many threads at once.
public final class Pattern: Sendable {
    /// What errors call the pattern.
    public let name: String
    /// The pattern as written.
    public let source: String
    /// Whether letters match both cases.
    public let isIgnoringCase: Bool
    /// When a search is stopped.
    public let limits: PatternLimits
    /// The named groups in the order of the pattern; `index` is the place in ``PatternMatch/groups``.
    public let namedGroups: [(name: String, index: Int)]

    private let groupCount: Int
    // PCRE2 only reads compiled code, so threads may share it.
    nonisolated(unsafe) private let handle: OpaquePointer

    /// Compiles `source`.
    ///
    /// - Throws: ``PatternError/invalid(pattern:offset:reason:)``.
    public init(
        _ source: String, name: String? = nil, ignoringCase: Bool = false, limits: PatternLimits = PatternLimits()
    ) throws {
        var offset = 0
        var message = [CChar](repeating: 0, count: PatternScratch.messageSize)
        let options = ignoringCase ? UInt32(CPM_IGNORE_CASE) : 0
        let compiled = source.withCString {
            cpm_pattern_compile($0, source.utf8.count, options, &offset, &message, message.count)
        }
        guard let compiled else {
            throw PatternError.invalid(
                pattern: name ?? source, offset: offset, reason: PatternScratch.text(of: message))
        }
        self.name = name ?? source
        self.source = source
        self.limits = limits
        isIgnoringCase = ignoringCase
        handle = compiled
        groupCount = Int(cpm_pattern_group_count(compiled))
        var groups: [(name: String, index: Int)] = []
        for entry in 0..<cpm_pattern_name_count(compiled) {
            var group: UInt32 = 0
            guard let groupName = cpm_pattern_name(compiled, entry, &group) else { continue }
            groups.append((String(cString: groupName), Int(group) - 1))
        }
        namedGroups = groups.sorted { $0.index < $1.index }
    }

    deinit { cpm_pattern_free(handle) }

    /// All matches that do not overlap, from left to right.
    ///
    /// - Parameter text: valid UTF-8.
    /// - Throws: ``PatternError/limitReached(pattern:reason:)`` or ``PatternError/failed(pattern:reason:)``.
    public func matches(in text: UnsafeBufferPointer<UInt8>) throws -> [PatternMatch] {
        let scratch = PatternScratch.taken()
        defer { scratch.giveBack() }
        return try matches(in: text, scratch: scratch)
    }

    /// All matches in a string that do not overlap, from left to right, in UTF-8 offsets.
    public func matches(in text: String) throws -> [PatternMatch] {
        var text = text
        return try text.withUTF8 { try matches(in: $0) }
    }

    func matches(in text: UnsafeBufferPointer<UInt8>, scratch: PatternScratch) throws -> [PatternMatch] {
        scratch.setLimits(limits)
        var matches: [PatternMatch] = []
        var start = 0
        var continuesEmpty = false
        while start <= text.count {
            guard let match = try search(text, from: start, continuesEmpty: continuesEmpty, scratch: scratch) else {
                guard continuesEmpty else { break }
                // After an empty match nothing else begins here: go on behind the next character.
                continuesEmpty = false
                start = Self.nextCharacter(after: start, in: text)
                continue
            }
            matches.append(match)
            continuesEmpty = match.range.isEmpty
            start = match.range.upperBound
        }
        return matches
    }

    private func search(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, continuesEmpty: Bool, scratch: PatternScratch
    ) throws -> PatternMatch? {
        var offsets: UnsafePointer<Int>?
        let count = cpm_pattern_search(
            handle, scratch.handle, text.baseAddress, text.count, start, continuesEmpty ? 1 : 0, &offsets,
            scratch.message, PatternScratch.messageSize)
        switch Int(count) {
        case CPM_NO_MATCH: return nil
        case CPM_LIMIT_REACHED: throw PatternError.limitReached(pattern: name, reason: scratch.reason)
        case ..<1: throw PatternError.failed(pattern: name, reason: scratch.reason)
        default: break
        }
        guard let offsets else { throw PatternError.failed(pattern: name, reason: "no offsets") }
        var groups: [Range<Int>?] = []
        if groupCount > 0 {
            groups = Array(repeating: nil, count: groupCount)
            for group in 1..<max(1, Int(count)) where offsets[2 * group] >= 0 {
                groups[group - 1] = offsets[2 * group]..<offsets[2 * group + 1]
            }
        }
        return PatternMatch(range: offsets[0]..<offsets[1], groups: groups)
    }

    private static func nextCharacter(after start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        var next = start + 1
        while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }
}
