import Dispatch

extension RandomAccessCollection where Index == Int, Self: Sendable {
    /// What `transform` makes of each element, in their order, computed on all processors.
    ///
    /// - Throws: what `transform` throws for the first element for which it does; the others are computed all the same.
    public func concurrentMap<Result: Sendable>(
        _ transform: @Sendable (Element) throws -> Result
    ) throws -> [Result] {
        var results = [Swift.Result<Result, any Error>?](repeating: nil, count: count)
        results.withUnsafeMutableBufferPointer { results in
            // Each iteration writes to its own place.
            nonisolated(unsafe) let results = results
            DispatchQueue.concurrentPerform(iterations: count) { place in
                results[place] = Swift.Result { try transform(self[startIndex + place]) }
            }
        }
        return try results.compactMap { try $0?.get() }
    }
}
