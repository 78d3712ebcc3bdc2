import ClinicalText

/// Votes for the first words of the items of a section: in `medications`, what stands before the first number.
///
/// Items are sentences and what commas and semicolons divide them into.
public struct SectionFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name: String
    private let rule: SectionRule
    private let type: String

    /// Makes the function; `type` is the rule's type in this experiment.
    public init(_ rule: SectionRule, type: String) {
        name = "section/\(rule.section)"
        self.rule = rule
        self.type = type
    }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        let segmentation = document.document.segmentation
        var votes: [Vote] = []
        for section in segmentation.sections where rule.applies(to: section.name) {
            let body = segmentation.tokens(
                overlapping: TextSpan(start: section.header?.end ?? section.span.start, end: section.span.end))
            for sentence in segmentation.sentences {
                let tokens = sentence.tokens.clamped(to: body)
                for item in Self.items(of: tokens, in: document) {
                    if let vote = vote(on: item, in: document) { votes.append(vote) }
                }
            }
        }
        return votes
    }

    private static func items(of tokens: Range<Int>, in document: LabelingContext) -> [Range<Int>] {
        var items: [Range<Int>] = []
        var start = tokens.lowerBound
        for token in tokens {
            let text = document.text(ofToken: token)
            guard text == "," || text == ";" else { continue }
            items.append(start..<token)
            start = token + 1
        }
        items.append(start..<tokens.upperBound)
        return items
    }

    private func vote(on item: Range<Int>, in document: LabelingContext) -> Vote? {
        var start = item.lowerBound
        // Bullets, numbers of the list and opening brackets.
        while start < item.upperBound, !Self.isWord(document.text(ofToken: start)) { start += 1 }
        var end = start
        while end < item.upperBound, end - start <= rule.maximumWords, Self.isWord(document.text(ofToken: end)) {
            end += 1
        }
        guard end > start, end - start <= rule.maximumWords else { return nil }
        let isFollowedByNumber = end < item.upperBound && document.text(ofToken: end).first?.isNumber == true
        let endsItem = end == item.upperBound || document.text(ofToken: end) == "("
        guard rule.requiresNumber ? isFollowedByNumber : endsItem || isFollowedByNumber else { return nil }
        // Where a source speaks already, this one has nothing to add about where the name ends.
        guard !(start..<end).contains(where: { document.isVotedFor[$0] }) else { return nil }
        guard
            !document.contexts.negations.contains(where: {
                $0.cue.overlaps(start..<end) || $0.tokens.overlaps(start..<end)
            })
        else { return nil }
        return Vote(tokens: start..<end, type: type, evidence: name)
    }

    /// Letters and hyphens, at least three of them.
    private static func isWord(_ text: Substring) -> Bool {
        text.utf8.count >= 3 && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "-" }
    }
}
