import ClinicalText

/// Turns the offsets of one file's mentions into spans of its text and notes what is odd about them.
struct MentionCheck {
    private struct Mention: Hashable {
        let type: String
        let spans: [TextSpan]
    }

    let file: String
    let text: String
    let offsets: TextOffsets
    private(set) var faults: [CorpusFault] = []
    private var mentions: [Mention: String] = [:]
    private var ids: Set<String> = []

    init(file: String, text: String) {
        self.file = file
        self.text = text
        offsets = TextOffsets(text)
    }

    /// The spans of fragments given in code points, put in order; fragments that overlap are joined.
    ///
    /// - Throws: ``CorpusError`` for offsets that are reversed or outside the text.
    mutating func spans(of fragments: [(start: Int, end: Int)], id: String, line: Int?) throws -> [TextSpan] {
        let spans = try fragments.map { fragment in
            guard fragment.start <= fragment.end else {
                throw CorpusError.reversedOffsets(
                    file: file, line: line, id: id, start: fragment.start, end: fragment.end)
            }
            guard let span = offsets.span(ofCodePoints: fragment.start, fragment.end) else {
                throw CorpusError.offsetsBeyondText(
                    file: file, line: line, id: id, start: fragment.start, end: fragment.end, length: offsets.count)
            }
            return span
        }
        guard spans.count > 1 else { return spans }
        var ordered: [TextSpan] = []
        for span in spans.sorted() {
            if let last = ordered.last, last.overlaps(span) {
                ordered[ordered.count - 1] = last.union(span)
            } else {
                ordered.append(span)
            }
        }
        if ordered.count < spans.count {
            note("entity \(id) has fragments that overlap; they are joined", line: line, at: ordered[0])
        } else if ordered != spans {
            note("entity \(id) has fragments out of order; they are sorted", line: line, at: ordered[0])
        }
        return ordered
    }

    /// An id that no earlier mention of the file has: the given one, or that with a number.
    mutating func uniqueID(_ id: String, line: Int?) -> String {
        if !id.isEmpty && ids.insert(id).inserted { return id }
        var number = id.isEmpty ? ids.count : 2
        var candidate = ""
        repeat {
            candidate = id.isEmpty ? "E\(number)" : "\(id).\(number)"
            number += 1
        } while !ids.insert(candidate).inserted
        if !id.isEmpty {
            faults.append(
                CorpusFault(file: file, line: line, message: "a second entity \(id); it is now called \(candidate)"))
        }
        return candidate
    }

    /// Notes what is odd about a mention: its surface, if the file gives one, its edges, its twins.
    mutating func check(_ entity: Entity, surface: String?, line: Int?) {
        for span in entity.spans where span.isEmpty {
            note("entity \(entity.id) has an empty span", line: line, at: span)
        }
        if Surface.hasSpaceAtEdge(text.slice(entity.hull)) {
            note("entity \(entity.id) begins or ends with white space", line: line, at: entity.hull)
        }
        if let surface, !Surface.matches(surface, text: text, spans: entity.spans) {
            note(
                "entity \(entity.id): the text given with it differs from the note at its offsets", line: line,
                at: entity.hull)
        }
        let mention = Mention(type: entity.type, spans: entity.spans)
        if let twin = mentions.updateValue(entity.id, forKey: mention) {
            note("entity \(entity.id) repeats entity \(twin): same type, same span", line: line, at: entity.hull)
        }
    }

    /// Notes something about the whole file or one of its lines.
    mutating func note(_ message: String, line: Int? = nil) {
        faults.append(CorpusFault(file: file, line: line, message: message))
    }

    private mutating func note(_ message: String, line: Int?, at span: TextSpan) {
        let offset = offsets.codePointOffset(ofUTF8: span.start)
        faults.append(CorpusFault(file: file, line: line, offset: offset, message: message))
    }
}
