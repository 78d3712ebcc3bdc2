internal import CTorch

/// Several processes that train one model together, each on its own part of every batch: c10d's group over Gloo.
///
/// All processes call the same methods in the same order, each from one thread at a time, and every result has the
/// same bits in all of them. After an error a group is of no more use. Its ports are open to all who reach the machine
/// and nothing is encrypted, so the processes belong in a network of their own.
public final class ProcessGroup {
    /// Which one of the processes this is.
    public let placement: ProcessPlacement
    private let handle: OpaquePointer

    /// Waits until all processes have come together.
    ///
    /// - Parameters:
    ///   - openingSeconds: how long to wait for the others to start.
    ///   - seconds: how long a later operation waits for another process's part; longer than any of them works alone.
    /// - Throws: ``ProcessGroupError/notOpened(placement:reason:)``.
    public init(_ placement: ProcessPlacement, openingSeconds: Double = 300, seconds: Double = 1800) throws {
        precondition(openingSeconds > 0 && seconds > 0, "processes need time to meet")
        var handle: OpaquePointer?
        let status = ct_process_group_open(
            Int32(placement.rank), Int32(placement.worldSize), placement.rank == 0 && !placement.launcherListens,
            placement.host, Int32(placement.port), openingSeconds, seconds, &handle)
        guard status == Int32(CT_OK), let handle else {
            throw ProcessGroupError.notOpened(placement: placement, reason: lastReason())
        }
        self.placement = placement
        self.handle = handle
    }

    deinit {
        ct_process_group_close(handle)
    }

    /// Makes each parameter's gradient the sum of its gradients in all processes, times `scale`.
    ///
    /// A parameter without a gradient counts as zero, and stays without one if it has none in any process. Sparse
    /// gradients stay sparse.
    ///
    /// - Parameter parameters: the same ones in the same order in all processes.
    /// - Throws: ``ProcessGroupError/failed(operation:placement:reason:)``, also in all processes when their parameters
    ///   differ in number or shape.
    public func sumGradients(of parameters: [Tensor], scale: Double = 1) throws {
        let handles = parameters.map { Optional($0.handle) }
        try check(ct_sum_gradients(handle, handles, Int64(handles.count), scale), "summing gradients")
    }

    /// The sum over all processes of each of a few numbers; as many in all of them.
    ///
    /// - Throws: ``ProcessGroupError/failed(operation:placement:reason:)``.
    public func sum(_ values: [Double]) throws -> [Double] {
        var values = values
        try check(ct_sum_doubles(handle, &values, Int64(values.count)), "summing numbers")
        return values
    }

    /// Replaces the elements of `tensors` by those in process 0; float32 or int64 of any shape.
    ///
    /// - Throws: ``ProcessGroupError/failed(operation:placement:reason:)``, also in all processes when their tensors
    ///   differ in number, shape or type.
    public func broadcast(_ tensors: [Tensor]) throws {
        let handles = tensors.map { Optional($0.handle) }
        try check(ct_broadcast(handle, handles, Int64(handles.count)), "copying tensors from process 0")
    }

    /// Returns when all processes have called this.
    ///
    /// - Throws: ``ProcessGroupError/failed(operation:placement:reason:)``.
    public func barrier() throws {
        try check(ct_barrier(handle), "waiting for all processes")
    }

    private func check(_ status: Int32, _ operation: String) throws {
        guard status == Int32(CT_OK) else {
            throw ProcessGroupError.failed(operation: operation, placement: placement, reason: lastReason())
        }
    }
}

/// What went wrong in a group of processes.
public enum ProcessGroupError: Error, Equatable, CustomStringConvertible {
    /// The processes did not come together; `reason` is in libtorch's words.
    case notOpened(placement: ProcessPlacement, reason: String)
    /// An operation failed, mostly because another process has ended; `reason` is in libtorch's words.
    case failed(operation: String, placement: ProcessPlacement, reason: String)

    /// What went wrong and what to do, for the person who started the processes.
    public var description: String {
        switch self {
        case .notOpened(let placement, let reason):
            let own =
                placement.rank == 0
                ? "start all of them at about the same time (in Slurm with srun) and let MASTER_PORT be a free port"
                : "process 0 must run on \(placement.host) and the port be open from here"
            return "process \(placement.rank) of \(placement.worldSize) met no others at \(placement.host):"
                + "\(placement.port): \(reason); \(own); where machines have several networks, set GLOO_SOCKET_IFNAME"
                + " to the interface of the one they share"
        case .failed(let operation, let placement, let reason):
            return "process \(placement.rank) of \(placement.worldSize): \(operation) failed: \(reason); look at what"
                + " the other processes said, then start all of them again"
        }
    }
}

/// The first sentence of libtorch's last message on this thread, without the place in its sources or a full stop.
private func lastReason() -> String {
    var text = String(cString: ct_last_error()).split(separator: "\n").first ?? ""
    if text.hasPrefix("["), let end = text.firstRange(of: "] ") { text = text[end.upperBound...] }
    if let advice = text.firstRange(of: ". This is typically") { text = text[..<advice.lowerBound] }
    while text.hasSuffix(".") { text = text.dropLast() }
    return String(text)
}
