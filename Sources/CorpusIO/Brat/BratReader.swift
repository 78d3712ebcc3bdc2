import ClinicalText
import Essentials

/// Reads brat standoff: `T` lines become entities, `R`, `E` and `*` lines relations, `A` and `M` lines attributes of
/// either, `N` lines codes; all others are kept verbatim.
///
/// An event is a relation whose first argument is its trigger; its arguments, as an attribute's target, may be other
/// events. What refers to something that is not there is kept as a line.
struct BratReader {
    private let file: String
    private let lines: [Substring]
    private var document: Document
    private var check: MentionCheck
    /// The numbers of lines that are kept as they are.
    private var kept: Set<Int> = []
    /// Of a mention's line, the place of its entity.
    private var mentionLines: [Int: Int] = [:]
    /// The ids of relations whose lines have another, by their lines.
    private var newRelationIDs: [Int: String] = [:]
    private var places: [String: Place] = [:]
    private var relationIDs: Set<String> = []

    /// Where an id leads.
    private enum Place {
        case entity(Int)
        case relation(Int)
    }

    /// Reads a note and its annotations; without annotations it is an unlabelled note.
    ///
    /// A byte order mark is no part of the note, unless the annotations count it as a character, as brat does: then it
    /// stays.
    ///
    /// - Throws: ``CorpusError``.
    static func read(
        text: InputFile, annotations: InputFile?, context: inout ReadContext
    ) throws -> Document {
        var document = Document(id: text.stem, text: try text.text(), metadata: ["file": text.name])
        guard let annotations else { return document }
        let content = try annotations.text()
        var lines = content.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
        // Windows line ends of the annotation file; those of the note count.
        let hasReturns = lines.count > 1 && lines.dropLast().allSatisfy { $0.utf8.last == 0x0D }
        lines = lines.map { $0.utf8.last == 0x0D ? Substring($0.utf8.dropLast()) : $0 }
        var parsed: [(number: Int, line: BratLine)] = []
        for (index, line) in lines.enumerated() {
            let read = try context.attempt(.entity, document: document.id) { _ in
                try BratLine.parse(line, file: annotations.path, number: index + 1)
            }
            if let read { parsed.append((index + 1, read)) }
        }
        if text.hasByteOrderMark, countsMark(parsed.map(\.line), text: document.text) {
            document.text = "\u{FEFF}" + document.text
        }
        if hasReturns { document.metadata[BratKeys.carriageReturns] = "true" }
        var reader = BratReader(
            file: annotations.path, lines: lines, document: document,
            check: context.check(file: annotations.path, text: document.text, document: document.id))
        try reader.addMentions(parsed, context: &context)
        reader.addRelations(parsed)
        reader.addProperties(parsed)
        context.take(reader.check)
        return reader.finished(parsed, content: content)
    }

    private init(file: String, lines: [Substring], document: Document, check: MentionCheck) {
        self.file = file
        self.lines = lines
        self.document = document
        self.check = check
    }

    private mutating func addMentions(_ parsed: [(number: Int, line: BratLine)], context: inout ReadContext) throws {
        for (number, line) in parsed {
            guard case .mention(let mention) = line else { continue }
            let read = try context.attempt(.entity, document: document.id) { _ in
                let id = check.uniqueID(mention.id, line: number)
                let entity = Entity(
                    id: id, type: mention.type,
                    spans: try check.spans(of: mention.fragments, id: id, line: number, surface: mention.surface))
                // The surface follows the fragments as written; when they are not in order, that was said.
                return check.check(entity, surface: mention.orderedSurface, line: number)
            }
            guard let entity = read ?? nil else { continue }
            mentionLines[number] = document.entities.count
            places[entity.id] = .entity(document.entities.count)
            document.entities.append(entity)
        }
    }

    private mutating func addRelations(_ parsed: [(number: Int, line: BratLine)]) {
        var found: [(number: Int, relation: Relation)] = []
        var equivalences = 0
        for (number, line) in parsed {
            guard case .relation(var relation) = line else { continue }
            if relation.id == "*" {
                equivalences += 1
                relation.id = "*\(equivalences)"
            }
            let id = uniqueID(relation.id, line: number)
            if id != relation.id { newRelationIDs[number] = id }
            relation.id = id
            found.append((number, relation))
        }
        let standing = BratReferences.standing(
            found.map { .init(id: $0.relation.id, references: $0.relation.arguments.map(\.entityID)) },
            known: Set(document.entities.map(\.id)))
        for ((number, relation), stands) in zip(found, standing) {
            guard stands else {
                kept.insert(number)
                check.note(
                    .danglingReference,
                    "relation \(relation.id) refers to what is not there; it is kept but not interpreted", line: number,
                    fix: "remove it, or correct its arguments")
                continue
            }
            if places[relation.id] == nil { places[relation.id] = .relation(document.relations.count) }
            document.relations.append(relation)
        }
    }

