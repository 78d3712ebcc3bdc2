import Foundation

/// Walks over a part of a PyTorch file and never past its end.
struct ByteCursor {
    let path: String
    private let data: Data
    /// Of the next byte, in the file.
    private(set) var offset: Int
    private let end: Int

    /// `range` must lie within `data`.
    init(_ data: Data, _ range: Range<Int>, path: String) {
        self.data = data
        self.path = path
        offset = range.lowerBound
        end = range.upperBound
    }

    /// How many bytes follow.
    var left: Int { end - offset }

    /// What is wrong at an offset; here by default.
    func damage(_ reason: String, at place: Int? = nil) -> CheckpointError {
        .damagedPyTorchFile(path: path, offset: place ?? offset, reason: reason)
    }

    /// The next `count` bytes' place in the file.
    mutating func skip(_ count: UInt64) throws(CheckpointError) -> Range<Int> {
        guard count <= UInt64(left) else { throw damage("\(count) bytes are expected, \(left) are left") }
        defer { offset += Int(count) }
        return offset..<offset + Int(count)
    }

    mutating func byte() throws(CheckpointError) -> UInt8 { data[try skip(1).lowerBound] }

    /// A little-endian number.
    mutating func word<Word: FixedWidthInteger>(_: Word.Type) throws(CheckpointError) -> Word {
        let range = try skip(UInt64(Word.bitWidth / 8))
        return range.reversed().reduce(Word(0)) { $0 << 8 | Word(truncatingIfNeeded: data[$1]) }
    }

    mutating func bytes(_ count: Int) throws(CheckpointError) -> [UInt8] { Array(data[try skip(UInt64(count))]) }

    /// UTF-8 of a known length.
    mutating func text(_ count: UInt64) throws(CheckpointError) -> String {
        let range = try skip(count)
        guard let text = String(validating: data[range], as: UTF8.self) else {
            throw damage("a text is not UTF-8", at: range.lowerBound)
        }
        return text
    }

    /// UTF-8 up to a line feed, which is left out.
    mutating func line() throws(CheckpointError) -> String {
        guard let length = data[offset..<min(end, offset + 1024)].firstIndex(of: 0x0A).map({ $0 - offset }) else {
            throw damage("a name does not end")
        }
        let text = try text(UInt64(length))
        _ = try skip(1)
        return text
    }
}
