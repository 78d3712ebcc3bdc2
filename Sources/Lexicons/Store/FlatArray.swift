/// An array of integers that lies, little-endian, in the bytes of a compiled lexicon.
///
/// What is read beyond its end is 0: a damaged file gives wrong answers at worst, never a crash.
struct FlatArray<Element: FixedWidthInteger & Sendable>: @unchecked Sendable {
    private let base: UnsafeRawPointer
    let count: Int

    /// The elements in `bytes`, which must outlive the array and be aligned for them.
    init(_ bytes: UnsafeRawBufferPointer, empty: UnsafeRawPointer) {
        base = bytes.baseAddress ?? empty
        count = bytes.count / MemoryLayout<Element>.stride
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return 0 }
        return Element(
            littleEndian: base.load(fromByteOffset: index &* MemoryLayout<Element>.stride, as: Element.self))
    }

    var last: Element { self[count - 1] }
}

extension FlatArray where Element == UInt32 {
    /// The range that ends at `self[index]` and begins where the one before ends, within `limit` elements.
    @inline(__always)
    func range(endingAt index: Int, limit: Int) -> Range<Int> {
        let start = index == 0 ? 0 : min(Int(self[index - 1]), limit)
        return start..<max(start, min(Int(self[index]), limit))
    }

    /// The range from `self[index]` to `self[index + 1]`, within `limit` elements.
    @inline(__always)
    func range(startingAt index: Int, limit: Int) -> Range<Int> {
        let start = min(Int(self[index]), limit)
        return start..<max(start, min(Int(self[index + 1]), limit))
    }
}

/// Strings one behind the other, with the place at which each ends.
struct FlatStrings: @unchecked Sendable {
    private let ends: FlatArray<UInt32>
    let bytes: FlatArray<UInt8>
    private let base: UnsafeRawBufferPointer

    init(ends: FlatArray<UInt32>, bytes: UnsafeRawBufferPointer, empty: UnsafeRawPointer) {
        self.ends = ends
        self.bytes = FlatArray(bytes, empty: empty)
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
    var isComplete: Bool { ends.count == 0 ? bytes.count == 0 : Int(ends.last) == bytes.count }
}
