/// Zeroed memory for numbers, to be read one at a time or in vectors of four.
///
/// Threads may share it if each writes what no other one reads or writes meanwhile.
package final class VectorMemory: @unchecked Sendable {
    /// The memory in vectors.
    package let vectors: UnsafeMutablePointer<SIMD4<Double>>
    /// The same memory, number by number.
    package let numbers: UnsafeMutablePointer<Double>

    /// Makes room for so many vectors.
    package init(vectors count: Int) {
        vectors = .allocate(capacity: max(count, 1))
        vectors.initialize(repeating: .zero, count: max(count, 1))
        numbers = UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Double.self)
    }

    deinit { vectors.deallocate() }
}
