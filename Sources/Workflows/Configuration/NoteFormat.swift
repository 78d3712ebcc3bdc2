import CorpusIO

/// The format of a note source, or the wish to find out.
public struct NoteFormat: RawRepresentable, Codable, CaseIterable, Hashable, Sendable {
    /// `auto`, or a format's name.
    public let rawValue: String
    /// The format; nothing to look at names and first bytes.
    public let format: CorpusFormat?

    /// Look at names and first bytes.
    public static let auto = NoteFormat(nil)

    /// What can be asked for.
    public static let allCases = [auto] + CorpusFormat.allCases.map(NoteFormat.init)

    /// A format, or the wish to find out.
    public init(_ format: CorpusFormat?) {
        self.format = format
        rawValue = format?.rawValue ?? "auto"
    }

    /// A format by its name; nothing for an unknown one.
    public init?(rawValue: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = found
    }
}
