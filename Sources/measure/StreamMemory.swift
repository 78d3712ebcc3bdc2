import CorpusIO
import Essentials
import Foundation

/// Streams through a corpus and looks at the memory that it took.
enum StreamMemory {
    /// Prints the peak memory in MB, the number of documents, of entities and the bytes of the texts; `limit` is the
    /// largest file in bytes.
    ///
    /// - Throws: `CorpusError`, `FileError`.
    static func run(_ path: String, format: String, limit: Int?) throws {
        guard let format = CorpusFormat(rawValue: format) else {
            throw FileError.unreadable(path: path, reason: "no format \(format)")
        }
        var options = ReadOptions(format: format)
        if let limit { options.maxFileBytes = limit }
        let stream = try CorpusStream(path, options: options)
        var bytes = 0
        var entities = 0
        let summary = try stream.read(threads: ProcessInfo.processInfo.activeProcessorCount) { read in
            for document in read.documents {
                bytes += document.text.utf8.count
                entities += document.entities.count
            }
        }
        print("\((10 * peakMemoryMegabytes()).rounded() / 10) \(summary.documents) \(entities) \(bytes)")
    }
}
