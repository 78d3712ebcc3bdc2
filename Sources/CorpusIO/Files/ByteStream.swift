import Essentials
import Foundation

/// The bytes of a source as they are needed, decompressed if they are gzip and decoded to UTF-8 if they are not that.
///
/// A file of any size goes through one buffer.
final class ByteStream {
    private static let pieceSize = 1 << 18

    private let path: String
    private let descriptor: Int32
    /// What is left of a source in memory.
    private var memory: ArraySlice<UInt8>
    private var raw: [UInt8] = []
    private var inflater: Inflater?
    private var decoder: TextDecoder?
    private var isAtStart = true
    /// Where the content begins, after a byte order mark.
    private(set) var contentStart = 0
    private let encoding: TextEncoding?

    /// Opens a source; without an encoding its byte order mark decides, and UTF-8 where there is none.
    ///
    /// - Throws: ``FileError``.
    init(_ source: InputSource, encoding: TextEncoding?) throws {
        path = source.path
        self.encoding = encoding
        switch source.storage {
        case .memory(let bytes):
            descriptor = -1
            memory = bytes
        case .file:
            memory = []
            descriptor = try InputFile.open(source.path)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next bytes; nothing at the end. Bytes that are not UTF-8 come through as they are.
    ///
    /// - Throws: ``FileError``, or ``CorpusError`` for damaged gzip data and text that its encoding does not allow.
    func next() throws -> [UInt8]? {
        while let piece = try nextDecompressed() {
            var piece = piece
            if isAtStart {
                // A mark may be cut only if the file's first piece is shorter than it.
                while piece.count < 4, let more = try nextDecompressed() { piece += more }
                isAtStart = false
                decoder = TextDecoder(encoding, firstBytes: piece, file: path)
                if decoder == nil, piece.starts(with: [0xEF, 0xBB, 0xBF]) {
                    piece.removeFirst(3)
                    contentStart = 3
                }
            }
            if let decoded = try decoder?.decode(piece) { piece = decoded }
            if !piece.isEmpty { return piece }
        }
        return try decoder?.finish()
    }

    private func nextDecompressed() throws -> [UInt8]? {
        if inflater == nil {
            guard let piece = try nextRaw() else { return nil }
            guard isAtStart, piece.starts(with: [0x1f, 0x8b]) else { return piece }
            inflater = try Inflater(file: path)
            inflater?.feed(piece)
        }
        guard let inflater else { return nil }
        return try inflater.next { try nextRaw() }
    }

    private func nextRaw() throws -> [UInt8]? {
        if descriptor < 0 {
            guard !memory.isEmpty else { return nil }
            defer { memory = memory.dropFirst(Self.pieceSize) }
            return Array(memory.prefix(Self.pieceSize))
        }
        let piece = try InputFile.readPiece(descriptor, count: Self.pieceSize, path: path)
        return piece.isEmpty ? nil : piece
    }
}
