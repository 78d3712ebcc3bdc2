import Torch

/// A table of vectors, one a row number.
public struct Embedding {
    /// The table, [count, width].
    public let weight: Tensor

    /// A table of `count` vectors of `width` values.
    public init(_ scope: Scope, count: Int, width: Int) throws {
        weight = try scope.parameter("weight", shape: [count, width], initial: .normal(deviation: 0.02))
    }

    /// The vectors of `rows` (N integers); [N, width].
    public func callAsFunction(_ rows: Tensor) -> Tensor {
        weight.rows(at: rows)
    }
}
