import Essentials

/// A file of weights that is not what the model needs.
public enum CheckpointError: UserFacingError, Equatable {
    /// The file is no safetensors file, or a damaged one.
    case malformed(path: String, reason: String)
    /// The file is none of `torch.save`, or a damaged one; `offset` is in bytes.
    case damagedPyTorchFile(path: String, offset: Int, reason: String)
    /// A pickle names a class or function that weights do not need, and which might do harm; `offset` is in bytes.
    case refusedGlobal(path: String, offset: Int, global: String)
    /// The index of weights in several files is not what it should be.
    case malformedIndex(path: String, reason: String)
    /// The file stores a tensor in a way that is not read.
    case unsupportedType(path: String, tensor: String, type: String)
    /// The model needs a tensor that the file does not have.
    case missingTensor(path: String, tensor: String, nearest: String?)
    /// The file has a tensor that the model has no place for.
    case unexpectedTensor(path: String, tensor: String)
    /// A tensor has another shape than the model needs.
    case wrongShape(path: String, tensor: String, expected: [Int], found: [Int])

    /// Where, what and what to do.
    public var description: String {
        switch self {
        case .malformed(let path, let reason):
            "\(path): not a usable safetensors file: \(reason)"
        case .damagedPyTorchFile(let path, let offset, let reason):
            "\(path): not a usable PyTorch file: byte \(offset): \(reason); if the file is damaged, get it again, or "
                + "put the model's model.safetensors beside it"
        case .refusedGlobal(let path, let offset, let global):
            "\(path): byte \(offset): the file asks for \(global), which weights do not need and which is never run; "
                + "use the model's model.safetensors, or save model.state_dict() alone with torch.save"
        case .malformedIndex(let path, let reason):
            "\(path): not a usable index of weights: \(reason)"
        case .unsupportedType(let path, let tensor, let type):
            "\(path): tensor \(tensor) has type \(type); supported are F64, F32, F16, BF16, I64 and I32"
        case .missingTensor(let path, let tensor, let nearest):
            "\(path): the model needs a tensor \(tensor), which is not in the file"
                + (nearest.map { "; the nearest name is \($0)" } ?? "")
        case .unexpectedTensor(let path, let tensor):
            "\(path): tensor \(tensor) has no place in the model that config.json beside it describes"
        case .wrongShape(let path, let tensor, let expected, let found):
            "\(path): tensor \(tensor) has shape \(found); config.json beside it asks for \(expected)"
        }
    }

    /// Bad data.
    public var exitCode: ExitCode { .badData }
}
