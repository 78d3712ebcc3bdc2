/// A word, number, punctuation mark or de-identification mark; a token never holds white space, except inside a mark.
public struct Token: Hashable, Sendable {
    /// Where it stands in the document's text.
    public var span: TextSpan

    /// Makes a token.
    public init(span: TextSpan) {
        self.span = span
    }
}

/// A sentence or list item: a run of tokens.
public struct Sentence: Hashable, Sendable {
    /// From its first to its last token.
    public var span: TextSpan
    /// Which of the segmentation's tokens it holds; never empty.
    public var tokens: Range<Int>

    /// Makes a sentence.
    public init(span: TextSpan, tokens: Range<Int>) {
        self.span = span
        self.tokens = tokens
    }
}

/// A part of a note under one header.
public struct Section: Hashable, Sendable {
    /// The normalized name, such as `family_history`; empty before the first header, `other` under an unknown one.
    public var name: String
    /// The header as written; nothing for the part before the first header.
    public var header: TextSpan?
    /// Header and body, up to the next header, be it of a section nested in this one.
    public var span: TextSpan
    /// How deep it is nested: 1 for a section of the note, 2 for a part of one (`Lungs` under `Physical Exam`).
    public var level: Int
    /// The index of the section it is nested in; nothing at level 1.
    public var parent: Int?

    /// Makes a section.
    public init(name: String, header: TextSpan?, span: TextSpan, level: Int = 1, parent: Int? = nil) {
        self.name = name
        self.header = header
        self.span = span
        self.level = level
        self.parent = parent
    }
}

/// How a document's text divides into sections, sentences and tokens, each in the order of the text.
public struct Segmentation: Sendable {
    /// Covering the whole text, without gaps.
    public var sections: [Section]
    /// Covering all tokens, without gaps or overlaps.
    public var sentences: [Sentence]
    /// Not overlapping.
    public var tokens: [Token]

    /// Makes a segmentation.
    public init(sections: [Section], sentences: [Sentence], tokens: [Token]) {
        self.sections = sections
        self.sentences = sentences
        self.tokens = tokens
    }

    /// The tokens that share at least one byte with `span`.
    public func tokens(overlapping span: TextSpan) -> Range<Int> {
        let first = Self.firstIndex(in: tokens) { $0.span.end > span.start }
        let last = Self.firstIndex(in: tokens) { $0.span.start >= span.end }
        return first..<max(first, last)
    }

    /// The section that holds a UTF-8 offset.
    public func section(at offset: Int) -> Section? {
        let index = Self.firstIndex(in: sections) { $0.span.end > offset }
        return index < sections.count && sections[index].span.start <= offset ? sections[index] : nil
    }

    /// The span of a section with all that is nested in it.
    public func extent(ofSection index: Int) -> TextSpan {
        let nested = sections[(index + 1)...].prefix { $0.level > sections[index].level }
        return TextSpan(start: sections[index].span.start, end: nested.last?.span.end ?? sections[index].span.end)
    }

    /// The indices of a section and those it is nested in, the outermost first.
    public func path(ofSection index: Int) -> [Int] {
        var path = [index]
        while let parent = sections[path[path.count - 1]].parent { path.append(parent) }
        return path.reversed()
    }

    /// The index of the sentence that holds a token.
    public func sentenceIndex(ofToken token: Int) -> Int {
        Self.firstIndex(in: sentences) { $0.tokens.upperBound > token }
    }

    /// The first index at which a predicate that turns true once holds.
    private static func firstIndex<Element>(in elements: [Element], where holds: (Element) -> Bool) -> Int {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if holds(elements[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// A document and how it divides: what labeling, training and tagging work on.
public struct SegmentedDocument: Sendable {
    /// The note.
    public var document: Document
    /// Its sections, sentences and tokens.
    public var segmentation: Segmentation

    /// Puts the two together.
    public init(document: Document, segmentation: Segmentation) {
        self.document = document
        self.segmentation = segmentation
    }
}
