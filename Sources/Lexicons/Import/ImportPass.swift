/// One file being imported: the options, what is wrong so far, and where entries go.
struct ImportPass {
    let options: LexiconImport
    /// The file that faults are in.
    let path: String
    private let body: (LexiconEntry) throws -> Void
    private var summary = LexiconImport.Summary()
    private var faults: [SourceFileError.Fault] = []
    private var faultCount = 0

    init(options: LexiconImport, path: String, body: @escaping (LexiconEntry) throws -> Void) {
        self.options = options
        self.path = path
        self.body = body
    }

    /// Notes what is wrong with a line.
    mutating func fault(_ line: Int, _ key: String, _ message: String) {
        faultCount += 1
        if faults.count < 10 { faults.append(.init(line: line, key: key, message: message)) }
    }

    /// Counts a term that a filter left out.
    mutating func leaveOut(_ reason: String) { summary.leftOut[reason, default: 0] += 1 }

    /// Hands an entry on.
    mutating func keep(_ entry: LexiconEntry) throws {
        summary.entries += 1
        try body(entry)
    }

    /// Hands an entry on that a publisher's file holds, if its term has letters or digits.
    mutating func keepIfWord(_ entry: LexiconEntry) throws {
        guard TableImporter.hasWord(entry.term) else {
            leaveOut("no letters")
            return
        }
        try keep(entry)
    }

    /// The entity type of a term with these categories.
    func type(of categories: some Sequence<String>) -> String? {
        if !options.typeMapping.isEmpty {
            for category in categories { if let type = options.typeMapping[category] { return type } }
        }
        return options.type
    }

    /// A code with its prefix.
    func code(_ text: String) -> String {
        guard let prefix = options.codePrefix, !text.isEmpty, !text.contains(":") else { return text }
        return "\(prefix):\(text)"
    }

    /// The text of a field, or a fault.
    mutating func text(_ bytes: ArraySlice<UInt8>, _ line: Int, _ key: String) -> String? {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        fault(line, key, "not valid UTF-8")
        return nil
    }

    /// What is wrong so far.
    var error: SourceFileError? { SourceFileError(path: path, faults: faults, count: faultCount) }

    /// What came of it.
    ///
    /// - Throws: ``SourceFileError`` in strict mode.
    mutating func finish() throws -> LexiconImport.Summary {
        summary.faults = error
        if options.mode == .strict, let error = summary.faults { throw error }
        return summary
    }
}
