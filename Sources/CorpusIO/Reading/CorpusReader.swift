import ClinicalText
import Essentials

/// Reads annotated and plain notes from a file, a folder or an archive, all at once.
public enum CorpusReader {
    /// Reads the corpus at `path` and calls it `name`. A document's metadata name its file.
    ///
    /// - Throws: ``CorpusError`` or `FileError`, naming file and line.
    public static func read(_ path: String, name: String, options: ReadOptions = ReadOptions()) throws -> ReadResult {
        try read(CorpusStream(path, options: options), name: name)
    }

    /// Reads the files of a folder that are in memory, by name (`a.txt`, `concept/a.con`); no file is opened.
    ///
    /// - Throws: ``CorpusError`` or `FileError`, naming file and line.
    package static func read(
        _ files: [(name: String, bytes: [UInt8])], name: String, options: ReadOptions
    ) throws -> ReadResult {
        let sources = files.map { InputSource(path: $0.name, storage: .memory($0.bytes[...])) }
        return try read(CorpusStream(CorpusFiles(path: name, members: sources), options: options), name: name)
    }

    /// The formats that are read, in the order in which they are recognized.
    package static var formats: [CorpusFormat] { Formats.all.map { $0.format } }

    /// The endings of a format's files, in lower case, without the dot; an empty one stands for names without one.
    package static func extensions(of format: CorpusFormat) -> [String] { Formats.definition(of: format).extensions }

    private static func read(_ stream: CorpusStream, name: String) throws -> ReadResult {
        var documents: [Document] = []
        let summary = try stream.read { documents += $0.documents }
        if stream.format == .i2b2 { I2B2Keys.rememberElements(in: &documents) }
        return ReadResult(corpus: Corpus(name: name, documents: documents), summary: summary)
    }
}
