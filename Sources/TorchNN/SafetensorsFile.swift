import Essentials
import Foundation
import Torch

/// A safetensors file opened for reading: its tensors by name, mapped into memory and copied when asked for.
public final class SafetensorsFile {
    /// Where the file lies.
    public let path: String
    private let data: Data
    private let header: SafetensorsHeader
    private var taken: Set<String> = []

    /// Opens the file at `path` and checks its header.
    ///
    /// - Throws: ``FileError`` or ``CheckpointError/malformed(path:reason:)``.
    public init(path: String) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            throw FileError.missing(path: path, hint: "expected the weights of a model")
        }
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw FileError.unreadable(path: path, reason: error.localizedDescription)
        }
        header = try SafetensorsHeader(of: data, path: path)
    }

    /// The tensors' names, sorted.
    public var names: [String] { header.entries.keys.sorted() }

    /// The names that ``tensor(named:)`` was never asked for, sorted.
    public var namesNotTaken: [String] { header.entries.keys.filter { !taken.contains($0) }.sorted() }

    /// The free-form strings of the header.
    public var metadata: [String: String] { header.metadata }

    /// The shape of a tensor, or nothing if the file does not have it.
    public func shape(of name: String) -> [Int]? { header.entries[name]?.shape }

    /// Copies a tensor; half precision becomes float32.
    ///
    /// - Throws: ``CheckpointError/missingTensor(path:tensor:nearest:)`` or
    ///   ``CheckpointError/unsupportedType(path:tensor:type:)``.
    public func tensor(named name: String) throws -> Tensor {
        guard let entry = header.entries[name] else {
            throw CheckpointError.missingTensor(
                path: path, tensor: name, nearest: NearestName.of(name, in: header.entries.keys))
        }
        guard let type = SafetensorsHeader.ElementType(rawValue: entry.typeName) else {
            throw CheckpointError.unsupportedType(path: path, tensor: name, type: entry.typeName)
        }
        taken.insert(name)
        let count = entry.bytes.count / type.size
        return data.withUnsafeBytes { file in
            let bytes = UnsafeRawBufferPointer(rebasing: file[entry.bytes])
            switch type {
            case .int64:
                let values = (0..<count).map {
                    Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self))
                }
                return Tensor(values, shape: entry.shape)
            case .float32:
                return Self.floats(count, shape: entry.shape) {
                    UnsafeMutableRawBufferPointer($0).copyMemory(from: bytes)
                }
            case .bfloat16:
                return Self.floats(count, shape: entry.shape) { values in
                    for i in 0..<count {
                        let bits = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))
                        values[i] = Float(bitPattern: UInt32(bits) << 16)
                    }
                }
            case .float16:
                return Self.floats(count, shape: entry.shape) { values in
                    for i in 0..<count {
                        let bits = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))
                        values[i] = Self.float(half: bits)
                    }
                }
            }
        }
    }

    private static func floats(
        _ count: Int, shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void
    ) -> Tensor {
        let tensor = Tensor.zeros(shape)
        if count > 0 { tensor.withMutableFloats(fill) }
        return tensor
    }

    /// An IEEE 754 half-precision number; written out because Swift has no `Float16` on every platform.
    static func float(half bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 0x1F
        let fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0: return Float(bitPattern: sign | Float(Float(fraction) * 0x1p-24).bitPattern)
        case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }
}
