import Foundation
import Synchronization
import Testing
import Torch

extension ProcessPlacement {
    /// One of several processes of this machine.
    static func onThisMachine(rank: Int, of worldSize: Int, port: Int) -> ProcessPlacement {
        ProcessPlacement(rank: rank, worldSize: worldSize, localRank: rank, host: "localhost", port: port)
    }
}

/// Runs `body` in a thread for each rank, with a group of its own, as processes of one thread would; one result a rank.
func inThreads<Result: Sendable>(
    _ worldSize: Int, seconds: Double = 60, _ body: @escaping @Sendable (ProcessGroup) throws -> Result
) throws -> [Result] {
    let port = try freePort()
    let results = SharedResults<Result>()
    let ended = DispatchSemaphore(value: 0)
    for rank in 0..<worldSize {
        Thread.detachNewThread {
            results.add(rank) {
                try body(
                    ProcessGroup(
                        .onThisMachine(rank: rank, of: worldSize, port: port), openingSeconds: 60, seconds: seconds))
            }
            ended.signal()
        }
    }
    for _ in 0..<worldSize { ended.wait() }
    return try (0..<worldSize).map { try #require(results[$0]).get() }
}

/// Runs `body` for ranks 0 and 1 at the same time; it starts a process.
func inProcesses(_ body: @escaping @Sendable (Int) async -> Void) async {
    await withTaskGroup(of: Void.self) { group in
        for rank in 0..<2 { group.addTask { await body(rank) } }
    }
}

/// A port of this machine that nobody listens on.
func freePort() throws -> Int { try withListener { $0 } }

/// Lends a port that somebody listens on.
func withListener<Result>(_ body: (Int) throws -> Result) throws -> Result {
    let listener = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
    try #require(listener >= 0)
    defer { close(listener) }
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
            bind(listener, plain, length) + listen(listener, 1) + getsockname(listener, plain, &length)
        }
    }
    try #require(status == 0)
    return try body(Int(UInt16(bigEndian: address.sin6_port)))
}

/// What the threads of a test came to.
private final class SharedResults<Value: Sendable>: Sendable {
    private let results = Mutex([Int: Result<Value, any Error>]())

    func add(_ rank: Int, _ body: () throws -> Value) {
        let result = Result(catching: body)
        results.withLock { $0[rank] = result }
    }

    subscript(rank: Int) -> Result<Value, any Error>? { results.withLock { $0[rank] } }
}
