import ErrorAnalysis

/// One error in its context, the text cut where gold or predicted begins or ends.
struct ExampleView {
    /// A part of the context that is in the same mentions throughout.
    struct Piece: Equatable {
        let piece: String
        let isGold: Bool
        let isPredicted: Bool
    }

    let types: String
    /// The places of the types in the filter, separated by blanks.
    let typePlaces: String
    let document: String
    let section: String
    let offsets: String
    let detail: String
    let pieces: [Piece]
    let isCutBefore: Bool
    let isCutAfter: Bool

    init(_ example: ErrorExample, typePlaces places: [String: Int]) {
        let gold = example.gold?.type
        let predicted = example.predicted?.type
        let named = [gold, predicted].compactMap { $0 }
        types = gold == predicted ? gold ?? "" : named.joined(separator: " → ")
        typePlaces = Set(named.compactMap { places[$0] }).sorted().map(String.init).joined(separator: " ")
        document = example.document
        section =
            example.section.isEmpty
            ? "before the first header" : example.section.split(separator: "_").joined(separator: " ")
        offsets =
            (example.gold ?? example.predicted).map { mention in
                mention.spans.map { $0.map(String.init).joined(separator: "–") }.joined(separator: ", ")
            } ?? ""
        detail = [
            example.boundary.map(Wording.name),
            example.predicted?.confidence.map { "confidence " + Figures.score($0) },
        ].compactMap { $0 }.joined(separator: ", ")
        pieces = Self.pieces(example)
        isCutBefore = example.isCutBefore
        isCutAfter = example.isCutAfter
    }

    static func pieces(_ example: ErrorExample) -> [Piece] {
        let scalars = Array(example.context.unicodeScalars)
        func isCovered(_ mention: ErrorExample.Mention?) -> [Bool] {
            var isCovered = [Bool](repeating: false, count: scalars.count)
            for span in mention?.spans ?? [] where span.count == 2 {
                let start = max(span[0] - example.contextStart, 0)
                let end = min(span[1] - example.contextStart, scalars.count)
                for place in start..<max(start, end) { isCovered[place] = true }
            }
            return isCovered
        }
        let gold = isCovered(example.gold)
        let predicted = isCovered(example.predicted)
        var pieces: [Piece] = []
        var start = 0
        for end in scalars.indices.map({ $0 + 1 }) {
            let isSame = end < scalars.count && gold[end] == gold[start] && predicted[end] == predicted[start]
            guard !isSame else { continue }
            pieces.append(
                Piece(
                    piece: String(String.UnicodeScalarView(scalars[start..<end])), isGold: gold[start],
                    isPredicted: predicted[start]))
            start = end
        }
        return pieces
    }
}
