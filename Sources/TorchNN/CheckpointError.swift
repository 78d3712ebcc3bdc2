import Essentials

/// A file of weights that is not what the model needs.
public enum CheckpointError: UserFacingError, Equatable {
    /// The file is no safetensors file, or a damaged one.
    case malformed(path: String, reason: String)
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
        case .unsupportedType(let path, let tensor, let type):
            "\(path): tensor \(tensor) has type \(type); supported are F32, F16, BF16 and I64"
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
