/// Strings one behind the other, with the place at which each ends.
struct FlatStrings: @unchecked Sendable {
    private let ends: FlatArray<UInt32>
    private let base: UnsafeRawBufferPointer

    init(ends: FlatArray<UInt32>, bytes: UnsafeRawBufferPointer) {
        self.ends = ends
        base = bytes
    }

    var count: Int { ends.count }

    /// The UTF-8 bytes of a string.
    @inline(__always)
    func utf8(_ index: Int) -> UnsafeRawBufferPointer {
        guard UInt(bitPattern: index) < UInt(bitPattern: ends.count) else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(rebasing: base[ends.range(endingAt: index, limit: base.count)])
    }

    /// A string; empty if there is none at `index`.
    subscript(index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }

    /// Whether the ends fit the bytes.
    var isComplete: Bool { ends.count == 0 ? base.isEmpty : Int(ends.last) == base.count }
}
