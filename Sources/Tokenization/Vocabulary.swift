import Essentials
import Foundation

/// The pieces of a BERT model, each with its id, its place in `vocab.txt`.
public struct Vocabulary: Sendable {
    /// The pieces in the order of their ids; pieces within a word begin with `##`.
    public let pieces: [String]
    /// The id of `[PAD]`, which fills up batches.
    public let paddingID: Int32
    /// The id of `[UNK]`, which stands for words that cannot be spelled.
    public let unknownID: Int32
    /// The id of `[CLS]`, which begins every sequence.
    public let classificationID: Int32
    /// The id of `[SEP]`, which ends every sequence.
    public let separatorID: Int32
    /// The id of `[MASK]`, which hides a piece in masked-LM training.
    public let maskID: Int32
    let trie: PieceTrie

    /// Reads `vocab.txt`: one piece a line, the first one has id 0.
    ///
    /// - Throws: ``FileError`` if there is no such file, ``TokenizationError`` if it lacks a special piece or has an
    ///   empty or repeated line.
    public init(contentsOf path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "a model folder holds the model's vocabulary as vocab.txt")
        }
        var pieces: [String] = []
        var trie = PieceTrie()
        var lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            let bytes = line.last == 0x0D ? line.dropLast() : line
            guard let piece = String(validating: bytes, as: UTF8.self) else {
                throw TokenizationError.notUTF8(path: path, line: index + 1)
            }
            if piece.isEmpty { throw TokenizationError.emptyPiece(path: path, line: index + 1) }
            if let first = trie.insert(piece.utf8, id: Int32(index)) {
                throw TokenizationError.duplicatePiece(path: path, line: index + 1, firstLine: Int(first) + 1)
            }
            pieces.append(piece)
        }
        func special(_ piece: String) throws -> Int32 {
            guard let id = trie.id(of: piece.utf8) else {
                throw TokenizationError.missingPiece(path: path, piece: piece)
            }
            return id
        }
        paddingID = try special("[PAD]")
        unknownID = try special("[UNK]")
        classificationID = try special("[CLS]")
        separatorID = try special("[SEP]")
        maskID = try special("[MASK]")
        self.pieces = pieces
        self.trie = trie
    }

    /// How many pieces there are; ids are `0 ..< count`.
    public var count: Int { pieces.count }

    /// The id of a piece, written with its `##`, if the vocabulary has it.
    public func id(of piece: String) -> Int32? { trie.id(of: piece.utf8) }

    /// The piece of an id, which must be one of the vocabulary's.
    public func piece(of id: Int32) -> String { pieces[Int(id)] }

    /// Whether the id is one of the five special pieces.
    public func isSpecial(_ id: Int32) -> Bool {
        id == paddingID || id == unknownID || id == classificationID || id == separatorID || id == maskID
    }
}
