import Torch

/// A safetensors file opened for reading: its tensors by name, mapped into memory and copied when asked for.
public final class SafetensorsFile: TensorFile {
    private var table: TensorTable
    /// The free-form strings of the header.
    public let metadata: [String: String]

    /// Opens the file at `path` and checks its header.
    ///
    /// - Throws: ``FileError`` or ``CheckpointError/malformed(path:reason:)``.
    public init(path: String) throws {
        let data = try TensorTable.map(path)
        let header = try SafetensorsHeader(of: data, path: path)
        metadata = header.metadata
        table = TensorTable(header.entries, in: data, path: path)
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
