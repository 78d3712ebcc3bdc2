import Essentials
import Foundation
import Torch

/// Writes tensors to safetensors files: sorted by name, so that the same tensors always give the same bytes.
public enum SafetensorsWriter {
    private struct Entry: Encodable {
        var dtype: String
        var shape: [Int]
        var dataOffsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype
            case shape
            case dataOffsets = "data_offsets"
        }
    }

    /// Writes `tensors` and `metadata` to `path` in one visible step.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public static func write(
        _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = ["format": "pt"], to path: String
    ) throws {
        // Integers first: every tensor then starts at a multiple of its element's size.
        let ordered = tensors.sorted {
            let (left, right) = ($0.tensor.dataType == .int64, $1.tensor.dataType == .int64)
            return left == right ? $0.name < $1.name : left
        }
        let header = try Self.header(of: ordered, metadata: metadata)
        try AtomicFile.write(to: path) { file in
            try withUnsafeBytes(of: UInt64(header.count).littleEndian) { try file.write($0) }
            try file.write(header)
            for (_, tensor) in ordered {
                switch tensor.dataType {
                case .float32: try tensor.withFloats { try file.write(UnsafeRawBufferPointer($0)) }
                case .int64: try tensor.int64s().withUnsafeBytes { try file.write($0) }
                }
            }
        }
    }

    private static func header(
        of tensors: [(name: String, tensor: Tensor)], metadata: [String: String]
    ) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var header = Data("{\"__metadata__\":".utf8)
        header += try encoder.encode(metadata)
        var position = 0
        for (name, tensor) in tensors {
            let isFloat = tensor.dataType == .float32
            let size = tensor.count * (isFloat ? 4 : 8)
            header += Data(",".utf8)
            header += try encoder.encode(name)
            header += Data(":".utf8)
            header += try encoder.encode(
                Entry(dtype: isFloat ? "F32" : "I64", shape: tensor.shape, dataOffsets: [position, position + size]))
            position += size
        }
        header += Data("}".utf8)
        // Blanks up to a multiple of eight keep the tensors aligned in a mapped file.
        header += Data(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        return header
    }
}
