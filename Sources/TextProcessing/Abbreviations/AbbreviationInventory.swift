/// The abbreviations of a file, each with its senses.
public struct AbbreviationInventory: Sendable {
    /// One meaning of an abbreviation.
    public struct Sense: Hashable, Sendable {
        /// The long form, such as `congestive heart failure`.
        public var longForm: String
        /// The entity type it has, if any, such as `Disease`.
        public var type: String?
    }

    private let senses: [String: [Sense]]
    private let lowerCase: [String: [Sense]]

    /// No abbreviations.
    public static let empty = AbbreviationInventory(entries: [])

    private init(entries: [(abbreviation: String, sense: Sense)]) {
        var senses: [String: [Sense]] = [:]
        var lowerCase: [String: [Sense]] = [:]
        for (abbreviation, sense) in entries {
            senses[abbreviation, default: []].append(sense)
            lowerCase[abbreviation.lowercased(), default: []].append(sense)
        }
        self.senses = senses
        self.lowerCase = lowerCase
    }

    /// Reads an inventory from a tab-separated file with the columns `abbreviation`, `sense` and `type`; the type may
    /// be empty, and an abbreviation with several senses has several lines.
    ///
    /// - Throws: ``FileError`` or ``TextProcessingError`` with file and line.
    public init(contentsOf path: String) throws {
        let table = try TabSeparatedTable(contentsOf: path)
        let rows = try table.rows(["abbreviation", "sense", "type"], optional: ["type"])
        self.init(
            entries: rows.map {
                ($0.values[0], Sense(longForm: $0.values[1], type: $0.values[2].isEmpty ? nil : $0.values[2]))
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
