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
    private var tallies: [VoteTally]
    /// The documents that have gold, with their mentions and the functions' votes for mentions.
    private var documents: [(document: SegmentedDocument, mentions: Set<Mention>, votes: [[Mention]])] = []
    private var shared: [Int: (shared: Int, agreeing: Int)] = [:]
    private var abbreviations: [String: AbbreviationSummary] = [:]

    init(functions: [any LabelingFunction], types: [String]) {
        self.types = types
        scheme = TagScheme(types: types)
        votedTypes = Array(repeating: [], count: functions.count)
        goldTokens = Array(repeating: 0, count: types.count + 1)
        goldSpans = goldTokens
        typedTokens = Array(repeating: 0, count: functions.count)
        tallies = Array(repeating: VoteTally(), count: functions.count)
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
            addPairs(cells)
            for cell in cells {
                analysis.functions[cell.function].votedTokens += 1
                if cells.count > 1 { analysis.functions[cell.function].overlappingTokens += 1 }
                if cells.contains(where: {
                    $0.label != cell.label && !$0.isAgainst || $0.label == cell.label && $0.isAgainst != cell.isAgainst
                }) {
                    analysis.functions[cell.function].conflictingTokens += 1
                }
            }
        }
        for use in votes.abbreviations {
            var summary =
                abbreviations[use.abbreviation]
                ?? AbbreviationSummary(abbreviation: use.abbreviation, senses: [:], undecided: 0)
            if let sense = use.sense { summary.senses[sense.longForm, default: 0] += 1 }
            if !use.isDecided { summary.undecided += 1 }
            abbreviations[use.abbreviation] = summary
        }
        if let gold { compare(votes, of: document, silver: silver, with: gold) }
    }

    private mutating func addPairs(_ cells: [LabelMatrix.Cell]) {
        let count = analysis.functions.count
        let cells = cells.sorted { $0.function < $1.function }
        for (place, cell) in cells.enumerated() {
            for other in cells[(place + 1)...] {
                var pair = shared[cell.function * count + other.function] ?? (0, 0)
                pair.shared += 1
                if cell.label == other.label, cell.isAgainst == other.isAgainst { pair.agreeing += 1 }
                shared[cell.function * count + other.function] = pair
            }
        }
    }

    /// The finished analysis.
    func analysis(accuracies: [Double?]) -> LabelingAnalysis {
        var analysis = analysis
        for index in analysis.functions.indices {
            analysis.functions[index].types = votedTypes[index].map(name(of:)).sorted()
            analysis.functions[index].estimatedAccuracy = accuracies[index]
            addMissed(to: &analysis.functions[index], at: index)
        }
        analysis.pairs = pairs
        analysis.abbreviations = abbreviations.values.sorted { $0.abbreviation < $1.abbreviation }
        return analysis
    }

    private var pairs: [FunctionPair] {
        let count = analysis.functions.count
        return shared.sorted { ($1.value.shared, $0.key) < ($0.value.shared, $1.key) }.map { place, tokens in
            let (first, second) = (analysis.functions[place / count], analysis.functions[place % count])
            return FunctionPair(
                first: first.name, second: second.name, shared: tokens.shared, agreeing: tokens.agreeing,
                redundancy: Double(tokens.agreeing) / Double(max(1, min(first.votedTokens, second.votedTokens))))
        }
    }

    private func name(of label: Int) -> String { label == LabelMatrix.outside ? "outside" : types[label - 1] }

    private mutating func compare(
        _ votes: DocumentVotes, of document: SegmentedDocument, silver: [Entity], with gold: [Entity]
    ) {
        let (mentions, labels) = Mention.all(of: gold, in: document, scheme: scheme)
        compareTokens(votes, with: labels)
        compareSpans(votes, of: document, with: mentions)
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

    private mutating func compareSpans(
        _ votes: DocumentVotes, of document: SegmentedDocument, with mentions: Set<Mention>
    ) {
        for mention in mentions { goldSpans[mention.label] += 1 }
        var own = [[Mention]](repeating: [], count: tallies.count)
        for cast in votes.casts where cast.label != LabelMatrix.outside && !cast.isAgainst {
            let mention = Mention(tokens: cast.vote.tokens, label: cast.label)
            add(\.spans, mentions.contains(mention), to: cast.function)
            if !own[cast.function].contains(mention) { own[cast.function].append(mention) }
        }
        for function in own.indices where !own[function].isEmpty {
            tallies[function].add(own[function], mentions: mentions, in: document, types: types)
        }
        documents.append((document, mentions, own))
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
        var tally = tallies[index]
        for (document, mentions, votes) in documents {
            let own = Set(votes[index])
            tally.add(missed: mentions.filter { labels.contains($0.label) && !own.contains($0) }, in: document)
        }
        function.gold?.boundary = tally.boundary
        function.gold?.byLength = tally.byLength
        function.gold?.byKind = tally.byKind
        function.gold?.examples = tally.examples
    }
}
