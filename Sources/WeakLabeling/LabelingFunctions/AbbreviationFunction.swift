import ClinicalText
import TextProcessing

/// Gives an abbreviation the type of the words it stands for, wherever it stands in the document that explains it.
///
/// In `congestive heart failure (CHF)` the long form is a disease for a lexicon or rule; then each `CHF` is.
public struct AbbreviationFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name = "abbreviation"

    /// Makes the function.
    public init() {}

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        let definitions = AbbreviationDefinitions.find(in: document.document)
        guard !definitions.isEmpty else { return [] }
        let segmentation = document.document.segmentation
        var types: [Substring: String] = [:]
        for definition in definitions {
            let long = segmentation.tokens(overlapping: definition.longForm)
            let short = document.document.document.text(of: definition.shortForm)
            // The head of an English noun phrase is its last word: its vote must reach there.
            let candidates = document.sourceVotes.filter {
                $0.type != nil && $0.tokens.overlaps(long) && $0.tokens.upperBound == long.upperBound
            }
            if let type = candidates.max(by: { $0.tokens.count < $1.tokens.count })?.type, types[short] == nil {
                types[short] = type
            }
        }
        guard !types.isEmpty else { return [] }
        return segmentation.tokens.indices.compactMap { token in
            types[document.text(ofToken: token)].map { type in
                Vote(tokens: token..<token + 1, type: type, evidence: name)
            }
        }
    }
}
