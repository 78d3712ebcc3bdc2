internal import CPatternMatching
import Synchronization

/// A Vectorscan automaton over the patterns it accepts, for ASCII texts.
final class PatternFilter: Sendable {
    /// The places, in the list the filter was made from, of the patterns it knows.
    let members: [Int]

    // Vectorscan only reads a compiled database, so threads may share it; each scratch is one thread's at a time.
    nonisolated(unsafe) private let handle: OpaquePointer
    private let scratches = Mutex<[Scratch]>([])

    /// Working memory that belongs to whoever took it from the pool.
    private struct Scratch: @unchecked Sendable {
        var handle: OpaquePointer
    }

    /// Nothing if Vectorscan accepts none of the patterns.
    init?(_ patterns: [Pattern]) {
        var members = patterns.indices.filter { Self.accepts(patterns[$0]) }
        var compiled: OpaquePointer?
        while compiled == nil, !members.isEmpty {
            var failed: Int32 = -1
            compiled = Self.compiled(members.map { patterns[$0] }, failed: &failed)
            if compiled != nil { break }
            guard failed >= 0, Int(failed) < members.count else { return nil }
            members.remove(at: Int(failed))
        }
        guard let compiled else { return nil }
        handle = compiled
        self.members = members
    }

    deinit {
        scratches.withLock { for scratch in $0 { cpm_set_scratch_free(scratch.handle) } }
        cpm_set_free(handle)
    }

    /// The places of the known patterns that may match, ascending; nothing where the filter cannot tell.
    func candidates(in text: UnsafeBufferPointer<UInt8>) -> [Int]? {
        guard Self.isASCII(text) else { return nil }
        guard let scratch = scratches.withLock({ $0.popLast() }) ?? newScratch() else { return nil }
        defer { scratches.withLock { $0.append(scratch) } }
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: (members.count + 63) / 64) { bits in
            bits.initialize(repeating: 0)
            guard cpm_set_scan(handle, scratch.handle, text.baseAddress, text.count, bits.baseAddress) == 0 else {
                return nil
            }
            var found: [Int] = []
            for (index, word) in bits.enumerated() {
                var rest = word
                while rest != 0 {
                    found.append(members[index * 64 + rest.trailingZeroBitCount])
                    rest &= rest - 1
                }
            }
            return found
        }
    }

    private func newScratch() -> Scratch? { cpm_set_scratch_create(handle).map(Scratch.init) }

    private static func options(of pattern: Pattern) -> UInt32 {
        (pattern.isIgnoringCase ? UInt32(CPM_IGNORE_CASE) : 0)
            | (speaksOfASCIIAlone(pattern.source) ? UInt32(CPM_BYTES) : 0)
    }

    /// Whether a pattern is plain ASCII and uses no escape that reaches beyond, such as `\p`, `\x{..}` or `\X`.
    private static func speaksOfASCIIAlone(_ source: String) -> Bool {
        var isEscape = false
        for byte in source.utf8 {
            if byte >= 0x80 { return false }
            if isEscape, "pPxXoNRuU".utf8.contains(byte) { return false }
            isEscape = byte == UInt8(ascii: "\\") && !isEscape
        }
        return true
    }

    private static func accepts(_ pattern: Pattern) -> Bool {
        // A zero would end the source early, and settings such as (*CRLF) change what the rest means.
        !pattern.source.utf8.contains(0) && !pattern.source.hasPrefix("(*")
            && cpm_set_accepts(pattern.source, options(of: pattern)) != 0
    }

    private static func compiled(_ patterns: [Pattern], failed: inout Int32) -> OpaquePointer? {
        let options = patterns.map(options(of:))
        var message = [CChar](repeating: 0, count: PatternScratch.messageSize)
        // One block of zero-terminated sources, which stays put while Vectorscan reads it.
        var block: [CChar] = []
        var starts: [Int] = []
        for pattern in patterns {
            starts.append(block.count)
            block.append(contentsOf: pattern.source.utf8CString)
        }
        return block.withUnsafeBufferPointer { block in
            let sources: [UnsafePointer<CChar>?] = starts.map { block.baseAddress?.advanced(by: $0) }
            return cpm_set_compile(sources, options, UInt32(patterns.count), &failed, &message, message.count)
        }
    }

    private static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.reduce(0, |) < 0x80
    }
}
