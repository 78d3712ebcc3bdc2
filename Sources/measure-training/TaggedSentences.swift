import ClinicalText
import Models
import Tokenization

/// The sentences of a token-per-line corpus as the peers' script reads them.
enum TaggedSentences {
    /// A sentence and one tag a word.
    struct Sentence {
        var window: PackedBatch.Sequence
        var tags: [Int]
    }

    static func read(_ path: String, _ tokenizer: WordPieceTokenizer, _ scheme: TagScheme) throws -> [Sentence] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var result: [Sentence] = []
        var (pieces, firstPieces, tags): ([Int32], [Int], [Int]) = ([], [], [])
        func finish() {
            if !tags.isEmpty {
                result.append(
                    Sentence(window: PackedBatch.Sequence(pieces: pieces, firstPieces: firstPieces), tags: tags))
            }
            (pieces, firstPieces, tags) = ([], [], [])
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let tab = line.lastIndex(of: "\t") else {
                finish()
                continue
            }
            let word = line.prefix { $0 != "\t" }
            let name = line[line.index(after: tab)...]
            let ids = tokenizer.encode(word).ids
            // The peers cut a sentence at 256 pieces.
            if ids.isEmpty || pieces.count + ids.count > 254 { continue }
            let type = name.dropFirst(2).isEmpty ? scheme.types[0] : String(name.dropFirst(2))
            let index = scheme.index(of: type) ?? 0
            firstPieces.append(pieces.count)
            pieces += ids
            tags.append(name.hasPrefix("B") ? scheme.begin(index) : name.hasPrefix("I") ? scheme.inside(index) : 0)
        }
        finish()
        return result
    }
}
