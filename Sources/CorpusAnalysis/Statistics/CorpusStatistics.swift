import ClinicalText
import CorpusIO
import TextProcessing

/// A corpus in numbers; those of its parts add up.
public struct CorpusStatistics: Sendable, Equatable, Encodable {
    /// How many notes there are.
    public var documents = 0
    /// How many have no mention.
    public var documentsWithoutMentions = 0
    /// Sentences and list items.
    public var sentences = 0
    /// Tokens with a letter or a digit, as ``WordSplitter`` divides them.
    public var words = 0
    /// All tokens, marks of punctuation too.
    public var tokens = 0
    /// Unicode code points.
    public var characters = 0
    /// Abbreviations that a note explains itself.
    public var definitions = 0
    /// The mentions of each type.
    public var types: [String: MentionStatistics] = [:]
    /// Relations of each type.
    public var relations: [String: Int] = [:]
    /// Mentions that have each attribute.
    public var attributes: [String: Int] = [:]
    /// Labels of documents, by name and value (`SMOKING=CURRENT SMOKER`).
    public var labels: [String: Int] = [:]

    /// No documents.
    public init() {}

    /// How many mentions there are.
    public var mentions: Int { types.values.reduce(0) { $0 + $1.mentions } }

    /// The mentions of all types together; different texts are counted over the types.
    public var allTypes: MentionStatistics {
        var all = MentionStatistics()
        for type in types.values { all.add(type) }
        all.documents = documents - documentsWithoutMentions
        return all
    }

    /// Adds the numbers of other documents.
    public mutating func add(_ other: CorpusStatistics) {
        documents += other.documents
        documentsWithoutMentions += other.documentsWithoutMentions
        sentences += other.sentences
        words += other.words
        tokens += other.tokens
        characters += other.characters
        definitions += other.definitions
        for (type, statistics) in other.types { types[type, default: MentionStatistics()].add(statistics) }
        relations.merge(other.relations, uniquingKeysWith: +)
        attributes.merge(other.attributes, uniquingKeysWith: +)
        labels.merge(other.labels, uniquingKeysWith: +)
    }

    /// The numbers of the corpus at `path`, read on several threads.
    ///
    /// `advance` is told how many more documents were read.
    ///
    /// - Returns: the numbers, and what reading found besides.
    /// - Throws: ``CorpusError`` or `FileError`.
    public static func of(
        _ path: String, options: ReadOptions, threads: Int, advance: (Int) -> Void = { _ in }
    ) throws -> (statistics: CorpusStatistics, read: ReadSummary) {
        var all = CorpusStatistics()
        let measurer = DocumentMeasurer()
        let read = try CorpusStream(path, options: options).map(
            threads: threads,
            transform: { read in read.documents.map { measurer.statistics(of: $0) } },
            body: { parts, read in
                let isRepairing = options.mode == .repair
                for (index, part) in parts.enumerated() where isRepairing || read.repeats[index] == nil {
                    all.add(part)
                }
                advance(parts.count)
            })
        return (all, read)
    }
}
