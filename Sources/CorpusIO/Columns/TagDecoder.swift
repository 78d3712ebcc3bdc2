/// The mentions that a sequence of tags spells.
///
/// A tag that cannot stand where it stands begins a mention, as in the CoNLL shared tasks' `conlleval`: an inside tag
/// after none or after one of another type.
struct TagDecoder {
    /// What tags a file uses, as far as it decides what is odd.
    enum Scheme: Sendable {
        /// No tag begins a mention: a run of one type is one.
        case inside
        /// Begin tags stand only between neighbours of one type (IOB1).
        case beginBetweenNeighbours
        /// Every mention begins with a begin tag.
        case begin
        /// Every mention of several tokens also ends with an end tag.
        case beginAndEnd
    }

    /// A mention as a range of tokens.
    struct Mention: Equatable {
        let type: String
        var tokens: Range<Int>
    }

    private(set) var mentions: [Mention] = []
    /// Tokens whose tag cannot stand there.
    private(set) var odd: [Int] = []

    /// Decodes `tags`; no mention goes over the start of a sentence.
    init(_ tags: [EntityTag], sentenceStarts: [Int], scheme: Scheme) {
        var starts = sentenceStarts[...]
        var previous = EntityTag.outside
        for (index, tag) in tags.enumerated() {
            if starts.first == index {
                starts = starts.dropFirst()
                if scheme == .beginAndEnd, Self.isOpen(previous) { odd.append(index - 1) }
                previous = .outside
            }
            let goesOn =
                tag.position != .outside && !tag.isStart && previous.position != .outside && !previous.isEnd
                && previous.type == tag.type
            if scheme == .beginAndEnd, !goesOn, Self.isOpen(previous) { odd.append(index - 1) }
            if goesOn {
                mentions[mentions.count - 1].tokens = mentions[mentions.count - 1].tokens.lowerBound..<index + 1
            } else if tag.position != .outside {
                let expectsStart = scheme == .begin || scheme == .beginAndEnd
                if expectsStart && !tag.isStart { odd.append(index) }
                mentions.append(Mention(type: tag.type, tokens: index..<index + 1))
            }
            previous = tag
        }
        if scheme == .beginAndEnd, Self.isOpen(previous) { odd.append(tags.count - 1) }
    }

    /// Whether a further token of the mention must follow.
    private static func isOpen(_ tag: EntityTag) -> Bool { tag.position == .begin || tag.position == .inside }
}
