import ClinicalText
import Essentials
import Foundation

/// What lexicons say of each word of a document, as features for a tagger: whether it begins a term of a type, or stands
/// further within one.
///
/// Of each lexicon the longest terms count; terms without a type count as of the type `other`.
public struct LexiconFeatures: Sendable {
    /// The file in a folder of ``write(to:)`` that tells of the others.
    public static let fileName = "lexicon-features.json"

    /// The features' names, two a type: `Disease.first`, `Disease.further`.
    public let names: [String]
    /// What finds the terms.
    public let matcher: LexiconMatcher
    private let types: [String]
    /// For each lexicon the number of each of its types, in the order of `LexiconEntries.types`.
    private let numbers: [[Int]]

    /// The features of `lexicons`.
    public init(_ lexicons: [Lexicon]) {
        self.init(lexicons, types: Set(lexicons.flatMap { $0.entries.types.map { $0 ?? Self.other } }).sorted())
    }

    private init(_ lexicons: [Lexicon], types: [String]) {
        matcher = LexiconMatcher(lexicons)
        self.types = types
        numbers = lexicons.map { $0.entries.types.map { types.firstIndex(of: $0 ?? Self.other) ?? 0 } }
        names = types.flatMap { ["\($0).first", "\($0).further"] }
    }

    private static let other = "other"

    /// For each word of the document, the numbers of the features that hold, rising.
    public func features(of document: SegmentedDocument) -> [[Int32]] {
        var holding = [[Int32]](repeating: [], count: document.segmentation.tokens.count)
        for match in matcher.matches(in: document) {
            let type = numbers[match.lexicon][matcher.lexicons[match.lexicon].entries.typeNumber(of: match.entry)]
            for token in match.tokens {
                let feature = Int32(2 * type + (token == match.tokens.lowerBound ? 0 : 1))
                if !holding[token].contains(feature) { holding[token].append(feature) }
            }
        }
        return holding.map { $0.sorted() }
    }

    /// What the folder's files say of the lexicons.
    private struct Index: Codable {
        struct Entry: Codable {
            var file: String
            var name: String
            var variants: [MatchVariant]?
        }

        var lexicons: [Entry]
        /// The types, in the order of their features; compiled lexicons no longer tell whether a term had none.
        var types: [String]
    }

    /// Writes the lexicons, compiled, with a file that tells of them, into `folder`; returns the files' names.
    ///
    /// - Throws: `FileError`, ``LexiconStoreError``.
    public func write(to folder: String) throws -> [String] {
        try AtomicFile.makeFolder(folder)
        let entries = try matcher.lexicons.enumerated().map { index, lexicon in
            let file = "lexicon-\(index).lexicon"
            try LexiconStore.write(lexicon.entries, to: "\(folder)/\(file)", origin: lexicon.name)
            return Index.Entry(file: file, name: lexicon.name, variants: lexicon.variants?.sorted())
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try AtomicFile.write(
            encoder.encode(Index(lexicons: entries, types: types)), to: "\(folder)/\(Self.fileName)")
        return entries.map(\.file) + [Self.fileName]
    }

    /// Reads what ``write(to:)`` wrote.
    ///
    /// - Throws: `FileError`, ``LexiconStoreError``, `DecodingError`.
    public init(folder: String) throws {
        let path = "\(folder)/\(Self.fileName)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "expected the lexicons of a tagger with lexicon features")
        }
        let index = try JSONDecoder().decode(Index.self, from: data)
        self.init(
            try index.lexicons.map { entry in
                var lexicon = Lexicon(name: entry.name, store: try LexiconStore(path: "\(folder)/\(entry.file)"))
                lexicon.variants = entry.variants.map(Set.init)
                return lexicon
            }, types: index.types)
    }
}
