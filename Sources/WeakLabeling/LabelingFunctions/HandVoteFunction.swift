import ClinicalText

/// Votes as a person wrote them into a table.
struct HandVoteFunction: LabelingFunction {
    let name = "hand"
    private let path: String
    private let lines: [String: [HandVotes.Line]]

    init(_ votes: HandVotes) {
        path = votes.path
        lines = Dictionary(grouping: votes.lines, by: \.document)
    }

    /// The votes on a document.
    ///
    /// - Throws: ``WeakLabelingError/handVoteBeyondText(place:document:)``.
    func votes(on document: LabelingContext) throws -> [Vote] {
        guard let lines = lines[document.document.document.id] else { return [] }
        let offsets = TextOffsets(document.document.document.text)
        return try lines.compactMap { line in
            guard let span = offsets.span(ofCodePoints: line.range.lowerBound, line.range.upperBound) else {
                throw WeakLabelingError.handVoteBeyondText(
                    place: "\(path):\(line.line)", document: document.document.document.id)
            }
            let tokens = document.document.segmentation.tokens(overlapping: span)
            guard !tokens.isEmpty else { return nil }
            return Vote(tokens: tokens, claim: line.claim, strength: line.strength, evidence: "\(name):\(line.line)")
        }
    }
}
