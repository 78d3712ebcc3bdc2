import ClinicalText

/// Reads plain text: a file is a note, exactly as it is, line ends included.
enum PlainTextReader {
    /// Reads one note.
    ///
    /// - Throws: ``CorpusError/notUTF8(file:byte:)``.
    static func read(_ file: InputFile) throws -> Document {
        Document(id: file.stem, text: try file.text(), metadata: ["file": file.name])
    }
}
