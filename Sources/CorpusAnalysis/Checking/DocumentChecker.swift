import ClinicalText
import CorpusIO
import TextProcessing

/// Looks at one document for what readers do not look at: its characters, how its mentions lie to words, sentences and
/// each other, and what its relations refer to.
struct DocumentChecker {
    private let document: Document
    private let places: DocumentPlaces
    private let offsets: TextOffsets
    private var faults: [CorpusFault] = []

    /// The faults of a document, in the order of text, mentions, relations; what readers find is not repeated.
    static func faults(of document: Document, places: DocumentPlaces, segmenter: DocumentSegmenter) -> [CorpusFault] {
        var checker = DocumentChecker(document: document, places: places)
        checker.checkText()
        if !document.entities.isEmpty {
            let segmentation = segmenter.segmentation(of: document.text)
            for entity in document.entities {
                checker.checkWords(entity, segmentation)
                checker.checkSentences(entity, segmentation)
            }
            checker.checkOverlaps()
        }
        checker.checkReferences()
        return checker.faults
    }

    private init(document: Document, places: DocumentPlaces) {
        self.document = document
        self.places = places
        offsets = TextOffsets(document.text)
    }

    // MARK: The text

    private mutating func checkText() {
        if document.text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            noteText(.emptyText, at: nil, "the note has no text", fix: "remove it, or look where its text went")
        }
        let endings = LineEndings(of: document.text)
        if let first = endings.firstOther {
            let counts = [(endings.lineFeeds, "LF"), (endings.pairs, "CR LF"), (endings.carriageReturns, "CR")]
                .filter { $0.0 > 0 }.map { "\($0.0) in \($0.1)" }.joined(separator: ", ")
            noteText(
                .mixedLineEndings, at: first, "the note's lines end in different ways: \(counts)",
                fix: "end all of them in LF and move the offsets with them")
        }
        let odd = OddCharacters.find(in: document.text)
        for kind in OddCharacters.Kind.allCases {
            let findings = odd.filter { $0.kind == kind }
            if let first = findings.first { note(first, count: findings.count) }
        }
    }

    /// One fault for all characters of a kind: a note in the wrong encoding has thousands.
    private mutating func note(_ first: OddCharacters.Finding, count: Int) {
        let more = count > 1 ? "; the note has \(count) of the kind" : ""
        switch first.kind {
        case .control:
            noteText(
                .oddCharacter, at: first.span.start, "the control character \(Self.code(first.character))\(more)",
                fix: first.replacement == " "
                    ? "replace it by a blank"
                    : "replace it by the character that Windows-1252 has there, and read the source in that encoding")
        case .replacement:
            noteText(
                .oddCharacter, at: first.span.start,
                "the replacement character U+FFFD, where a character was lost\(more)",
                fix: "read the source again in its own encoding")
        case .mojibake:
            noteText(
                .encoding, at: first.span.start,
                "the bytes of one UTF-8 character stand as several characters\(more)",
                fix: "put \(first.replacement.map { $0.unicodeScalars.map(Self.code).joined() } ?? "it") there; "
                    + "the source was UTF-8 and read as Windows-1252 or Latin-1")
        case .mark:
            noteText(
                .oddCharacter, at: first.span.start, "a byte order mark within the text\(more)", fix: "remove it")
        }
    }

    private static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    // MARK: Mentions

    /// Whether a mention begins or ends within a word, number or mark, as ``WordSplitter`` divides them.
    private mutating func checkWords(_ entity: Entity, _ segmentation: Segmentation) {
        var widened = entity.spans
        for (index, span) in entity.spans.enumerated() where !span.isEmpty {
            let tokens = segmentation.tokens(overlapping: span)
            guard let first = tokens.first, let last = tokens.last else { continue }
            widened[index] = TextSpan(
                start: min(span.start, segmentation.tokens[first].span.start),
                end: max(span.end, segmentation.tokens[last].span.end))
        }
        guard widened != entity.spans else { return }
        let ranges = widened.map { span in
            let range = offsets.codePoints(of: span)
            return "\(range.lowerBound)-\(range.upperBound)"
        }
        note(
            .withinWord, entity, "entity \(entity.id) begins or ends within a word",
            fix: "widen it to \(ranges.joined(separator: ","))")
    }

    private mutating func checkSentences(_ entity: Entity, _ segmentation: Segmentation) {
        let tokens = segmentation.tokens(overlapping: entity.hull)
        guard let first = tokens.first, let last = tokens.last,
            segmentation.sentenceIndex(ofToken: first) != segmentation.sentenceIndex(ofToken: last)
        else { return }
        note(
            .acrossSentences, entity, "entity \(entity.id) goes over the end of a sentence",
            fix: "divide it, or check its offsets")
    }

    private mutating func checkOverlaps() {
        for (index, overlap) in EntityOverlaps.find(in: document.entities) {
            let entity = document.entities[index]
            switch overlap {
            case .within(let other):
                let holder = document.entities[other]
                // Equal ones of the same type are duplicates, which readers report.
                if holder.spans == entity.spans && holder.type == entity.type { continue }
                let words =
                    holder.spans == entity.spans
                    ? "covers the same text as entity \(holder.id)" : "lies within entity \(holder.id)"
                note(
                    .nested, severity: .information, entity,
                    "entity \(entity.id) (\(entity.type)) \(words) (\(holder.type))",
                    fix: "nothing, if it is meant; tags of columns hold only one of the two")
            case .crossing(let other):
                let crossed = document.entities[other]
                note(
                    .crossing, entity,
                    "entity \(entity.id) (\(entity.type)) crosses entity \(crossed.id) (\(crossed.type))",
                    fix: "check the ends of both")
            }
        }
    }

    // MARK: Relations

    private mutating func checkReferences() {
        guard !document.relations.isEmpty else { return }
        var known = Set(document.entities.map(\.id)).union(document.relations.map(\.id))
        // Lines that are kept verbatim may define what relations refer to, such as brat's events.
        for line in document.uninterpreted {
            known.insert(String(decoding: line.utf8.prefix { $0 != 0x09 && $0 != 0x20 }, as: UTF8.self))
        }
        for relation in document.relations {
            guard let lost = relation.arguments.first(where: { !known.contains($0.entityID) }) else { continue }
            faults.append(
                CorpusFault(
                    .danglingReference, file: places.annotationFile, line: places.line, document: document.id,
                    message: "relation \(relation.id) refers to \(lost.entityID), which the document does not have",
                    fix: "correct the reference or remove the relation"))
        }
    }

    // MARK: Faults

    private mutating func noteText(_ kind: FaultKind, at offset: Int?, _ message: String, fix: String) {
        faults.append(
            CorpusFault(
                kind, file: places.file, line: places.line, offset: offset.map { offsets.codePointOffset(ofUTF8: $0) },
                document: document.id, message: message, fix: fix))
    }

    private mutating func note(
        _ kind: FaultKind, severity: CorpusFault.Severity = .warning, _ entity: Entity, _ message: String, fix: String
    ) {
        faults.append(
            CorpusFault(
                kind, severity: severity, file: places.annotationFile,
                line: places.entityLines[entity.id] ?? places.line,
                offset: offsets.codePointOffset(ofUTF8: entity.hull.start), document: document.id, message: message,
                fix: fix))
    }
}
