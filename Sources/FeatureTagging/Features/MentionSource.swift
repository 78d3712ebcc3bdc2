import ClinicalText

/// Anything that knows mentions in documents before they are tagged, such as a lexicon.
public protocol MentionSource: Sendable {
    /// The mentions in a document: which of its tokens, and of which type; they may overlap.
    func mentions(in document: SegmentedDocument) -> [(tokens: Range<Int>, type: String)]
}

extension MentionSource {
    /// For each token its place in the longest mention that covers it, as `B-Disease` or `I-Disease`, or an empty
    /// string. Of equally long mentions the earlier one counts, then the type that comes first in the alphabet.
    func tags(of document: SegmentedDocument) -> [String] {
        var tags = [String](repeating: "", count: document.segmentation.tokens.count)
        let mentions = mentions(in: document).sorted {
            ($1.tokens.count, $0.tokens.lowerBound, $0.type) < ($0.tokens.count, $1.tokens.lowerBound, $1.type)
        }
        for mention in mentions {
            for token in mention.tokens where tags[token].isEmpty {
                tags[token] = (token == mention.tokens.lowerBound ? "B-" : "I-") + mention.type
            }
        }
        return tags
    }
}
