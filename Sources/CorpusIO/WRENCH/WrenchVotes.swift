/// Turns the labels of one document into spans of its tokens.
struct WrenchVotes {
    let tokenCount: Int
    let line: Int
    let file: String
    /// Whether some labels are tags.
    private(set) var isTags = false
    /// Tokens whose tag cannot stand there.
    private(set) var odd: [Int] = []

    init(tokenCount: Int, line: Int, file: String) {
        self.tokenCount = tokenCount
        self.line = line
        self.file = file
    }

    /// The spans of a source's labels; `name` is for messages.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)``.
    mutating func spans(of labels: WrenchLabels, of name: String) throws -> [WrenchSpan] {
        switch labels {
        case .spans(let spans):
            for span in spans where span.start < 0 || span.start >= span.end || span.end > tokenCount {
                throw malformed("\(name) has the span \(span.start)-\(span.end), but there are \(tokenCount) tokens")
            }
            if spans.contains(where: \.type.isEmpty) { throw malformed("\(name) has a span without a type") }
            return spans
        case .tags(let tags):
            isTags = true
            guard tags.count == tokenCount else {
                throw malformed("\(name) has \(tags.count) tags, but there are \(tokenCount) tokens")
            }
            return try decoded(tags, of: name)
        }
    }

    /// The spans of each labeling function, from lists of spans, or from a list of their tags for each token.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)``.
    mutating func lists(of weak: [WrenchLabels], functionCount: Int) throws -> [[WrenchSpan]] {
        var rows: [[String]] = []
        for case .tags(let tags) in weak { rows.append(tags) }
        guard !rows.isEmpty else {
            guard weak.count == functionCount || weak.isEmpty else {
                throw malformed("weak_labels has \(weak.count) lists, but there are \(functionCount) functions")
            }
            return try weak.map { try spans(of: $0, of: "weak_labels") }
        }
        isTags = true
        guard rows.count == weak.count, rows.count == tokenCount else {
            throw malformed("weak_labels has tags of \(rows.count) tokens, but there are \(tokenCount)")
        }
        guard rows.allSatisfy({ $0.count == functionCount }) else {
            throw malformed("weak_labels has a token without a tag of each of the \(functionCount) functions")
        }
        return try (0..<functionCount).map { function in
            try decoded(rows.map { $0[function] }, of: "weak_labels")
        }
    }

    private mutating func decoded(_ tags: [String], of name: String) throws -> [WrenchSpan] {
        let tags = try tags.map { tag in
            guard let tag = EntityTag(tag.utf8) else {
                throw malformed("\(name) has a tag that is none of O, B-TYPE, I-TYPE and their like")
            }
            return tag
        }
        let decoded = TagDecoder(tags, sentenceStarts: [], scheme: .begin)
        odd += decoded.odd
        return decoded.mentions.map {
            WrenchSpan(start: $0.tokens.lowerBound, end: $0.tokens.upperBound, type: $0.type)
        }
    }

    private func malformed(_ problem: String) -> CorpusError {
        .malformed(file: file, line: line, problem: problem)
    }
}
