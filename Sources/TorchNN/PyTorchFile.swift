import Torch

/// A file of `torch.save` opened for reading, such as `pytorch_model.bin`: its tensors by name, mapped into memory and
/// copied when asked for.
///
/// Nothing in the file is run: see ``Unpickler``. The format of PyTorch since 1.6 is read and the one before.
public final class PyTorchFile: TensorFile {
    private var table: TensorTable

    /// Opens the file at `path` and checks what lies where.
    ///
    /// - Throws: ``FileError``, ``CheckpointError/damagedPyTorchFile(path:offset:reason:)`` or
    ///   ``CheckpointError/refusedGlobal(path:offset:global:)``.
    public init(path: String) throws {
        let data = try TensorTable.map(path)
        table = TensorTable(try PyTorchLayout(of: data, path: path).entries, in: data, path: path)
    }

    /// Where the file lies.
    public var path: String { table.path }

    /// The tensors' names, sorted.
    public var names: [String] { table.names }

    /// The names that ``tensor(named:)`` was never asked for, sorted.
    public var namesNotTaken: [String] { table.namesNotTaken }

    /// The shape of a tensor, or nothing if the file does not have it.
    public func shape(of name: String) -> [Int]? { table.shape(of: name) }

    /// Copies a tensor; floating point of every width becomes float32, whole numbers become int64.
    ///
    /// - Throws: ``CheckpointError/missingTensor(path:tensor:nearest:)`` or
    ///   ``CheckpointError/unsupportedType(path:tensor:type:)``.
    public func tensor(named name: String) throws -> Tensor { try table.tensor(named: name) }
}
