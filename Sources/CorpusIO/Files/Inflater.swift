internal import CZlib
import Essentials

/// Decompression of gzip data that comes in pieces.
final class Inflater {
    private let file: String
    private let reader: OpaquePointer
    private var fed: [UInt8] = []
    private var position = 0
    private var isDone = false

    init(file: String) throws {
        guard let reader = clinner_gunzip_open() else {
            throw FileError.unreadable(path: file, reason: "out of memory")
        }
        self.file = file
        self.reader = reader
    }

    deinit { clinner_gunzip_close(reader) }

    /// Gives it its first bytes.
    func feed(_ bytes: [UInt8]) {
        fed = bytes
        position = 0
    }

    /// The next decompressed bytes; nothing at the end.
    ///
    /// - Throws: ``CorpusError`` when the data is damaged or ends too early, what `more` throws.
    func next(more: () throws -> [UInt8]?) throws -> [UInt8]? {
        while !isDone {
            var status = CLINNER_GUNZIP_MORE
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
                guard let base = buffer.baseAddress else { return }
                fed.withUnsafeBufferPointer { bytes in
                    // The reader is given what is left each time: the array may have moved.
                    clinner_gunzip_feed(reader, bytes.baseAddress.map { $0 + position }, bytes.count - position)
                    status = clinner_gunzip_read(reader, base, buffer.count, &count)
                    position = bytes.count - clinner_gunzip_left(reader)
                }
            }
            switch status {
            case CLINNER_GUNZIP_MORE: break
            case CLINNER_GUNZIP_DONE: isDone = true
            case CLINNER_GUNZIP_HUNGRY, CLINNER_GUNZIP_BETWEEN:
                if let bytes = try more() {
                    feed(bytes)
                } else if status == CLINNER_GUNZIP_BETWEEN {
                    isDone = true
                } else {
                    throw CorpusError.malformed(
                        file: file, line: nil, problem: "the gzip data ends too early; copy the file again")
                }
            default:
                throw CorpusError.malformed(
                    file: file, line: nil, problem: "the gzip data is damaged; copy the file again")
            }
            if !piece.isEmpty { return piece }
        }
        return nil
    }

    /// All of some gzip data.
    ///
    /// - Throws: ``CorpusError`` when the data is damaged or its content larger than `limit` bytes.
    static func inflated(_ bytes: [UInt8], file: String, limit: Int) throws -> [UInt8] {
        let inflater = try Inflater(file: file)
        inflater.feed(bytes)
        var content: [UInt8] = []
        content.reserveCapacity(min(4 * bytes.count, limit))
        while let piece = try inflater.next(more: { nil }) {
            content += piece
            guard content.count <= limit else { throw CorpusError.tooLarge(file: file, limit: limit) }
        }
        return content
    }
}
