import ClinicalText
import Evaluation

/// The texts of mentions that are only known by their offsets.
final class MentionTexts {
    private let documents: [String: Document]
    private var offsets: (document: String, offsets: TextOffsets)?

    /// Of these documents; of none, no text is known.
    init(_ documents: [Document]) {
        self.documents = Dictionary(documents.map { ($0.id, $0) }) { first, _ in first }
    }

    /// The text of a mention, its fragments joined by a blank; nothing if the document is not known.
    func text(of mention: Disagreement.Mention, in document: String) -> String? {
        guard let note = documents[document] else { return nil }
        if offsets?.document != document { offsets = (document, TextOffsets(note.text)) }
        return mention.spans.map { range in
            offsets?.offsets.span(ofCodePoints: range.lowerBound, range.upperBound).map { String(note.text(of: $0)) }
                ?? ""
        }.joined(separator: " ")
    }
}
