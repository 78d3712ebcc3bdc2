/// Labels of one source over a text's tokens: spans, as CHMM's files have them, or a tag a token, as WRENCH's have.
enum WrenchLabels: Decodable {
    case spans([WrenchSpan])
    case tags([String])

    init(from decoder: any Decoder) throws {
        let values = try decoder.singleValueContainer()
        // An empty array is no spans.
        if let tags = try? values.decode([String].self), !tags.isEmpty {
            self = .tags(tags)
        } else {
            self = .spans(try values.decode([WrenchSpan].self))
        }
    }
}
