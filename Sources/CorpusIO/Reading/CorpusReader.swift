import ClinicalText
import Essentials

/// Reads annotated and plain notes from a file, a folder or an archive, all at once.
public enum CorpusReader {
    /// Reads the corpus at `path` and calls it `name`. A document's metadata name its file.
    ///
    /// - Throws: ``CorpusError`` or `FileError`, naming file and line.
    public static func read(_ path: String, name: String, options: ReadOptions = ReadOptions()) throws -> ReadResult {
        let stream = try CorpusStream(path, options: options)
        var documents: [Document] = []
        let summary = try stream.read { documents += $0.documents }
        if stream.format == .i2b2 { I2B2Keys.rememberElements(in: &documents) }
        return ReadResult(corpus: Corpus(name: name, documents: documents), summary: summary)
    }
}
