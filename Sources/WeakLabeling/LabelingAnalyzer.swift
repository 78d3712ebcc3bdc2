import ClinicalText
import Evaluation
import LabelModels

/// Counts what labeling functions did, document by document.
struct LabelingAnalyzer {
    private var analysis = LabelingAnalysis()
    private var votedTypes: [Set<Int>]
    private let types: [String]
    private let scheme: TagScheme
    /// Gold tokens and gold spans of each class, in the documents that have gold.
    private var goldTokens: [Int]
    private var goldSpans: [Int]
    /// For each function the tokens it rightly gave a type.
    private var typedTokens: [Int]

    init(functions: [any LabelingFunction], types: [String]) {
        self.types = types
        scheme = TagScheme(types: types)
        votedTypes = Array(repeating: [], count: functions.count)
        goldTokens = Array(repeating: 0, count: types.count + 1)
        goldSpans = goldTokens
        typedTokens = Array(repeating: 0, count: functions.count)
        analysis.functions = functions.map { LabelingAnalysis.Function(name: $0.name, types: []) }
    }

    /// Adds a document; `gold` are its true entities where they are known.
    mutating func add(_ votes: DocumentVotes, of document: SegmentedDocument, silver: [Entity], gold: [Entity]?) {
        analysis.tokenCount += votes.tokenCount
        for entity in silver { analysis.silverCounts[entity.type, default: 0] += 1 }
        for cast in votes.casts {
            analysis.functions[cast.function].votes += 1
            votedTypes[cast.function].insert(cast.label)
        }
        for token in 0..<votes.tokenCount {
            let cells = votes.cells(on: token)
            if !cells.isEmpty { analysis.votedTokenCount += 1 }
            for cell in cells {
                analysis.functions[cell.function].votedTokens += 1
                if cells.count > 1 { analysis.functions[cell.function].overlappingTokens += 1 }
                if cells.contains(where: { $0.label != cell.label && !$0.isAgainst || $0.label == cell.label && $0.isAgainst != cell.isAgainst }) {
                    analysis.functions[cell.function].conflictingTokens += 1
                }
            }
        }
        if let gold { compare(votes, of: document, silver: silver, with: gold) }
    }

    /// The finished analysis.
    func analysis(accuracies: [Double?]) -> LabelingAnalysis {
        var analysis = analysis
        for index in analysis.functions.indices {
            analysis.functions[index].types = votedTypes[index].map(name(of:)).sorted()
            analysis.functions[index].estimatedAccuracy = accuracies[index]
            addMissed(to: &analysis.functions[index], at: index)
        }
        return analysis
    }

    private func name(of label: Int) -> String { label == LabelMatrix.outside ? "outside" : types[label - 1] }

    /// A gold entity as tokens and a class.
    private struct Mention: Hashable {
        var tokens: Range<Int>
        var label: Int
    }

    private mutating func compare(
        _ votes: DocumentVotes, of document: SegmentedDocument, silver: [Entity], with gold: [Entity]
    ) {
        var annotated = document
        annotated.document.entities = gold
        let tags = scheme.tags(of: annotated).tags
        let labels = tags.map { tag in scheme.typeIndex(of: tag).map { $0 + 1 } ?? LabelMatrix.outside }
        let mentions = Set(scheme.runs(in: tags).map { Mention(tokens: $0.tokens, label: $0.typeIndex + 1) })
        compareTokens(votes, with: labels)
        compareSpans(votes, with: mentions)
        var counts = analysis.silver ?? [:]
        let found = Set(
            silver.compactMap { entity -> Mention? in
                guard let type = scheme.index(of: entity.type) else { return nil }
                return Mention(tokens: document.segmentation.tokens(overlapping: entity.hull), label: type + 1)
            })
        for mention in found.union(mentions) {
            let type = types[mention.label - 1]
            switch (found.contains(mention), mentions.contains(mention)) {
            case (true, true): counts[type, default: Counts()].truePositives += 1
            case (true, false): counts[type, default: Counts()].falsePositives += 1
            default: counts[type, default: Counts()].falseNegatives += 1
            }
        }
        analysis.silver = counts
    }

    private mutating func compareTokens(_ votes: DocumentVotes, with labels: [Int]) {
        for label in labels { goldTokens[label] += 1 }
        for token in 0..<votes.tokenCount {
            for cell in votes.cells(on: token) {
                let isRight = (labels[token] == cell.label) != cell.isAgainst
                add(\.tokens, isRight, to: cell.function)
                if isRight && cell.label != LabelMatrix.outside && !cell.isAgainst { typedTokens[cell.function] += 1 }
            }
        }
    }

    private mutating func compareSpans(_ votes: DocumentVotes, with mentions: Set<Mention>) {
        for mention in mentions { goldSpans[mention.label] += 1 }
        for cast in votes.casts where cast.label != LabelMatrix.outside && !cast.isAgainst {
            add(\.spans, mentions.contains(Mention(tokens: cast.vote.tokens, label: cast.label)), to: cast.function)
        }
    }

    private mutating func add(
        _ counts: WritableKeyPath<LabelingAnalysis.GoldAgreement, Counts>, _ isRight: Bool, to function: Int
    ) {
        var gold = analysis.functions[function].gold ?? LabelingAnalysis.GoldAgreement()
        if isRight { gold[keyPath: counts].truePositives += 1 } else { gold[keyPath: counts].falsePositives += 1 }
        analysis.functions[function].gold = gold
    }

    /// What a function missed: gold of the types that it ever votes for. Known only when all documents are counted.
    private func addMissed(to function: inout LabelingAnalysis.Function, at index: Int) {
        guard function.gold != nil else { return }
        let labels = votedTypes[index].filter { $0 != LabelMatrix.outside }
        function.gold?.tokens.falseNegatives = labels.reduce(0) { $0 + goldTokens[$1] } - typedTokens[index]
        let found = function.gold?.spans.truePositives ?? 0
        function.gold?.spans.falseNegatives = max(0, labels.reduce(0) { $0 + goldSpans[$1] } - found)
    }
}
