internal import CPatternMatching
import Synchronization

/// PCRE2's working memory for one thread at a time, kept for reuse because making it costs more than most searches.
///
/// Sendable because whoever took it from the pool is its only user until giving it back.
final class PatternScratch: @unchecked Sendable {
    static let messageSize = 256

    let handle: OpaquePointer
    let message: UnsafeMutablePointer<CChar>

    private init() {
        guard let handle = cpm_scratch_create() else { fatalError("out of memory") }
        self.handle = handle
        message = .allocate(capacity: Self.messageSize)
        message.initialize(repeating: 0, count: Self.messageSize)
    }

    deinit {
        cpm_scratch_free(handle)
        message.deallocate()
    }

    /// The words PCRE2 left for the last failure.
    var reason: String { String(cString: message) }

    func setLimits(_ limits: PatternLimits) {
        cpm_scratch_set_limits(handle, limits.match, limits.depth, limits.heapKiB)
    }

    private static let pool = Mutex<[PatternScratch]>([])

    /// An idle scratch, or a new one.
    static func taken() -> PatternScratch {
        pool.withLock { $0.popLast() } ?? PatternScratch()
    }

    /// Puts the scratch back; the caller must not use it any more.
    func giveBack() {
        Self.pool.withLock { $0.append(self) }
    }

    static func text(of message: [CChar]) -> String {
        String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
