/// A line of an annotation file of the i2b2 line formats: fields `NAME="TEXT" LINE:TOKEN LINE:TOKEN` joined by `||`.
struct LineTokenRecord {
    /// A field of the line.
    struct Field {
        /// What stands before the equals sign.
        let name: String
        /// What stands between the quotation marks.
        let text: String
        /// Where the text stands in the note; several places for a text in fragments, none for a mere value.
        let places: [LineTokenPlace]
    }

    /// The fields in the order of the line.
    let fields: [Field]
    /// Slips of the pen that leave no doubt about the meaning, in words for a message.
    let oddities: [String]
    /// The line, counted from 1.
    let line: Int

    /// Reads a line without its line end.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)``.
    init(_ bytes: ArraySlice<UInt8>, line: Int, file: String) throws {
        var parser = LineTokenParser(bytes, line: line, file: file)
        fields = try parser.fields()
        oddities = parser.oddities
        self.line = line
    }

    /// The lines of a file that are not blank, without their line ends.
    ///
    /// - Throws: ``CorpusError/notUTF8(file:byte:)``.
    static func lines(of file: InputFile) throws -> [(number: Int, bytes: ArraySlice<UInt8>)] {
        _ = try file.text()
        var lines: [(number: Int, bytes: ArraySlice<UInt8>)] = []
        var number = 0
        for line in file.bytes[file.contentStart...].split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            let line = line.last == 0x0D ? line.dropLast() : line
            if !line.allSatisfy(Surface.isSpace) { lines.append((number, line)) }
        }
        return lines
    }

    /// Reads the lines of a file; `part` is what is left out with a line that cannot be read, where reading goes on.
    ///
    /// - Throws: ``CorpusError``.
    static func records<Value>(
        of file: InputFile?, _ part: CorpusPart, document: String, context: inout ReadContext,
        _ interpret: (LineTokenRecord) throws -> Value
    ) throws -> [Value] {
        guard let file else { return [] }
        var values: [Value] = []
        for (number, bytes) in try lines(of: file) {
            let value = try context.attempt(part, document: document) { context in
                let record = try LineTokenRecord(bytes, line: number, file: file.path)
                let value = try interpret(record)
                for oddity in record.oddities {
                    context.note(
                        CorpusFault(
                            .malformed, file: file.path, line: number, document: document, message: oddity,
                            fix: "write the line anew", isRepaired: context.isRepairing))
                }
                return value
            }
            if let value { values.append(value) }
        }
        return values
    }
}
