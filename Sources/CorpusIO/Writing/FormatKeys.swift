import ClinicalText

/// Tells metadata and attributes that only serve one format, such as `brat.lines`, from what a note says.
enum FormatKeys {
    /// The prefixes of the formats that keep such keys.
    private static let prefixes = [
        "autoner.", "bioc.", "brat.", "conll.", "doccano.", "i2b2.", "label-studio.", "prodigy.", "pubtator.", "spacy.",
        "wrench.", "xmi.",
    ]

    /// Whether a key of metadata or attributes only serves some format.
    static func serveAFormat(_ key: String) -> Bool { prefixes.contains(where: key.hasPrefix) }

    /// The metadata that say something about the note itself: without those of formats and of where it was read.
    static func ofNote(_ metadata: [String: String]) -> [String: String] {
        metadata.filter { $0.key != "file" && $0.key != "line" && !serveAFormat($0.key) }
    }

    /// The attributes that say something about the mention or relation itself.
    static func ofMention(_ attributes: [String: String]) -> [String: String] {
        attributes.filter { !serveAFormat($0.key) }
    }

    /// A part of a file that is not interpreted, as a line of ``Document/uninterpreted`` that says whose it is.
    static func keptLine(_ text: String, of format: CorpusFormat) -> String { "\(format.rawValue) \(text)" }

    /// The parts of a document's file in `format` that are kept as lines.
    static func keptLines(of document: Document, _ format: CorpusFormat) -> [String] {
        let prefix = "\(format.rawValue) "
        return document.uninterpreted.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}

extension WriteContext {
    /// Counts what a format loses that holds neither provenance nor evidence.
    func loseProvenance(of document: Document) {
        lose(.provenance, count: document.entities.count { $0.provenance != .gold || !$0.evidence.isEmpty })
    }

    /// Counts the gaps of a document's entities.
    func loseGaps(of document: Document) {
        lose(.gap, count: document.entities.reduce(0) { $0 + $1.spans.count - 1 })
    }

    /// Counts all of a document's own metadata.
    func loseMetadata(of document: Document) {
        lose(.metadata, count: FormatKeys.ofNote(document.metadata).count)
    }
}
