import Foundation
import Synchronization
import Testing
import Torch

/// Groups of two and three members on loopback. Each member is a thread of its own here; WorkflowsTests trains with two
/// processes.
@Suite(.serialized) struct ProcessGroupTests {
    /// Runs `body` once a member, all at the same time, and returns what each of them gave.
    private func group<Result: Sendable>(
        of size: Int, _ body: @escaping @Sendable (ProcessGroup) throws -> Result
    ) throws -> [Result] {
        let port = try freePort()
        let results = Mutex([Int: Swift.Result<Result, any Error>]())
        let threads = (0..<size).map { rank in
            Thread {
                let result = Swift.Result {
                    try body(ProcessGroup(rank: rank, size: size, host: "127.0.0.1", port: port, timeout: 30))
                }
                results.withLock { $0[rank] = result }
            }
        }
        for thread in threads { thread.start() }
        while threads.contains(where: { !$0.isFinished }) { Thread.sleep(forTimeInterval: 0.005) }
        return try results.withLock { results in try (0..<size).compactMap { try results[$0]?.get() } }
    }

    /// A port that nobody listens at.
    private func freePort() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port =
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(socket, address, length) == 0 && getsockname(socket, address, &length) == 0
                }
            } ? Int(UInt16(bigEndian: address.sin_port)) : 0
        return try #require(port > 0 ? port : nil)
    }

    private func parameter(_ shape: [Int]) -> Tensor {
        let tensor = Tensor.zeros(shape)
        tensor.requiresGradient = true
        return tensor
    }

    @Test("numbers are added up", arguments: [2, 3])
    func numbers(size: Int) throws {
        let sums = try group(of: size) { group in
            try group.sum([Double(group.rank + 1), 0.5, -Double(group.rank)])
        }
        let total = Double(size * (size + 1) / 2)
        #expect(sums == [[Double]](repeating: [total, 0.5 * Double(size), Double(size) - total], count: size))
    }

    @Test("every member gets the first one's values")
    func broadcast() throws {
        let values = try group(of: 2) { group in
            let tensor = Tensor([Float(group.rank), 7, Float(group.rank * 2)], shape: [3])
            try group.broadcast([tensor])
            return tensor.floats()
        }
        #expect(values == [[0, 7, 0], [0, 7, 0]])
    }

    @Test("gradients are added up, also where one member has none")
    func gradients() throws {
        let sums = try group(of: 2) { group -> [[Float]] in
            let parameters = [parameter([2, 3]), parameter([4]), parameter([5])]
            parameters[0].grad = Tensor((0..<6).map { Float($0 * (group.rank + 1)) }, shape: [2, 3])
            if group.rank == 1 { parameters[1].grad = Tensor([1, 2, 3, 4], shape: [4]) }
            try group.sumGradients(of: parameters)
            return parameters.map { $0.grad?.floats() ?? [] }
        }
        let expected: [[Float]] = [[0, 3, 6, 9, 12, 15], [1, 2, 3, 4], []]
        #expect(sums == [expected, expected])
    }

    @Test("gradients larger than what travels at once arrive whole")
    func largeGradients() throws {
        let count = 5_000_000
        let ends = try group(of: 2) { group -> [Float] in
            let parameters = [parameter([3]), parameter([count]), parameter([2])]
            for parameter in parameters {
                parameter.grad = Tensor(
                    [Float](repeating: Float(group.rank + 1), count: parameter.count), shape: parameter.shape)
            }
            try group.sumGradients(of: parameters)
            return parameters.flatMap { parameter in
                parameter.grad.map { [$0.floats().min() ?? 0, $0.floats().max() ?? 0] } ?? []
            }
        }
        #expect(ends == [[Float]](repeating: [Float](repeating: 3, count: 6), count: 2))
    }

    @Test("rows of a sparse gradient are added up by their numbers, and where one member's is dense")
    func sparseGradients() throws {
        let (rows, width) = (leastSparseRows, 3)
        for isDenseOnOne in [false, true] {
            let sums = try group(of: 3) { group -> [Float] in
                let table = parameter([rows, width])
                // Rows that overlap, a different number on each, and none on the second.
                let numbers: [[Int64]] = [[1, 5, 9], [], [5, 7, 5, 2047]]
                if !numbers[group.rank].isEmpty {
                    let picked = table.rows(at: Tensor(numbers[group.rank]))
                    picked.backward(
                        gradient: Tensor(
                            [Float](repeating: Float(group.rank + 1), count: picked.count), shape: picked.shape))
                } else if isDenseOnOne {
                    table.grad = Tensor([Float](repeating: 0.5, count: rows * width), shape: [rows, width])
                }
                try group.sumGradients(of: [table])
                return table.grad?.floats() ?? []
            }
            var expected = [Float](repeating: isDenseOnOne ? 0.5 : 0, count: rows * width)
            for (row, value) in [(1, 1), (5, 1 + 3 + 3), (9, 1), (7, 3), (2047, 3)] as [(Int, Float)] {
                for column in 0..<width { expected[row * width + column] += value }
            }
            #expect(sums.allSatisfy { $0 == expected })
        }
    }

    @Test("whoever waits for a member that never comes is told where")
    func nobodyThere() throws {
        let port = try freePort()
        let error = #expect(throws: ProcessGroup.ConnectionError.self) {
            try ProcessGroup(rank: 1, size: 2, host: "127.0.0.1", port: port, timeout: 0.5)
        }
        #expect(error?.address == "127.0.0.1:\(port)")
        #expect(error?.reason.isEmpty == false)
    }

    @Test("a member that leaves is noticed")
    func lostMember() throws {
        let outcomes = try group(of: 2) { group -> Bool in
            try group.wait()
            guard group.rank == 0 else { return true }
            do {
                try group.wait()
                return false
            } catch is ProcessGroup.LostProcessError {
                return true
            }
        }
        #expect(outcomes == [true, true])
    }
}
