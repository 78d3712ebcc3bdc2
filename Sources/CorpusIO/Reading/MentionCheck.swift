import ClinicalText

/// Turns the offsets of one document's mentions into spans of its text, notes what is odd about them and, where
/// reading repairs, puts it right.
struct MentionCheck {
    /// A mention's fragments in code points, as a file gives them.
    typealias Fragments = [(start: Int, end: Int)]

    private struct Mention: Hashable {
        let type: String
        let spans: [TextSpan]
        let scope: String?
    }

    let file: String
    let document: String?
    let text: String
    let offsets: TextOffsets
    let isRepairing: Bool
    private(set) var faults: [CorpusFault] = []
    /// Entities that a repair removed.
    private(set) var removed = 0
    private var mentions: [Mention: String] = [:]
    /// Mentions that were admitted in the order of the text, each behind the start of the one before, so that they have
    /// no twin; they are among ``mentions`` only when another is looked for there.
    private var admitted: [(id: String, type: String, spans: [TextSpan])] = []
    private var lastStart = -1
    /// How much looking for surfaces elsewhere in the text may cost, so that many of them stay cheap in a long text.
    private var searchBudget = 1 << 24
    private var ids: Set<String> = []
    /// The number to try next for an id that is taken.
    private var nextNumbers: [String: Int] = [:]
    /// The lines of the entities, where they are asked for.
    private(set) var lines: [String: Int] = [:]
    private let keepsPlaces: Bool

    init(file: String, text: String, document: String? = nil, isRepairing: Bool = false, keepsPlaces: Bool = false) {
        self.keepsPlaces = keepsPlaces
        self.file = file
        self.document = document
        self.text = text
        self.isRepairing = isRepairing
        offsets = TextOffsets(text)
    }

    /// Makes room for the mentions of a document, so that tables need not grow with each.
    mutating func reserveCapacity(_ count: Int) {
        admitted.reserveCapacity(count)
        ids.reserveCapacity(count)
    }

    /// Takes a mention of one span that is not empty about which nothing is odd; does nothing for any other.
    mutating func admits(id: String, type: String, spans: [TextSpan]) -> Bool {
        guard hasPlainEdges(spans[0]) || !Surface.hasSpaceAtEdge(text.slice(spans[0])), ids.insert(id).inserted
        else { return false }
        if mentions.isEmpty, spans[0].start > lastStart {
            lastStart = spans[0].start
            admitted.append((id, type, spans))
            return true
        }
        fileAdmitted()
        let twin = mentions.updateValue(id, forKey: Mention(type: type, spans: spans, scope: nil))
        guard let twin else { return true }
        mentions[Mention(type: type, spans: spans, scope: nil)] = twin
        ids.remove(id)
        return false
    }

    /// Whether a span begins and ends with ASCII characters other than white space, as most do.
    private func hasPlainEdges(_ span: TextSpan) -> Bool {
        func isPlain(_ byte: UInt8) -> Bool { byte < 0x80 && !Surface.isSpace(byte) }
        let isPlain = text.utf8.withContiguousStorageIfAvailable {
            isPlain($0[span.start]) && isPlain($0[span.end - 1])
        }
        return isPlain == true
    }

    private mutating func fileAdmitted() {
        for (id, type, spans) in admitted { mentions[Mention(type: type, spans: spans, scope: nil)] = id }
        admitted = []
    }

    /// The spans of fragments, put in order; fragments that overlap are joined.
    ///
    /// A repair takes a mention whose offsets are wrong to where its surface stands in the text, if that is clear.
    ///
    /// - Throws: ``CorpusError`` for offsets that are reversed or outside the text.
    mutating func spans(of fragments: Fragments, id: String, line: Int?, surface: String? = nil) throws -> [TextSpan] {
        var spans: [TextSpan] = []
        for fragment in fragments {
            if fragment.start <= fragment.end,
                let span = offsets.span(ofCodePoints: fragment.start, fragment.end)
            {
                spans.append(span)
                continue
            }
            let error: CorpusError =
                fragment.start > fragment.end
                ? .reversedOffsets(file: file, line: line, id: id, start: fragment.start, end: fragment.end)
                : .offsetsBeyondText(
                    file: file, line: line, id: id, start: fragment.start, end: fragment.end, length: offsets.count)
            guard isRepairing, let surface, let found = place(of: surface, near: nil) else { throw error }
            var fault = error.fault
            fault.fix = "move it to where its text stands once in the note"
            fault.isRepaired = true
            fault.document = document
            faults.append(fault)
            return [found]
        }
        return spans.count > 1 ? ordered(spans, id: id, line: line) : spans
    }

    /// An id that no earlier mention of the document has: the given one, or that with a number, or what `another` makes.
    mutating func uniqueID(_ id: String, line: Int?, another: (() -> String)? = nil) -> String {
        if !id.isEmpty && ids.insert(id).inserted { return id }
        // Where the last search ended the next one begins: a thousand entities of one id are a thousand steps.
        var number = nextNumbers[id] ?? (id.isEmpty ? ids.count : 2)
        var candidate = ""
        repeat {
            candidate = another?() ?? (id.isEmpty ? "E\(number)" : "\(id).\(number)")
            number += 1
        } while !ids.insert(candidate).inserted
        nextNumbers[id] = number
        if !id.isEmpty {
            note(
                .duplicateID, "a second entity \(id); it is now called \(candidate)", line: line,
                fix: "give it an id of its own", isRepaired: isRepairing)
        }
        return candidate
    }

