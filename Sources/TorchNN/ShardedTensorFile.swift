import Essentials
import Foundation
import Torch

/// Weights in several files, with an index that says which tensor lies in which: `model.safetensors.index.json` or
/// `pytorch_model.bin.index.json`.
public final class ShardedTensorFile: TensorFile {
    private struct Index: Decodable {
        var weightMap: [String: String]

        enum CodingKeys: String, CodingKey {
            case weightMap = "weight_map"
        }
    }

    /// Where the index lies.
    public let path: String
    private let shards: [String: any TensorFile]
    private let shardOfTensor: [String: String]

    /// Opens the index at `path` and all files that it names.
    ///
    /// - Throws: ``FileError`` or ``CheckpointError``.
    public init(index path: String) throws {
        self.path = path
        let bytes = try TensorTable.map(path)
        guard let index = try? JSONDecoder().decode(Index.self, from: bytes) else {
            throw CheckpointError.malformedIndex(
                path: path, reason: "expected a JSON object with a weight_map of names")
        }
        let folder = (path as NSString).deletingLastPathComponent
        var shards: [String: any TensorFile] = [:]
        for name in Set(index.weightMap.values).sorted() {
            // A file beside the index: an index must not reach elsewhere.
            guard !name.isEmpty, !name.contains("/") else {
                throw CheckpointError.malformedIndex(path: path, reason: "\(name) is not the name of a file beside it")
            }
            let shard = "\(folder)/\(name)"
            guard FileManager.default.fileExists(atPath: shard) else {
                throw FileError.missing(path: shard, hint: "\(path) names it; get all files of the model")
            }
            shards[name] = try name.hasSuffix(".safetensors") ? SafetensorsFile(path: shard) : PyTorchFile(path: shard)
        }
        for (tensor, name) in index.weightMap.sorted(by: { $0.key < $1.key })
        where shards[name]?.shape(of: tensor) == nil {
            throw CheckpointError.malformedIndex(
                path: path, reason: "tensor \(tensor) is not in \(name); get index and files from the same model")
        }
        self.shards = shards
        shardOfTensor = index.weightMap
    }

    /// The tensors' names, sorted.
    public var names: [String] { shardOfTensor.keys.sorted() }

    /// The names that ``tensor(named:)`` was never asked for, sorted.
    public var namesNotTaken: [String] {
        shards.values.flatMap(\.namesNotTaken).filter { shardOfTensor[$0] != nil }.sorted()
    }

    /// The shape of a tensor, or nothing if the index does not have it.
    public func shape(of name: String) -> [Int]? { shard(of: name)?.shape(of: name) }

    /// Copies a tensor; floating point of every width becomes float32, whole numbers become int64.
    ///
    /// - Throws: ``CheckpointError/missingTensor(path:tensor:nearest:)`` or
    ///   ``CheckpointError/unsupportedType(path:tensor:type:)``.
    public func tensor(named name: String) throws -> Tensor {
        guard let shard = shard(of: name) else {
            throw CheckpointError.missingTensor(
                path: path, tensor: name, nearest: NearestName.of(name, in: shardOfTensor.keys))
        }
        return try shard.tensor(named: name)
    }

    private func shard(of name: String) -> (any TensorFile)? { shardOfTensor[name].flatMap { shards[$0] } }
}
