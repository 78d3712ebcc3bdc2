import Essentials

/// A lexicon, cue or rule file is not as it should be: the first ten faults, and how many there are.
public struct SourceFileError: UserFacingError, Equatable {
    /// A line of a table, or a key of a rule file, and what is wrong with it.
    public struct Fault: Hashable, Sendable, CustomStringConvertible {
        /// The line, counted from 1.
        public var line: Int
        /// The column, key or rule at fault.
        public var key: String
        /// What is wrong, and what would be right.
        public var message: String

        /// Makes a fault.
        public init(line: Int, key: String, message: String) {
            self.line = line
            self.key = key
            self.message = message
        }

        /// `line 3: flags: unknown flag`.
        public var description: String { "line \(line): \(key): \(message)" }
    }

    /// The file.
    public let path: String
    /// The first ten faults, by line.
    public let faults: [Fault]
    /// How many faults there are.
    public let count: Int

    /// Cuts a list of faults to what a person wants to read at once; nothing if there are none.
    ///
    /// - Parameter count: how many faults there are, where only the first are in the list.
    public init?(path: String, faults: [Fault], count: Int? = nil) {
        guard !faults.isEmpty else { return nil }
        self.path = path
        self.faults = Array(faults.sorted { $0.line < $1.line }.prefix(10))
        self.count = count ?? faults.count
    }

    /// Where and what, a line a fault.
    public var description: String {
        faults.map { "\(path):\($0.line): \($0.key): \($0.message)" }.joined(separator: "\n")
            + (count > faults.count ? "\n\(path): and \(count - faults.count) more lines like these" : "")
    }

    /// What the file holds is wrong.
    public var exitCode: ExitCode { .badData }
}
