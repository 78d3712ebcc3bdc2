import Foundation

/// Reads little-endian numbers one after the other and never beyond the end.
struct NumberCursor {
    private let data: Data
    private var offset = 0

    init(_ data: Data) { self.data = data }

    /// Whether all was read.
    var isAtEnd: Bool { offset == data.count }

    /// The next number, or nothing at the end.
    mutating func next<Number: FixedWidthInteger>() -> Number? {
        let numbers: [Number]? = next(1)
        return numbers?[0]
    }

    /// The next numbers, or nothing if there are fewer.
    mutating func next<Number: FixedWidthInteger>(_ count: Int) -> [Number]? {
        let size = MemoryLayout<Number>.size
        guard count >= 0, count <= (data.count - offset) / size else { return nil }
        let start = offset
        offset += count * size
        return data.withUnsafeBytes { bytes in
            (0..<count).map {
                Number(littleEndian: bytes.loadUnaligned(fromByteOffset: start + $0 * size, as: Number.self))
            }
        }
    }
}
