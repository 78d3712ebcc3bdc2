import ClinicalText
import Foundation

/// How a document divides into passages and sentences, kept in its metadata; offsets are code points of its text.
struct BioCStructure: Codable, Equatable {
    /// A passage, or a sentence of one.
    struct Passage: Codable, Equatable {
        var offset: Int
        /// Nothing for one that has no text of its own.
        var length: Int?
        var infons: [String: String] = [:]
        var sentences: [Passage] = []

        /// Where it and its sentences end.
        var end: Int { max(offset + (length ?? 0), sentences.map(\.end).max() ?? 0) }

        /// Whether an offset lies in it.
        func holds(_ offset: Int) -> Bool { offset >= self.offset && offset < end }
    }

    var passages: [Passage] = []

    /// One passage over the whole text, for documents of other formats.
    static func single(_ length: Int) -> BioCStructure { BioCStructure(passages: [Passage(offset: 0, length: length)]) }

    /// As JSON, the keys in order.
    var encoded: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(passages)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }

    /// The structure that a document remembers, if it fits the document's text; otherwise one passage.
    static func of(_ document: Document, offsets: TextOffsets) -> BioCStructure {
        guard let json = document.metadata[BioCKeys.passages],
            let passages = try? JSONDecoder().decode([Passage].self, from: Data(json.utf8))
        else { return single(offsets.count) }
        let structure = BioCStructure(passages: passages)
        return structure.covers(document.text, offsets) ? structure : single(offsets.count)
    }

    /// Whether the passages are in order, within the text, and hold all of it but white space.
    private func covers(_ text: String, _ offsets: TextOffsets) -> Bool {
        var covered = 0
        var pieces: [Passage] = []
        for passage in passages {
            guard passage.offset >= covered else { return false }
            pieces += passage.length == nil ? passage.sentences : [passage]
            for sentence in passage.sentences where !Self.isWithin(sentence, offsets.count) { return false }
            covered = max(covered, passage.end)
        }
        var end = 0
        for piece in pieces {
            guard piece.offset >= end, Self.isWithin(piece, offsets.count),
                let gap = offsets.span(ofCodePoints: end, piece.offset), Self.isBlank(text.slice(gap))
            else { return false }
            end = piece.end
        }
        guard let rest = offsets.span(ofCodePoints: end, offsets.count) else { return false }
        return Self.isBlank(text.slice(rest))
    }

    private static func isWithin(_ passage: Passage, _ count: Int) -> Bool {
        passage.offset >= 0 && passage.offset <= count && (0...count - passage.offset).contains(passage.length ?? 0)
    }

    private static func isBlank(_ text: Substring) -> Bool { text.utf8.allSatisfy(Surface.isSpace) }

    /// Where something at an offset stands if its file does not say anything else.
    func container(at offset: Int) -> String {
        guard let passage = Self.last(of: passages, at: offset),
            passages[passage].holds(offset) || passages[passage].end == offset
        else { return BioCKeys.document }
        guard let sentence = Self.last(of: passages[passage].sentences, at: offset),
            passages[passage].sentences[sentence].holds(offset)
        else { return String(passage) }
        return "\(passage).\(sentence)"
    }

    /// The last one that begins at or before an offset; they are in order.
    private static func last(of passages: [Passage], at offset: Int) -> Int? {
        var low = 0
        var high = passages.count
        while low < high {
            let middle = (low + high) / 2
            if passages[middle].offset <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
