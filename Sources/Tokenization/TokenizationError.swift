import Essentials

/// A vocabulary or tokenizer configuration that cannot be used.
public enum TokenizationError: UserFacingError, Equatable {
    /// A piece that every BERT vocabulary has is not there.
    case missingPiece(path: String, piece: String)
    /// The same piece stands on two lines, so that its id is not certain.
    case duplicatePiece(path: String, line: Int, firstLine: Int)
    /// A line of the vocabulary is empty, which would shift no id but match nothing.
    case emptyPiece(path: String, line: Int)
    /// The vocabulary is not UTF-8 on this line.
    case notUTF8(path: String, line: Int)
    /// A value of the configuration is of the wrong kind; the key is empty if the file is not a JSON object.
    case badConfiguration(path: String, key: String, expected: String)

    /// The message for the person at the keyboard.
    public var description: String {
        switch self {
        case .missingPiece(let path, let piece):
            "\(path): the vocabulary has no \(piece); is it the vocabulary of a BERT model?"
        case .duplicatePiece(let path, let line, let firstLine):
            "\(path):\(line): the same piece stands on line \(firstLine); each line is one id, remove the wrong one"
        case .emptyPiece(let path, let line):
            "\(path):\(line): empty line; each line is one piece and its number the piece's id"
        case .notUTF8(let path, let line):
            "\(path):\(line): not UTF-8"
        case .badConfiguration(let path, let key, let expected):
            key.isEmpty ? "\(path): expected \(expected)" : "\(path): \"\(key)\" must be \(expected)"
        }
    }

    /// The file holds bad data.
    public var exitCode: ExitCode { .badData }
}
