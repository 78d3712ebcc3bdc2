import ClinicalText

/// Votes for the items of a negated list that no other source knows: in `denies chest pain, SOB, or paresis` the last.
///
/// A negation cue begins the list, and commas, `or`, `nor` and slashes divide it. At least two of its items, and most
/// of them, must be known to be of the type, so that `no changes, no complaints` says nothing.
public struct NegationFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name = "negation"
    private let type: String
    private let maximumWords = 2

    /// Makes the function; `type` is what negated lists hold.
    public init(type: String) { self.type = type }

    private static let dividers: Set<String> = [",", "/", "or", "nor"]
    private static let leading: Set<String> = [
        "and", "any", "recent", "current", "other", "new", "no", "the", "a", "an", "her", "his", "significant",
    ]

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        var isOfType = [Bool](repeating: false, count: document.isVotedFor.count)
        for vote in document.votes where vote.type == type {
            for token in vote.tokens { isOfType[token] = true }
        }
        return document.contexts.negations.flatMap { scope in
            scope.isForward ? votes(on: items(of: scope.tokens, in: document), in: document, isOfType) : []
        }
    }

    private func votes(on items: [Range<Int>], in document: LabelingContext, _ isOfType: [Bool]) -> [Vote] {
        let known = items.count { item in item.contains { isOfType[$0] } }
        guard known >= 2, 2 * known > items.count else { return [] }
        return items.compactMap { item in
            guard !item.isEmpty, item.count <= maximumWords, !item.contains(where: { document.isVotedFor[$0] }),
                item.allSatisfy({ Self.isWord(document.text(ofToken: $0)) })
            else { return nil }
            return Vote(tokens: item, type: type, evidence: name)
        }
    }

    private func items(of tokens: Range<Int>, in document: LabelingContext) -> [Range<Int>] {
        var items: [Range<Int>] = []
        var start = tokens.lowerBound
        func close(at end: Int) {
            while start < end, Self.leading.contains(document.text(ofToken: start).lowercased()) { start += 1 }
            if start < end { items.append(start..<end) }
            start = end + 1
        }
        for token in tokens where Self.dividers.contains(document.text(ofToken: token).lowercased()) {
            close(at: token)
        }
        close(at: tokens.upperBound)
        return items
    }

    private static func isWord(_ text: Substring) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "-" } && text.utf8.count >= 3
    }
}