    /// Notes what is odd about a mention: its surface, if the file gives one, its edges, its twins; mentions of
    /// different scopes, as evidence for different statements, are no twins.
    ///
    /// - Returns: the mention, or what a repair made of it; nothing when a repair removes it.
    mutating func check(_ entity: Entity, surface: String?, line: Int?, scope: String? = nil) -> Entity? {
        var entity = entity
        if keepsPlaces, let line { lines[entity.id] = line }
        if entity.spans.contains(where: \.isEmpty) {
            note(
                .emptySpan, "entity \(entity.id) has an empty span", line: line, at: entity.hull,
                fix: "remove the empty span", isRepaired: isRepairing)
            if isRepairing {
                let rest = entity.spans.filter { !$0.isEmpty }
                guard !rest.isEmpty else {
                    removed += 1
                    return nil
                }
                entity.spans = rest
            }
        }
        if let surface, !Surface.matches(surface, text: text, spans: entity.spans) {
            realign(&entity, to: surface, line)
        }
        if Surface.hasSpaceAtEdge(text.slice(entity.hull)) { trim(&entity, line) }
        fileAdmitted()
        let mention = Mention(type: entity.type, spans: entity.spans, scope: scope)
        guard let twin = mentions[mention] else {
            mentions[mention] = entity.id
            return entity
        }
        note(
            .duplicateEntity, "entity \(entity.id) repeats entity \(twin): same type, same span", line: line,
            at: entity.hull, fix: "remove it", isRepaired: isRepairing)
        if isRepairing { removed += 1 }
        return isRepairing ? nil : entity
    }

    /// Notes something about the whole document or one of its lines.
    mutating func note(
        _ kind: FaultKind, _ message: String, line: Int? = nil, fix: String? = nil, isRepaired: Bool = false
    ) {
        faults.append(
            CorpusFault(
                kind, file: file, line: line, document: document, message: message, fix: fix, isRepaired: isRepaired))
    }

    /// Notes something about a place of the text.
    mutating func note(
        _ kind: FaultKind, _ message: String, line: Int?, at span: TextSpan, fix: String? = nil,
        isRepaired: Bool = false
    ) {
        faults.append(
            CorpusFault(
                kind, file: file, line: line, offset: offsets.codePointOffset(ofUTF8: span.start), document: document,
                message: message, fix: fix, isRepaired: isRepaired))
    }

    /// Spans in the order of the text; those that overlap are joined.
    mutating func ordered(_ spans: [TextSpan], id: String, line: Int?) -> [TextSpan] {
        var ordered: [TextSpan] = []
        for span in spans.sorted() {
            if let last = ordered.last, last.overlaps(span) {
                ordered[ordered.count - 1] = last.union(span)
            } else {
                ordered.append(span)
            }
        }
        if ordered.count < spans.count {
            note(
                .fragments, "entity \(id) has fragments that overlap; they are joined", line: line, at: ordered[0],
                fix: "join them", isRepaired: isRepairing)
        } else if ordered != spans {
            note(
                .fragments, "entity \(id) has fragments out of order; they are sorted", line: line, at: ordered[0],
                fix: "sort them", isRepaired: isRepairing)
        }
        return ordered
    }

    /// Takes a mention to where its surface stands, if that is clear.
    private mutating func realign(_ entity: inout Entity, to surface: String, _ line: Int?) {
        let place = entity.isDiscontinuous ? nil : place(of: surface, near: entity.hull)
        note(
            .surfaceMismatch, "entity \(entity.id): the text given with it differs from the note at its offsets",
            line: line, at: entity.hull,
            fix: place.map { found in
                let range = offsets.codePoints(of: found)
                return "move it to \(range.lowerBound)-\(range.upperBound), where its text stands"
            } ?? "correct its offsets or its text", isRepaired: isRepairing && place != nil)
        if isRepairing, let place { entity.spans = [place] }
    }

    private mutating func trim(_ entity: inout Entity, _ line: Int?) {
        let trimmed = Surface.trimmed(entity.spans, of: text)
        note(
            .whiteSpaceEdge, "entity \(entity.id) begins or ends with white space", line: line, at: entity.hull,
            fix: "leave the white space out", isRepaired: isRepairing && !trimmed.isEmpty)
        if isRepairing, !trimmed.isEmpty { entity.spans = trimmed }
    }

    /// Where `surface` stands in the text: the only place, or the nearest one to a span if no other is as near.
    private mutating func place(of surface: String, near span: TextSpan?) -> TextSpan? {
        guard !surface.isEmpty else { return nil }
        let places = Surface.places(of: surface, in: text, budget: &searchBudget)
        if places.count == 1 { return places[0] }
        guard let span else { return nil }
        let byDistance = places.sorted { abs($0.start - span.start) < abs($1.start - span.start) }
        guard byDistance.count > 1,
            abs(byDistance[0].start - span.start) < abs(byDistance[1].start - span.start)
        else { return nil }
        return byDistance[0]
    }
}

extension ReadContext {
    /// A check of a document's mentions, in this reading's mode.
    func check(file: String, text: String, document: String?) -> MentionCheck {
        MentionCheck(
            file: file, text: text, document: document, isRepairing: isRepairing, keepsPlaces: options.keepsPlaces)
    }

    /// Takes over what a check found.
    mutating func take(_ check: MentionCheck) {
        note(check.faults, removedEntities: check.removed)
        if let document = check.document { keepPlaces(of: document, file: check.file, entityLines: check.lines) }
    }
}
