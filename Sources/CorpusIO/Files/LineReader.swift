import Essentials
import Foundation

/// The lines of a source, one after the other, in one buffer.
struct LineReader {
    /// A line without its line feed; a carriage return before it stays.
    struct Line: Sendable {
        let bytes: [UInt8]
        /// Counted from 1.
        let number: Int
        /// Of its first byte in the source, as far as that is UTF-8.
        let offset: Int
    }

    private let stream: ByteStream
    private let file: String
    private let limit: Int
    private var buffer: [UInt8] = []
    private var position = 0
    private var offset = 0
    private var number = 0
    private var isAtEnd = false

    init(_ stream: ByteStream, file: String, limit: Int) {
        self.stream = stream
        self.file = file
        self.limit = limit
    }

    /// The next line; nothing at the end. What follows the last line feed is a line if it is not empty.
    ///
    /// - Throws: ``CorpusError/tooLarge(file:limit:)`` for a line above the limit, and what the source throws.
    mutating func next() throws -> Line? {
        var searched = position
        while true {
            if let end = Self.lineFeed(in: buffer, from: searched) { return take(upTo: end, skipping: 1) }
            searched = buffer.count
            if isAtEnd { break }
            guard let piece = try stream.next() else {
                isAtEnd = true
                continue
            }
            if position > 0 {
                buffer.removeFirst(position)
                searched -= position
                position = 0
            }
            buffer += piece
            guard buffer.count - piece.count <= limit else { throw CorpusError.tooLarge(file: file, limit: limit) }
        }
        return position < buffer.count ? take(upTo: buffer.count, skipping: 0) : nil
    }

    private mutating func take(upTo end: Int, skipping: Int) -> Line {
        number += 1
        let line = Line(bytes: Array(buffer[position..<end]), number: number, offset: stream.contentStart + offset)
        offset += end + skipping - position
        position = end + skipping
        return line
    }

    private static func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            guard start < buffer.count, let base = buffer.baseAddress,
                let found = memchr(base + start, 0x0A, buffer.count - start)
            else { return nil }
            return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
        }
    }
}
