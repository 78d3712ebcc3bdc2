import ClinicalText
import Essentials

/// Writes annotated notes.
public enum CorpusWriter {
    /// Writes `documents` to `path`: a folder of one file or pair of files a document for ``CorpusFormat/i2b2`` and
    /// ``CorpusFormat/brat``, one file for ``CorpusFormat/jsonl``.
    ///
    /// Only JSON Lines hold everything: XML and brat have no provenance, XML has no relations, and neither takes the
    /// kept lines of the other. Files appear whole or not at all; other files of the folder stay.
    ///
    /// - Throws: ``CorpusError`` for what the format cannot hold, `FileError` when the disk refuses.
    public static func write(_ documents: [Document], to path: String, format: CorpusFormat) throws {
        switch format {
        case .jsonl:
            try AtomicFile.write(to: path) { writer in
                for document in documents { try writer.write(JSONLinesWriter.line(of: document) + "\n") }
            }
        case .i2b2:
            try writeFolder(documents, to: path, format: format) { document, stem in
                try AtomicFile.write(I2B2Writer.xml(of: document), to: stem + ".xml")
            }
        case .brat:
            try writeFolder(documents, to: path, format: format) { document, stem in
                let annotations = try BratWriter.annotations(of: document)
                try AtomicFile.write(document.text, to: stem + ".txt")
                try AtomicFile.write(annotations, to: stem + ".ann")
            }
        case .text, .table:
            throw CorpusError.notWritable(format: format)
        }
    }

    private static func writeFolder(
        _ documents: [Document], to path: String, format: CorpusFormat, write: (Document, String) throws -> Void
    ) throws {
        var ids: Set<String> = []
        for document in documents {
            guard !document.id.isEmpty, document.id.utf8.count <= 200, !document.id.hasPrefix("."),
                !document.id.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 < 0x20 })
            else {
                throw CorpusError.nameNotInFormat(
                    document: document.id, name: document.id, format: format,
                    rule: "the id becomes a file's name, so it has 1 to 200 bytes, no slash and no leading dot")
            }
            guard ids.insert(document.id).inserted else {
                throw CorpusError.duplicateDocument(id: document.id, first: path, second: path)
            }
        }
        try AtomicFile.makeFolder(path)
        for document in documents { try write(document, "\(path)/\(document.id)") }
    }
}
