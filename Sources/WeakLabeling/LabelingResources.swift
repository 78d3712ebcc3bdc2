import ClinicalText
import Lexicons
import PatternMatching
import TextProcessing

/// Everything that labeling functions share: lexicons compiled into one matcher, rules into one pattern set, cues.
public struct LabelingResources: Sendable {
    /// The lexicons, in the order in which matches name them.
    public let lexicons: [Lexicon]
    /// The rules, in the order in which matches name them.
    public let rules: [PatternRule]

    /// The tables of modifiers.
    public let modifiers: [Modifiers]
    /// For each rule the file it stands in.
    let rulePaths: [String]
    let patterns: PatternSet
    let lexiconMatcher: LexiconMatcher
    private let modifierMatcher: LexiconMatcher
    private let cues: ContextCues?
    private let cueMatcher: LexiconMatcher
    private let contextSections: [String: AssertionContext]
    private let neighborMatcher: LexiconMatcher
    private let senses: AbbreviationSenses?
    private let normalizer = TextNormalizer()

    /// Compiles the sources.
    init(
        lexicons: [Lexicon], ruleFiles: [RuleFile], modifiers: [Modifiers] = [], contextCues: ContextCues? = nil,
        contextSections: [String: AssertionContext] = [:], neighborCues: NeighborCues? = nil,
        senses: AbbreviationSenses? = nil
    ) {
        self.lexicons = lexicons
        rules = ruleFiles.flatMap(\.rules)
        rulePaths = ruleFiles.flatMap { file in file.rules.map { _ in file.path } }
        patterns = PatternSet(ruleFiles.flatMap(\.patterns))
        lexiconMatcher = LexiconMatcher(lexicons)
        self.modifiers = modifiers
        modifierMatcher = LexiconMatcher(modifiers.map(\.lexicon))
        cues = contextCues
        cueMatcher = LexiconMatcher(contextCues.map { [$0.lexicon] } ?? [])
        self.contextSections = contextSections
        neighborMatcher = LexiconMatcher(neighborCues.map { [$0.lexicon] } ?? [])
        self.senses = senses
    }

    /// What the sources find in a document.
    ///
    /// - Throws: ``WeakLabelingError/patternStopped(place:rule:document:reason:)``.
    public func context(of document: SegmentedDocument) throws -> LabelingContext {
        let normalized = normalizer.normalize(document.document.text)
        let tokens = document.segmentation.tokens.map { normalized.normalized(of: $0.span) }
        // Rules are written for words with blanks between them, and a wrapped line is only that.
        var bytes = Array(normalized.text.utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") { bytes[index] = UInt8(ascii: " ") }
        return try bytes.withUnsafeBufferPointer { text in
            let words = FoldedWords(normalized: text, tokens: tokens)
            let sentences = document.segmentation.sentences
            let headings = Self.headings(of: document.segmentation)
            func isInHeading(_ tokens: Range<Int>) -> Bool { headings.contains { $0.overlaps(tokens) } }
            var lexiconMatches = [[LexiconMatch]](repeating: [], count: lexicons.count)
            for match in lexiconMatcher.matches(in: words, text: text, sentences: sentences)
            where !isInHeading(match.tokens) {
                lexiconMatches[match.lexicon].append(match)
            }
            var ruleMatches = [[RuleMatch]](repeating: [], count: rules.count)
            for match in try self.ruleMatches(
                in: text, sentences: sentences, tokens: tokens, document: document.document.id)
            where !isInHeading(match.tokens) {
                ruleMatches[match.rule].append(match)
            }
            var modifierMatches = [[LexiconMatch]](repeating: [], count: modifiers.count)
            for match in modifierMatcher.matches(in: words, text: text, sentences: sentences) {
                modifierMatches[match.lexicon].append(match)
            }
            let cueMatches = cueMatcher.matches(in: words, text: text, sentences: sentences)
            return LabelingContext(
                document: document, words: words, headings: headings, lexiconMatches: lexiconMatches,
                ruleMatches: ruleMatches, modifierMatches: modifierMatches,
                neighborMatches: neighborMatcher.matches(in: words, text: text, sentences: sentences)
                    .filter { !isInHeading($0.tokens) },
                contexts: ContextScopes(
                    cues: cueMatches.map { (cues?.meanings[$0.entry] ?? [], $0.tokens) },
                    sections: contextSections, document: document),
                abbreviations: senses?.uses(in: document).filter { !isInHeading($0.tokens) } ?? [])
        }
    }

    private func ruleMatches(
        in text: UnsafeBufferPointer<UInt8>, sentences: [Sentence], tokens: [TextSpan], document: String
    ) throws -> [RuleMatch] {
        var result: [RuleMatch] = []
        for sentence in sentences {
            guard let first = sentence.tokens.first, let last = sentence.tokens.last else { continue }
            let start = tokens[first].start
            let slice = UnsafeBufferPointer(rebasing: text[start..<tokens[last].end])
            do {
                for (rule, match) in try patterns.matches(in: slice) {
                    func append(_ range: Range<Int>?, group: String?) {
                        guard let range, !range.isEmpty else { return }
                        let span = range.lowerBound + start..<range.upperBound + start
                        let covered = Self.tokens(overlapping: span, among: tokens, within: sentence.tokens)
                        if !covered.isEmpty { result.append(RuleMatch(rule: rule, group: group, tokens: covered)) }
                    }
                    if rules[rule].target == .namedGroups {
                        for group in patterns.patterns[rule].namedGroups {
                            append(match.groups[group.index], group: group.name)
                        }
                    } else {
                        append(match.range, group: nil)
                    }
                }
            } catch let error as PatternError {
                throw stopped(by: error, on: document)
            }
        }
        return result
    }

    /// The error of a rule that ran past its limit, with the rule's file and line.
    private func stopped(by error: PatternError, on document: String) -> WeakLabelingError {
        guard case .limitReached(let name, let reason) = error, let rule = rules.firstIndex(where: { $0.name == name })
        else { return .patternStopped(place: "rules", rule: "?", document: document, reason: error.description) }
        return .patternStopped(
            place: "\(rulePaths[rule]):\(rules[rule].line)", rule: name, document: document, reason: reason)
    }

    /// The tokens of a sentence that share a byte with a span of the normalized text.
    private static func tokens(
        overlapping span: Range<Int>, among tokens: [TextSpan], within sentence: Range<Int>
    ) -> Range<Int> {
        var low = sentence.lowerBound
        var high = sentence.upperBound
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].end > span.lowerBound { high = middle } else { low = middle + 1 }
        }
        var end = low
        while end < sentence.upperBound, tokens[end].start < span.upperBound { end += 1 }
        return low..<end
    }

    /// The tokens of the headings of known sections.
    private static func headings(of segmentation: Segmentation) -> [Range<Int>] {
        segmentation.sections.compactMap { section in
            guard let header = section.header, section.name != SectionSplitter.other else { return nil }
            return segmentation.tokens(overlapping: header)
        }
    }
}
