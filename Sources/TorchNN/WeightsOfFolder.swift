import Essentials
import Foundation

/// Opens the weights of a model folder in Hugging Face's layout, in whichever form they are there.
///
/// safetensors come first, then the files of `torch.save`; each whole, then in several files with an index.
///
/// - Throws: ``FileError`` if there are none, or ``CheckpointError``.
public func openWeights(ofFolder folder: String) throws -> any TensorFile {
    let forms: [(name: String, open: (String) throws -> any TensorFile)] = [
        ("model.safetensors", { try SafetensorsFile(path: $0) }),
        ("model.safetensors.index.json", { try ShardedTensorFile(index: $0) }),
        ("pytorch_model.bin", { try PyTorchFile(path: $0) }),
        ("pytorch_model.bin.index.json", { try ShardedTensorFile(index: $0) }),
    ]
    for (name, open) in forms where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
        return try open("\(folder)/\(name)")
    }
    throw FileError.missing(
        path: "\(folder)/model.safetensors",
        hint: "expected the weights of a model, as model.safetensors or pytorch_model.bin, whole or with an index")
}
