import ClinicalText
import CorpusIO
import Essentials
import Foundation
import Lexicons
import TextProcessing

/// Builds, opens and searches compiled lexicons, on one thread.
enum LexiconPasses {
    /// Builds a lexicon from a table and prints the seconds that it took, its terms and its bytes.
    ///
    /// - Throws: `SourceFileError`, `FileError`.
    static func build(table: String, lexicon: String) throws {
        let clock = ContinuousClock()
        var compiler = LexiconCompiler()
        let seconds = try clock.measure {
            var options = LexiconImport()
            options.format = .table
            _ = try options.read(table) { try compiler.add($0) }
            try compiler.write(to: lexicon, origin: "")
        }
        let size = try FileManager.default.attributesOfItem(atPath: lexicon)[.size] as? Int ?? 0
        print("\(seconds / .seconds(1)) \(compiler.count) \(size)")
    }

    /// Opens a compiled lexicon and prints the milliseconds until it is ready to match, and by how many bytes the resident
    /// memory grew from there until every word of the notes was looked up.
    ///
    /// - Throws: `LexiconStoreError`, `FileError`, `CorpusError`.
    static func load(lexicon path: String, notes: String) throws {
        let texts = try Self.texts(notes)
        let clock = ContinuousClock()
        _ = run(LexiconMatcher([Lexicon(name: "none", entries: [LexiconEntry(term: "none", type: nil)])]), texts)
        let before = residentBytes()
        var matcher: LexiconMatcher?
        let seconds = try clock.measure {
            matcher = LexiconMatcher([Lexicon(name: "lexicon", store: try LexiconStore(path: path))])
        }
        guard let matcher else { return }
        let matches = run(matcher, texts)
        print("\(seconds / .milliseconds(1)) \(residentBytes() - before) \(matches)")
    }

    /// Prints the speed in MB a second from raw texts to matches, and how many there are.
    ///
    /// - Parameter variants: which, by name and with commas between them; nothing for exact and inflected ones.
    /// - Throws: `LexiconStoreError`, `FileError`, `CorpusError`.
    static func match(lexicon path: String, notes: String, variants: String?) throws {
        let texts = try Self.texts(notes)
        var options = LexiconMatching()
        if let variants {
            options.variants = Set(variants.split(separator: ",").compactMap { MatchVariant(rawValue: String($0)) })
        }
        let matcher = LexiconMatcher(
            [Lexicon(name: "lexicon", store: try LexiconStore(path: path))], options: options)
        var matches = 0
        let speed = Passes.medianSpeed(bytes: texts.reduce(0) { $0 + $1.utf8.count }) { matches = run(matcher, texts) }
        print("\(speed) \(matches)")
    }

    /// Prints the speed in MB a second from raw texts to matches in sentences and tokens, as documents are labeled.
    ///
    /// - Throws: `LexiconStoreError`, `FileError`, `CorpusError`, `TextProcessingError`.
    static func label(lexicon path: String, notes: String, headers: String) throws {
        let documents = try CorpusReader.read(notes, name: notes).corpus.documents
        let segmenter = DocumentSegmenter(sectionHeaders: try SectionHeaders(contentsOf: headers))
        let normalizer = TextNormalizer()
        let matcher = LexiconMatcher([Lexicon(name: "lexicon", store: try LexiconStore(path: path))])
        var matches = 0
        let speed = Passes.medianSpeed(bytes: documents.reduce(0) { $0 + $1.text.utf8.count }) {
            matches = 0
            for document in documents {
                let segmentation = segmenter.segment(document).segmentation
                let normalized = normalizer.normalize(document.text)
                let tokens = segmentation.tokens.map { normalized.normalized(of: $0.span) }
                var text = normalized.text
                text.withUTF8 { bytes in
                    let words = FoldedWords(normalized: bytes, tokens: tokens)
                    matches += matcher.matches(in: words, text: bytes, sentences: segmentation.sentences).count
                }
            }
        }
        print("\(speed) \(matches)")
    }

    private static func run(_ matcher: LexiconMatcher, _ texts: [String]) -> Int {
        let normalizer = TextNormalizer()
        var count = 0
        for text in texts {
            var normalized = normalizer.normalize(text).text
            normalized.withUTF8 { bytes in
                count += matcher.matches(in: FoldedWords(normalized: bytes), text: bytes).count
            }
        }
        return count
    }

    private static func texts(_ notes: String) throws -> [String] {
        try CorpusReader.read(notes, name: notes).corpus.documents.map(\.text)
    }

    /// The memory of this process that lies in RAM, mapped files included.
    private static func residentBytes() -> Int {
        let fields = FileManager.default.contents(atPath: "/proc/self/statm").map {
            String(decoding: $0, as: UTF8.self)
        }
        let pages = fields?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
