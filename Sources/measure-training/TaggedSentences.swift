import ClinicalText
import Models
import Tokenization
import Training

/// The sentences of a token-per-line corpus as the peers' script reads them.
enum TaggedSentences {
    static func read(
        _ path: String, _ tokenizer: WordPieceTokenizer, _ scheme: TagScheme
    ) throws -> [TaggingTask.Example] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let nothing = TaggingTask.Example(window: PackedBatch.Sequence(pieces: [], firstPieces: []), tags: [])
        var result: [TaggingTask.Example] = []
        var current = nothing
        func finish() {
            if !current.tags.isEmpty { result.append(current) }
            current = nothing
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
            if ids.isEmpty || current.window.pieces.count + ids.count > 254 { continue }
            let type = name.dropFirst(2).isEmpty ? scheme.types[0] : String(name.dropFirst(2))
            let index = scheme.index(of: type) ?? 0
            current.window.firstPieces.append(current.window.pieces.count)
            current.window.pieces += ids
            current.tags.append(
                name.hasPrefix("B") ? scheme.begin(index) : name.hasPrefix("I") ? scheme.inside(index) : 0)
        }
        finish()
        return result
    }
}
