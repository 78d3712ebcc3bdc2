internal import CTorch

/// Processes that train one model together, each with a part of every batch, through libtorch's c10d over Gloo.
///
/// All processes have to call the same methods in the same order. What a method gives is the same on all of them, bit
/// by bit.
public final class ProcessGroup {
    /// How a connection can fail.
    public struct ConnectionError: Error {
        /// Where the first process was to be found.
        public var address: String
        /// libtorch's words.
        public var reason: String
    }

    /// This process's number, from 0.
    public let rank: Int
    /// How many processes there are.
    public let size: Int
    private let handle: OpaquePointer

    /// Waits until all processes are there.
    ///
    /// - Parameters:
    ///   - host: the machine of the process with rank 0.
    ///   - port: where that process listens.
    ///   - timeout: for how long to wait, in seconds: here, and for any other process later.
    /// - Throws: ``ConnectionError``.
    public init(rank: Int, size: Int, host: String, port: Int, timeout: Double) throws {
        precondition(size > 0 && (0..<size).contains(rank), "rank \(rank) of \(size)")
        self.rank = rank
        self.size = size
        var group: OpaquePointer?
        let status = ct_group_open(Int32(rank), Int32(size), host, Int32(port), timeout, &group)
        guard status == Int32(CT_OK), let group else {
            throw ConnectionError(address: "\(host):\(port)", reason: Self.reason())
        }
        handle = group
    }

    /// Waits until all processes of a placement are there.
    ///
    /// - Throws: ``ConnectionError``.
    public convenience init(_ placement: ProcessPlacement, timeout: Double) throws {
        try self.init(
            rank: placement.rank, size: placement.size, host: placement.host, port: placement.port, timeout: timeout)
    }

    deinit {
        ct_group_close(handle)
    }

    /// Adds up the gradients of all processes; a process without one for a parameter adds nothing to it.
    ///
    /// Gradients of tables that are sparse on all processes stay so.
    /// - Throws: ``LostProcessError`` when another process is gone.
    public func sumGradients(of parameters: [Tensor]) throws {
        let handles = parameters.map { Optional($0.handle) }
        try check(ct_group_sum_gradients(handle, handles, Int64(handles.count)))
    }

    /// Adds up the values of all processes, place by place.
    ///
    /// - Throws: ``LostProcessError`` when another process is gone.
    public func sum(_ values: [Double]) throws -> [Double] {
        var values = values
        try check(ct_group_sum(handle, &values, Int64(values.count)))
        return values
    }

    /// Gives all processes the values that the first one has.
    ///
    /// - Throws: ``LostProcessError`` when another process is gone.
    public func broadcast(_ tensors: [Tensor]) throws {
        let handles = tensors.map { Optional($0.handle) }
        try check(ct_group_broadcast(handle, handles, Int64(handles.count)))
    }

    /// Waits until all processes have come this far.
    ///
    /// - Throws: ``LostProcessError`` when another process is gone.
    public func wait() throws { _ = try sum([0]) }

    /// Another process has ended, or cannot be reached any more.
    public struct LostProcessError: Error {
        /// libtorch's words.
        public var reason: String
    }

    private func check(_ status: Int32) throws {
        guard status == Int32(CT_OK) else { throw LostProcessError(reason: Self.reason()) }
    }

    /// The first line of what libtorch says.
    private static func reason() -> String {
        String(cString: ct_last_error()).split(separator: "\n").first.map(String.init) ?? ""
    }
}
