import Evaluation

/// A disagreement as a line of JSON, with the mentions' texts if they are shown.
struct ListedDisagreement: Encodable {
    var document: String
    var first: Disagreement.Mention?
    var firstText: String?
    var kind: Disagreement.Kind
    var second: Disagreement.Mention?
    var secondText: String?

    init(_ disagreement: Disagreement, texts: MentionTexts) {
        document = disagreement.document
        kind = disagreement.kind
        first = disagreement.first
        second = disagreement.second
        firstText = first.flatMap { texts.text(of: $0, in: disagreement.document) }
        secondText = second.flatMap { texts.text(of: $0, in: disagreement.document) }
    }
}
