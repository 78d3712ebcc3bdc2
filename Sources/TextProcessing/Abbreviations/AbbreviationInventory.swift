/// The abbreviations of a file, each with its senses.
public struct AbbreviationInventory: Sendable {
    /// One meaning of an abbreviation.
    public struct Sense: Hashable, Sendable {
        /// The long form, such as `congestive heart failure`.
        public var longForm: String
        /// The entity type it has, if any, such as `Disease`.
        public var type: String?
        /// Lower-case words and section names that make the sense likely where they stand near.
        public var context: Set<String> = []
        /// The line of the file, counted from 1.
        public var line = 0
    }

    private let senses: [String: [Sense]]
    private let lowerCase: [String: [Sense]]
    /// The abbreviations, in the order of the file.
    public let abbreviations: [String]

    /// No abbreviations.
    public static let empty = AbbreviationInventory(entries: [])

    private init(entries: [(abbreviation: String, sense: Sense)]) {
        var senses: [String: [Sense]] = [:]
        var lowerCase: [String: [Sense]] = [:]
        var abbreviations: [String] = []
        for (abbreviation, sense) in entries {
            if senses[abbreviation] == nil { abbreviations.append(abbreviation) }
            senses[abbreviation, default: []].append(sense)
            lowerCase[abbreviation.lowercased(), default: []].append(sense)
        }
        self.senses = senses
        self.lowerCase = lowerCase
        self.abbreviations = abbreviations
    }

    /// Reads an inventory from a tab-separated file with the columns `abbreviation`, `sense` and `type` and, if wanted,
    /// `context`, words with commas between them; the type may be empty, and an abbreviation with several senses has
    /// several lines, the likeliest first.
    ///
    /// - Throws: ``FileError`` or ``TextProcessingError`` with file and line.
    public init(contentsOf path: String) throws {
        let table = try TabSeparatedTable(contentsOf: path)
        let rows = try table.rows(
            ["abbreviation", "sense", "type"] + (table.has("context") ? ["context"] : []),
            optional: ["type", "context"])
        self.init(
            entries: rows.map { row in
                let values = row.values
                let context =
                    values.count > 3
                    ? values[3].split(separator: ",").map { $0.lowercased().drop { $0 == " " } }.map(String.init) : []
                return (
                    values[0],
                    Sense(
                        longForm: values[1], type: values[2].isEmpty ? nil : values[2], context: Set(context),
                        line: row.line)
                )
            })
    }

    /// How many abbreviations there are.
    public var count: Int { senses.count }

    /// Whether `surface` is an abbreviation: by its shape, or written exactly so in the file.
    ///
    /// Case matters because `it` and `or` are words while `IT` and `OR` may be abbreviations.
    public func isAbbreviation(_ surface: Substring) -> Bool {
        AbbreviationShape.isAbbreviation(surface) || senses[String(surface)] != nil
    }

    /// The senses of `surface` in the order of the file; if it is not written exactly so, those of any case.
    public func senses(of surface: Substring) -> [Sense] {
        let surface = String(surface)
        return senses[surface] ?? lowerCase[surface.lowercased()] ?? []
    }
}
