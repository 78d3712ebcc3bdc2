import Torch

/// Named tensors on disk: one file, or several that belong together.
public protocol TensorFile: AnyObject {
    /// Where the file lies; of several, their index.
    var path: String { get }
    /// The tensors' names, sorted.
    var names: [String] { get }
    /// The names that ``tensor(named:)`` was never asked for, sorted.
    var namesNotTaken: [String] { get }

    /// The shape of a tensor, or nothing if the file does not have it.
    func shape(of name: String) -> [Int]?

    /// Copies a tensor; floating point of every width becomes float32, whole numbers become int64.
    ///
    /// - Throws: ``CheckpointError/missingTensor(path:tensor:nearest:)`` or
    ///   ``CheckpointError/unsupportedType(path:tensor:type:)``.
    func tensor(named name: String) throws -> Tensor
}
