import ClinicalText

extension WriteContext {
    /// Counts what a format loses of a document that holds none of its metadata, labels and kept lines.
    func loseSurroundings(of document: Document) {
        lose(.metadata, count: document.metadata.keys.count { !LayoutKeys.contains($0) })
        lose(.label, count: document.labels.count)
        lose(.line, count: document.uninterpreted.count)
    }

    /// Counts the attributes that a format loses; those called as in `except` are held.
    func loseAttributes(_ attributes: [String: String], except held: Set<String> = []) {
        lose(.attribute, count: attributes.keys.count { !LayoutKeys.contains($0) && !held.contains($0) })
    }

    /// Counts who says so, unless that is a person, which every format means when it says nothing.
    func loseProvenance(of entity: Entity) {
        if entity.provenance != .gold || !entity.evidence.isEmpty { lose(.provenance) }
    }

    /// Counts who says so of all of a document's entities.
    func loseProvenance(of document: Document) {
        for entity in document.entities { loseProvenance(of: entity) }
    }

    /// Counts the gaps of a document's entities.
    func loseGaps(of document: Document) {
        lose(.gap, count: document.entities.reduce(0) { $0 + $1.spans.count - 1 })
    }

    /// Counts all of a document's own metadata.
    func loseMetadata(of document: Document) {
        lose(.metadata, count: LayoutKeys.ofNote(document.metadata).count)
    }
}
