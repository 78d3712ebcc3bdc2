import ClinicalText
import Essentials

/// Writes annotated notes.
public enum CorpusWriter {
    /// Writes `documents` to `path`.
    @discardableResult
    public static func write(
        _ documents: [Document], to path: String, format: CorpusFormat, options: WriteOptions = WriteOptions()
    ) throws -> [CorpusPart: Int] {
        try write(to: path, format: format, options: options) { write in
            for document in documents { try write(document) }
        }
    }

    /// Writes the documents that `feed` hands to its argument to `path`: a folder or a file, see
    /// ``writesFolder(_:)``.
    ///
    /// Only JSON Lines of ours hold everything. Files appear whole or not at all; other files of the folder stay.
    ///
    /// - Returns: what the format cannot hold and is lost.
    /// - Throws: ``CorpusError`` for what the format cannot hold and nobody may lose, `FileError` when the disk
    ///   refuses, what `feed` throws.
    @discardableResult
    public static func write(
        to path: String, format: CorpusFormat, options: WriteOptions = WriteOptions(),
        feed: ((Document) throws -> Void) throws -> Void
    ) throws -> [CorpusPart: Int] {
        let context = WriteContext(options: options)
        try withoutActuallyEscaping(feed) { feed in
            try writable(format).write(to: path, context: context, from: feed)
        }
        return context.lost
    }

    /// Whether a corpus in `format` is a folder of files rather than one file.
    ///
    /// - Throws: ``CorpusError/notWritable(format:)``.
    public static func writesFolder(_ format: CorpusFormat) throws -> Bool { try writable(format).writesFolder }

    /// The ending of a corpus in `format` that is one file, without the dot.
    public static func ending(_ format: CorpusFormat) -> String {
        Formats.definition(of: format).extensions.first { !$0.isEmpty } ?? "txt"
    }

    /// The formats that can be written.
    public static var formats: [CorpusFormat] {
        CorpusFormat.allCases.filter { (try? writable($0)) != nil }
    }

    private static func writable(_ format: CorpusFormat) throws -> any WritableFormat.Type {
        guard let definition = Formats.all.first(where: { $0.format == format }) as? any WritableFormat.Type else {
            throw CorpusError.notWritable(format: format)
        }
        return definition
    }
}
