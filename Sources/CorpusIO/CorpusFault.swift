/// Something odd in a file that is kept as it is: a surface that differs, a repeated mention, white space at an edge.
public struct CorpusFault: Sendable, Equatable, CustomStringConvertible {
    /// The file as it was named to the reader.
    public var file: String
    /// Counted from 1, where the format has lines.
    public var line: Int?
    /// Where in the note, in code points.
    public var offset: Int?
    /// What is odd, without any text of the note.
    public var message: String

    /// Makes a fault.
    public init(file: String, line: Int? = nil, offset: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.offset = offset
        self.message = message
    }

    /// `FILE:LINE: offset N: MESSAGE`.
    public var description: String {
        place(file, line) + (offset.map { ": offset \($0)" } ?? "") + ": \(message)"
    }
}

/// `FILE:LINE`, the way compilers and editors write a place.
func place(_ file: String, _ line: Int?) -> String { line.map { "\(file):\($0)" } ?? file }
