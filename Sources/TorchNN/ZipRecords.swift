import Foundation

/// The records of a zip archive that are stored as they are, as `torch.save` writes them; nothing is ever unpacked.
///
/// Format: PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16, with zip64.
struct ZipRecords {
    /// The place of each record's bytes in the file.
    private(set) var ranges: [String: Range<Int>] = [:]

    private static let localHeader: UInt32 = 0x0403_4B50
    private static let centralHeader: UInt32 = 0x0201_4B50
    private static let endHeader: UInt32 = 0x0605_4B50
    private static let end64Header: UInt32 = 0x0606_4B50
    private static let locator64Header: UInt32 = 0x0706_4B50

    private let data: Data
    private let path: String

    /// Whether a file's bytes begin as a zip archive's do.
    static func isZip(_ data: Data) -> Bool { data.starts(with: [0x50, 0x4B, 3, 4]) }

    /// Reads the directory at the archive's end and checks that records lie within the file and apart from each other.
    ///
    /// - Throws: ``CheckpointError/damagedPyTorchFile(path:offset:reason:)``.
    init(of data: Data, path: String) throws(CheckpointError) {
        self.data = data
        self.path = path
        let directory = try directory()
        var cursor = ByteCursor(data, directory, path: path)
        var spans: [Range<Int>] = []
        while cursor.left > 0 {
            let place = cursor.offset
            let (name, span, bytes) = try record(&cursor, before: directory.lowerBound)
            guard ranges.updateValue(bytes, forKey: name) == nil else {
                throw cursor.damage("a second record is named \(name)", at: place)
            }
            spans.append(span)
        }
        spans.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        for (span, next) in zip(spans, spans.dropFirst()) where next.lowerBound < span.upperBound {
            throw cursor.damage("two records of the archive overlap", at: next.lowerBound)
        }
    }

    /// The place of the central directory.
    private func directory() throws(CheckpointError) -> Range<Int> {
        let all = ByteCursor(data, 0..<data.count, path: path)
        // The end record has 22 bytes and a comment of up to 64 KiB, whose length must be right.
        let places = stride(from: data.count - 22, through: max(0, data.count - 22 - 0xFFFF), by: -1)
        guard let place = places.first(where: { isEnd($0) }) else {
            throw all.damage("the zip archive has no directory at its end, so the file is cut short", at: data.count)
        }
        var cursor = ByteCursor(data, place + 12..<data.count, path: path)
        var size = UInt64(try cursor.word(UInt32.self))
        var start = UInt64(try cursor.word(UInt32.self))
        var limit = place
        if place >= 20 {
            var cursor = ByteCursor(data, place - 20..<place, path: path)
            if try cursor.word(UInt32.self) == Self.locator64Header {
                _ = try cursor.skip(4)
                let place64 = try cursor.word(UInt64.self)
                guard place64 <= UInt64(place - 20) else { throw cursor.damage("the archive's end lies outside") }
                cursor = ByteCursor(data, Int(place64)..<place - 20, path: path)
                guard try cursor.word(UInt32.self) == Self.end64Header else {
                    throw cursor.damage("the zip64 end of the archive is not where it should be")
                }
                _ = try cursor.skip(36)
                size = try cursor.word(UInt64.self)
                start = try cursor.word(UInt64.self)
                limit = Int(place64)
            }
        }
        guard start <= UInt64(limit), size <= UInt64(limit) - start else {
            throw all.damage("the archive's directory, \(size) bytes at \(start), lies outside the file", at: place)
        }
        return Int(start)..<Int(start + size)
    }

    private func isEnd(_ place: Int) -> Bool {
        var cursor = ByteCursor(data, place..<data.count, path: path)
        guard (try? cursor.word(UInt32.self)) == Self.endHeader, (try? cursor.skip(16)) != nil,
            let comment = try? cursor.word(UInt16.self)
        else { return false }
        return cursor.left == Int(comment)
    }

    /// The next entry of the directory: the record's name, its place with its header, and the place of its bytes.
    private func record(
        _ cursor: inout ByteCursor, before limit: Int
    ) throws(CheckpointError) -> (name: String, span: Range<Int>, bytes: Range<Int>) {
        let place = cursor.offset
        guard try cursor.word(UInt32.self) == Self.centralHeader else {
            throw cursor.damage("the archive's directory is damaged", at: place)
        }
        _ = try cursor.skip(4)
        let flags = try cursor.word(UInt16.self)
        let method = try cursor.word(UInt16.self)
        _ = try cursor.skip(8)
        var packed = UInt64(try cursor.word(UInt32.self))
        var size = UInt64(try cursor.word(UInt32.self))
        let nameLength = try cursor.word(UInt16.self)
        let extraLength = try cursor.word(UInt16.self)
        let commentLength = try cursor.word(UInt16.self)
        _ = try cursor.skip(8)
        var start = UInt64(try cursor.word(UInt32.self))
        let name = try cursor.text(UInt64(nameLength))
        var extra = ByteCursor(data, try cursor.skip(UInt64(extraLength)), path: path)
        _ = try cursor.skip(UInt64(commentLength))
        while extra.left >= 4 {
            let kind = try extra.word(UInt16.self)
            let length = try extra.word(UInt16.self)
            var field = ByteCursor(data, try extra.skip(UInt64(length)), path: path)
            guard kind == 1 else { continue }
            if size == 0xFFFF_FFFF { size = try field.word(UInt64.self) }
            if packed == 0xFFFF_FFFF { packed = try field.word(UInt64.self) }
            if start == 0xFFFF_FFFF { start = try field.word(UInt64.self) }
        }
        guard flags & 1 == 0 else { throw cursor.damage("record \(name) is encrypted", at: place) }
        guard method == 0, packed == size else {
            throw cursor.damage(
                "record \(name) is compressed, which torch.save never does; pack the archive again without compression",
                at: place)
        }
        guard start <= UInt64(limit) else { throw cursor.damage("record \(name) lies outside the file", at: place) }
        var local = ByteCursor(data, Int(start)..<limit, path: path)
        guard try local.word(UInt32.self) == Self.localHeader else {
            throw cursor.damage("record \(name) is not where the directory has it", at: Int(start))
        }
        _ = try local.skip(22)
        let localName = try local.word(UInt16.self)
        let localExtra = try local.word(UInt16.self)
        _ = try local.skip(UInt64(localName) + UInt64(localExtra))
        let bytes = try local.skip(size)
        return (name, Int(start)..<bytes.upperBound, bytes)
    }
}
