import ClinicalText

/// Counts word by word which types two annotations give, for Cohen's kappa.
///
/// A word's category is the set of types of all mentions whose fragments touch it, so that overlapping mentions count.
///
/// Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20
/// (1960).
struct WordAgreement {
    private var words = 0
    private var equal = 0
    private var firstCounts: [Set<String>: Int] = [:]
    private var secondCounts: [Set<String>: Int] = [:]

    /// Adds one note.
    mutating func add(_ text: String, _ first: [Entity], _ second: [Entity]) {
        let words = Self.words(of: text)
        for (left, right) in zip(Self.categories(of: words, first), Self.categories(of: words, second)) {
            firstCounts[left, default: 0] += 1
            secondCounts[right, default: 0] += 1
            self.words += 1
            if left == right { equal += 1 }
        }
    }

    /// The agreement of all notes.
    var result: AgreementResult.WordAgreementResult {
        let total = Double(words)
        // Summed as whole numbers, so that the order of the categories cannot matter.
        let chance = firstCounts.reduce(0) { $0 + $1.value * secondCounts[$1.key, default: 0] }
        let expected = words == 0 ? 1 : Double(chance) / (total * total)
        let kappa = expected == 1 ? nil : (Double(equal) / total - expected) / (1 - expected)
        return AgreementResult.WordAgreementResult(words: words, equal: equal, kappa: kappa)
    }

    /// Runs of letters, marks and digits, and every other visible code point by itself.
    private static func words(of text: String) -> [TextSpan] {
        var words: [TextSpan] = []
        var offset = 0
        var isInWord = false
        for scalar in text.unicodeScalars {
            let end = offset + UTF8.width(scalar)
            let properties = scalar.properties
            let isWord = properties.isAlphabetic || properties.numericType != nil || properties.isGraphemeExtend
            if isWord, isInWord {
                words[words.count - 1].end = end
            } else if !properties.isWhitespace {
                words.append(TextSpan(start: offset, end: end))
            }
            isInWord = isWord
            offset = end
        }
        return words
    }

    /// The set of types that touch each word.
    private static func categories(of words: [TextSpan], _ entities: [Entity]) -> [Set<String>] {
        var categories = [Set<String>](repeating: [], count: words.count)
        let spans = entities.flatMap { entity in entity.spans.map { (span: $0, type: entity.type) } }
        // Spans of one type are joined first: the work then grows with words times types, not times mentions.
        for (type, spans) in Dictionary(grouping: spans, by: \.type) {
            var word = 0
            for span in spans.map(\.span).sorted() {
                while word < words.count, words[word].end <= span.start { word += 1 }
                while word < words.count, words[word].start < span.end {
                    if words[word].overlaps(span) { categories[word].insert(type) }
                    word += 1
                }
                // The last word may reach into the next span.
                if word > 0 { word -= 1 }
            }
        }
        return categories
    }
}