    /// An id that no earlier relation has: the given one, or that with a number.
    private mutating func uniqueID(_ id: String, line: Int) -> String {
        if relationIDs.insert(id).inserted { return id }
        var number = 2
        while !relationIDs.insert("\(id).\(number)").inserted { number += 1 }
        check.note(
            .duplicateID, "a second relation \(id); it is now called \(id).\(number)", line: line,
            fix: "give it an id of its own")
        return "\(id).\(number)"
    }

    private mutating func addProperties(_ parsed: [(number: Int, line: BratLine)]) {
        for (number, line) in parsed {
            switch line {
            case .attribute(let attribute):
                guard let place = places[attribute.target] else {
                    keep(number, "attribute \(attribute.id) is of something that is not there")
                    continue
                }
                guard add(attribute, at: place) else {
                    keep(number, "attribute \(attribute.id) repeats a name, which one mention can have once")
                    continue
                }
            case .normalization(let normalization):
                guard case .entity(let index) = places[normalization.target] else {
                    keep(number, "normalization \(normalization.id) is of something that is no entity")
                    continue
                }
                document.entities[index].codes.append(normalization.code)
            case .other:
                if let problem = Self.problem(ofLine: lines[number - 1]) {
                    check.note(.notInterpreted, problem + " is kept but not interpreted", line: number)
                }
            default: break
            }
        }
    }

    /// What a line that should be of a known kind is called if it is not written as that kind is.
    private static func problem(ofLine line: Substring) -> String? {
        switch line.utf8.first {
        case UInt8(ascii: "R"): "a relation without two arguments"
        case UInt8(ascii: "E"): "an event without a trigger"
        case UInt8(ascii: "A"), UInt8(ascii: "M"): "an attribute without a name and a target"
        case UInt8(ascii: "N"): "a normalization without a target and a code"
        case UInt8(ascii: "*"): "an equivalence without two members"
        default: nil
        }
    }

    /// Takes over an attribute; false if its target has one of that name.
    private mutating func add(_ attribute: BratLine.Attribute, at place: Place) -> Bool {
        switch place {
        case .entity(let index):
            guard document.entities[index].attributes[attribute.name] == nil else { return false }
            document.entities[index].attributes[attribute.name] = attribute.value
        case .relation(let index):
            guard document.relations[index].attributes[attribute.name] == nil else { return false }
            document.relations[index].attributes[attribute.name] = attribute.value
        }
        return true
    }

    private mutating func keep(_ number: Int, _ message: String) {
        kept.insert(number)
        check.note(.danglingReference, message + "; it is kept but not interpreted", line: number)
    }

    /// The document with the lines that are kept and, where it is not the usual one, their order.
    private mutating func finished(_ parsed: [(number: Int, line: BratLine)], content: String) -> Document {
        var layout: [String] = []
        let writer = BratWriter(document)
        for (number, line) in parsed {
            let verbatim = String(lines[number - 1])
            switch line {
            case .mention:
                guard let index = mentionLines[number] else { continue }
                let entity = document.entities[index]
                let line = Self.line(verbatim, id: entity.id)
                layout.append((try? writer.line(of: entity, id: entity.id)) == line ? entity.id : line)
            default:
                var isKept = kept.contains(number)
                if case .other = line { isKept = true }
                if isKept { document.uninterpreted.append(verbatim) }
                let line = newRelationIDs[number].map { Self.line(verbatim, id: $0) } ?? verbatim
                layout.append(isKept ? BratKeys.kept : line)
            }
        }
        let usual = Self.written(document)
        guard usual != content else { return document }
        document.metadata[BratKeys.lines] = layout.joined(separator: "\n")
        // Of a damaged file what is left may be in the usual order.
        if Self.written(document) == usual { document.metadata[BratKeys.lines] = nil }
        return document
    }

    /// A line with another id.
    private static func line(_ line: String, id: String) -> String {
        line.utf8.firstIndex(of: 0x09).map { id + line[$0...] } ?? line
    }

    private static func written(_ document: Document) -> String? {
        try? BratWriter.annotations(of: document, context: WriteContext(options: WriteOptions()))
    }

    /// Whether offsets count a byte order mark before `text`: more surfaces agree if they do.
    private static func countsMark(_ lines: [BratLine], text: String) -> Bool {
        let offsets = TextOffsets(text)
        func agreeing(_ shift: Int) -> Int {
            lines.count { line in
                guard case .mention(let mention) = line, let surface = mention.surface else { return false }
                let spans = mention.fragments.compactMap {
                    offsets.span(ofCodePoints: $0.start &- shift, $0.end &- shift)
                }
                guard spans.count == mention.fragments.count else { return false }
                return Surface.matches(surface, text: text, spans: spans)
            }
        }
        return agreeing(1) > agreeing(0)
    }
}
