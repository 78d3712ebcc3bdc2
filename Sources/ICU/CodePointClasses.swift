internal import CICU

/// A class, a small number, for each code point; looked up in constant time.
///
/// The classes are given as ICU UnicodeSet patterns:
///
///     let classes = CodePointClasses([("[:L:]", 1), ("[:Lu:]", 2)])
///     classes[0x41]  // 2
public struct CodePointClasses: Sendable {
    private static let pageSize = 256

    /// For each page of 256 code points, where its classes begin in `pages`; equal neighbors share one page.
    @usableFromInline let pageStarts: [Int32]
    @usableFromInline let pages: [UInt8]

    /// Makes the table; where patterns overlap the later one counts, and code points in none of them get class 0.
    public init(_ classes: [(pattern: String, value: UInt8)]) {
        var flat = [UInt8](repeating: 0, count: 0x110000)
        for (pattern, value) in classes {
            for range in Self.ranges(of: pattern) {
                flat.withUnsafeMutableBufferPointer { $0[range].update(repeating: value) }
            }
        }
        var pageStarts: [Int32] = []
        var pages: [UInt8] = []
        flat.withUnsafeBytes { flat in
            for start in stride(from: 0, to: flat.count, by: Self.pageSize) {
                // Eight bytes at a time: the table is made when the program starts.
                let isLikeLast = stride(from: start, to: start + Self.pageSize, by: 8).allSatisfy {
                    start > 0
                        && flat.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
                            == flat.loadUnaligned(fromByteOffset: $0 - Self.pageSize, as: UInt64.self)
                }
                if !isLikeLast { pages += flat[start..<start + Self.pageSize] }
                pageStarts.append(Int32(pages.count - Self.pageSize))
            }
        }
        self.pageStarts = pageStarts
        self.pages = pages
    }

    /// The class of a code point below 0x110000.
    @inlinable
    public subscript(codePoint: UInt32) -> UInt8 {
        pages[Int(pageStarts[Int(codePoint >> 8)]) + Int(codePoint & 0xFF)]
    }

    private static func ranges(of pattern: String) -> [Range<Int>] {
        var bounds: UnsafeMutablePointer<Int32>?
        var count: Int32 = 0
        var pattern = pattern
        pattern.withUTF8 { bytes in
            withCharacters(bytes) { check(cicu_set_ranges($0, checkedCount(bytes), &bounds, &count)) }
        }
        defer { cicu_free(bounds) }
        let pairs = UnsafeBufferPointer(start: bounds, count: Int(count))
        return stride(from: 0, to: pairs.count, by: 2).map { Int(pairs[$0])..<Int(pairs[$0 + 1]) + 1 }
    }
}
