import ClinicalText
import Essentials

/// Writes AutoNER's columns, with the fourth one if a document's labels are weak.
///
/// Entities of one span and several types are one mention with all of these types.
struct AutoNERWriter {
    private let document: Document
    private let context: WriteContext

    /// The document's opening line and sentences.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)``.
    static func block(of document: Document, context: WriteContext) throws -> String {
        try AutoNERWriter(document: document, context: context).block()
    }

    private func block() throws -> String {
        let layout = withoutBlanks(TokenLayout.of(document, splitter: context.options.tokens))
        let unknown = AutoNERKeys.decoded(document.metadata[AutoNERKeys.unknown])
        let ties = AutoNERKeys.decoded(document.metadata[AutoNERKeys.ties])
        let isWeak =
            document.metadata[AutoNERKeys.unknown] != nil || document.entities.contains { $0.provenance != .gold }
        let tags = EntityTags(of: try merged(), layout: layout, context: context)
        var types = [String](repeating: "None", count: layout.tokens.count)
        var isTied = layout.tokens.indices.map { ties.contains($0) || unknown.contains($0) }
        for mention in tags.mentions {
            for token in mention.tokens {
                types[token] = mention.type
                isTied[token] = token > mention.tokens.lowerBound
            }
        }
        let last = isWeak ? " S\n" : "\n"
        let starts = tags.uncut(layout.sentenceStarts)
        let begins = Set(starts)
        var block = "-DOCSTART- (\(document.id))\n\n"
        for (index, token) in layout.tokens.enumerated() {
            if begins.contains(index) { block += (index > 0 ? "<eof> I None\(last)\n" : "") + "<s> O None\(last)" }
            let isKnown = types[index] != "None" || !unknown.contains(index)
            block += "\(document.text(of: token)) \(isTied[index] ? "O" : "I") \(types[index])"
            block += isWeak ? (isKnown ? " S\n" : " D\n") : "\n"
        }
        if !layout.tokens.isEmpty { block += "<eof> I None\(last)\n" }
        loseTheRest(layout: layout, starts: starts, isWeak: isWeak)
        return block
    }

    /// Tokens without the white space within them, which would separate columns.
    private func withoutBlanks(_ layout: TokenLayout) -> TokenLayout {
        let starts = Set(layout.sentenceStarts)
        var divided = TokenLayout(tokens: [], sentenceStarts: [])
        for (index, token) in layout.tokens.enumerated() {
            if starts.contains(index) { divided.sentenceStarts.append(divided.tokens.count) }
            let pieces = document.text(of: token).utf8.split(whereSeparator: Surface.isSpace)
            let text = document.text.utf8
            for piece in pieces {
                let start = text.distance(from: text.startIndex, to: piece.startIndex)
                divided.tokens.append(TextSpan(start: start, end: start + piece.count))
            }
        }
        return divided
    }

    /// The document with entities of one span as one, its type all of theirs.
    private func merged() throws -> Document {
        var merged = document
        merged.entities = []
        var places: [[TextSpan]: Int] = [:]
        for entity in document.entities {
            guard !entity.type.isEmpty, entity.type != "None",
                !entity.type.utf8.contains(where: { Surface.isSpace($0) || $0 == UInt8(ascii: ",") })
            else {
                throw CorpusError.nameNotInFormat(
                    document: document.id, name: entity.type, format: .autoner,
                    rule: "a type has no blank or comma and is not None; map it to another name")
            }
            if let place = places[entity.spans] {
                merged.entities[place].type += ",\(entity.type)"
            } else {
                places[entity.spans] = merged.entities.count
                merged.entities.append(entity)
            }
        }
        guard !document.id.isEmpty, !document.id.utf8.contains(where: { $0 < 0x20 }) else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: document.id, format: .autoner,
                rule: "an id has no tab or line break and is not empty")
        }
        return merged
    }

    private func loseTheRest(layout: TokenLayout, starts: [Int], isWeak: Bool) {
        context.lose(.relation, count: document.relations.count)
        context.loseSurroundings(of: document)
        for entity in document.entities {
            context.loseAttributes(entity.attributes)
            context.lose(.code, count: entity.codes.count)
            let isSaid =
                isWeak
                ? entity.provenance == .silver(probability: 1) && entity.evidence == [AutoNERKeys.evidence]
                : entity.provenance == .gold && entity.evidence.isEmpty
            if !isSaid { context.lose(.provenance) }
        }
        context.lose(
            .whiteSpace, count: layout.changedGaps(in: document.text, starts: starts, withOffsets: false))
    }
}
