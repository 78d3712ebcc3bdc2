import ClinicalText

/// Parts of files that are not interpreted, as lines of ``Document/uninterpreted`` that say whose they are.
enum KeptLines {
    /// The line of a part of a file in `format`.
    static func line(_ text: String, of format: CorpusFormat) -> String { "\(format.rawValue) \(text)" }

    /// The parts of a document's file in `format` that are kept as lines.
    static func of(_ document: Document, _ format: CorpusFormat) -> [String] {
        let prefix = "\(format.rawValue) "
        return document.uninterpreted.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}
