/// Something odd or wrong in a corpus, and where.
public struct CorpusFault: Sendable, Equatable, Codable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Codable, CaseIterable, Sendable {
        /// Worth knowing, and often meant: an entity within another.
        case information
        /// Kept as it is.
        case warning
        /// Something could not be read and is left out.
        case error
    }

    /// What it is.
    public var kind: FaultKind
    /// How bad it is.
    public var severity: Severity
    /// The file as it was named to the reader.
    public var file: String
    /// Counted from 1, where the format has lines.
    public var line: Int?
    /// Where in the note, in code points.
    public var offset: Int?
    /// The document, where it is known.
    public var document: String?
    /// What is odd, without any text of the note.
    public var message: String
    /// What `--fix` does about it, or what a person can do.
    public var fix: String?
    /// Whether that was done.
    public var isRepaired: Bool

    /// Makes a fault.
    public init(
        _ kind: FaultKind, severity: Severity = .warning, file: String, line: Int? = nil, offset: Int? = nil,
        document: String? = nil, message: String, fix: String? = nil, isRepaired: Bool = false
    ) {
        self.kind = kind
        self.severity = severity
        self.file = file
        self.line = line
        self.offset = offset
        self.document = document
        self.message = message
        self.fix = fix
        self.isRepaired = isRepaired
    }

    /// `FILE:LINE: offset N: MESSAGE`.
    public var description: String {
        place(file, line) + (offset.map { ": offset \($0)" } ?? "") + ": \(message)"
    }
}

/// `FILE:LINE`, the way compilers and editors write a place.
func place(_ file: String, _ line: Int?) -> String { line.map { "\(file):\($0)" } ?? file }
