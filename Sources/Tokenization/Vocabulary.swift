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
        var lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            let bytes = line.last == 0x0D ? line.dropLast() : line
            guard let piece = String(validating: bytes, as: UTF8.self) else {
                throw TokenizationError.notUTF8(path: path, line: index + 1)
            }
            if piece.isEmpty { throw TokenizationError.emptyPiece(path: path, line: index + 1) }
            pieces.append(piece)
        }
        try self.init(pieces: pieces, path: path)
    }

    /// Reads the vocabulary of a model folder: `vocab.txt` or, where that is missing, the one in `tokenizer.json`.
    ///
    /// - Throws: ``FileError`` or ``TokenizationError``.
    public init(folder: String) throws {
        let path = Self.path(inFolder: folder)
        if path.hasSuffix(".txt") {
            try self.init(contentsOf: path)
        } else {
            try self.init(pieces: TokenizerFile(contentsOf: path).pieces, path: path)
        }
    }

    /// The file that ``init(folder:)`` reads; `vocab.txt` also where there is none.
    public static func path(inFolder folder: String) -> String {
        let names = ["vocab.txt", "tokenizer.json"].map { "\(folder)/\($0)" }
        return names.first(where: FileManager.default.fileExists(atPath:)) ?? names[0]
    }

    private init(pieces: [String], path: String) throws {
        var trie = PieceTrie()
        for (index, piece) in pieces.enumerated() {
            if let first = trie.insert(piece.utf8, id: Int32(index)) {
                throw TokenizationError.duplicatePiece(path: path, line: index + 1, firstLine: Int(first) + 1)
            }
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

    /// The pieces as the bytes of a `vocab.txt`.
    public var lines: Data { Data(pieces.flatMap { Array($0.utf8) + [0x0A] }) }

    /// The id of a piece, written with its `##`, if the vocabulary has it.
    public func id(of piece: String) -> Int32? { trie.id(of: piece.utf8) }

    /// The piece of an id, which must be one of the vocabulary's.
    public func piece(of id: Int32) -> String { pieces[Int(id)] }

    /// Whether the id is one of the five special pieces.
    public func isSpecial(_ id: Int32) -> Bool {
        id == paddingID || id == unknownID || id == classificationID || id == separatorID || id == maskID
    }
}
