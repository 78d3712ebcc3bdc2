internal import CZlib
import Essentials

/// Decompression of gzip files.
enum Gzip {
    /// The content of a gzip file with one or more members.
    ///
    /// - Throws: ``CorpusError`` when the data is damaged or its content larger than `limit` bytes.
    static func decompressed(_ compressed: [UInt8], file: String, limit: Int) throws -> [UInt8] {
        try compressed.withUnsafeBufferPointer { source in
            guard let reader = clinner_gunzip_open(source.baseAddress, source.count) else {
                throw FileError.unreadable(path: file, reason: "out of memory")
            }
            defer { clinner_gunzip_close(reader) }
            var content: [UInt8] = []
            content.reserveCapacity(min(4 * source.count, limit))
            var piece = [UInt8](repeating: 0, count: 1 << 18)
            while true {
                var produced = 0
                let status = clinner_gunzip_read(reader, &piece, piece.count, &produced)
                content.append(contentsOf: piece[..<produced])
                guard content.count <= limit else { throw CorpusError.tooLarge(file: file, limit: limit) }
                switch status {
                case CLINNER_GUNZIP_MORE: continue
                case CLINNER_GUNZIP_DONE: return content
                case CLINNER_GUNZIP_TRUNCATED:
                    throw CorpusError.malformed(
                        file: file, line: nil, problem: "the gzip data ends too early; copy the file again")
                default:
                    throw CorpusError.malformed(
                        file: file, line: nil, problem: "the gzip data is damaged; copy the file again")
                }
            }
        }
    }
}
