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
