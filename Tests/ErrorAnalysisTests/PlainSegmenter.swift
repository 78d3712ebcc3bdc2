import ClinicalText

/// Divides a text at white space and line ends, enough for notes written for these tests: one sentence a line, and a
/// line such as `PLAN:` begins the section `plan`.
func segmented(_ document: Document) -> SegmentedDocument {
    var sections: [Section] = []
    var sentences: [Sentence] = []
    var tokens: [Token] = []
    var offset = 0
    for line in document.text.split(separator: "\n", omittingEmptySubsequences: false) {
        let start = offset
        let first = tokens.count
        var position = start
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            let end = position + word.utf8.count
            if end > position { tokens.append(Token(span: TextSpan(start: position, end: end))) }
            position = end + 1
        }
        let end = start + line.utf8.count
        offset = end + 1
        if tokens.count > first {
            let span = tokens[first].span.union(tokens[tokens.count - 1].span)
            sentences.append(Sentence(span: span, tokens: first..<tokens.count))
        }
        if line.hasSuffix(":") {
            let header = TextSpan(start: start, end: end)
            sections.append(Section(name: line.dropLast().lowercased(), header: header, span: header))
        } else if sections.isEmpty {
            sections.append(Section(name: "", header: nil, span: TextSpan(start: 0, end: end)))
        }
        sections[sections.count - 1].span.end = min(offset, document.text.utf8.count)
    }
    return SegmentedDocument(
        document: document, segmentation: Segmentation(sections: sections, sentences: sentences, tokens: tokens))
}
