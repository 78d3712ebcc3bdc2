import Foundation
import Torch

/// Where a file keeps a tensor. The number of elements and of their bytes is known not to overflow.
struct StoredTensor {
    /// As written, in safetensors' names; types that are not read are an error only when the tensor is asked for.
    var typeName: String
    var shape: [Int]
    /// Elements from one to the next along each axis; nothing where they lie in row-major order without gaps.
    var strides: [Int]?
    /// In the file, from the first element to behind the last.
    var bytes: Range<Int>

    /// Copies the tensor out of the file's bytes.
    func copied(from data: Data, as type: ElementType) -> Tensor {
        data.withUnsafeBytes { file in
            let bytes = UnsafeRawBufferPointer(rebasing: file[self.bytes])
            func word<Word: FixedWidthInteger>(_ offset: Int, _: Word.Type) -> Word {
                Word(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Word.self))
            }
            switch type {
            case .int64: return integers(size: type.size) { word($0, Int64.self) }
            case .int32: return integers(size: type.size) { Int64(word($0, Int32.self)) }
            case .float32 where strides == nil:
                let tensor = Tensor.zeros(shape)
                if !bytes.isEmpty {
                    tensor.withMutableFloats { UnsafeMutableRawBufferPointer($0).copyMemory(from: bytes) }
                }
                return tensor
            case .float32: return floats(size: type.size) { Float(bitPattern: word($0, UInt32.self)) }
            case .float64: return floats(size: type.size) { Float(Double(bitPattern: word($0, UInt64.self))) }
            case .bfloat16: return floats(size: type.size) { Float(bitPattern: UInt32(word($0, UInt16.self)) << 16) }
            case .float16: return floats(size: type.size) { ElementType.float(half: word($0, UInt16.self)) }
            }
        }
    }

    @inline(__always)
    private func integers(size: Int, _ value: (Int) -> Int64) -> Tensor {
        var values: [Int64] = []
        values.reserveCapacity(shape.reduce(1, *))
        forEachElement(size: size) { values.append(value($1)) }
        return Tensor(values, shape: shape)
    }

    @inline(__always)
    private func floats(size: Int, _ value: (Int) -> Float) -> Tensor {
        let tensor = Tensor.zeros(shape)
        if bytes.isEmpty { return tensor }
        tensor.withMutableFloats { values in
            forEachElement(size: size) { values[$0] = value($1) }
        }
        return tensor
    }

    /// Calls `body` for each element in row-major order with its number and its place, in bytes from the first.
    @inline(__always)
    private func forEachElement(size: Int, _ body: (Int, Int) -> Void) {
        let count = shape.reduce(1, *)
        guard count > 0, let strides, let length = shape.last, let stride = strides.last else {
            for index in 0..<count { body(index, index * size) }
            return
        }
        // The place of each row's first element, advanced like the digits of a counter.
        var digits = [Int](repeating: 0, count: shape.count - 1)
        var start = 0
        for row in 0..<count / length {
            for index in 0..<length { body(row * length + index, (start + index * stride) * size) }
            for axis in digits.indices.reversed() {
                digits[axis] += 1
                start += strides[axis]
                if digits[axis] < shape[axis] { break }
                start -= digits[axis] * strides[axis]
                digits[axis] = 0
            }
        }
    }
}
