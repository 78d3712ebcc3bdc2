import ClinicalText

/// The mentions of a note in the i2b2 formats of 2010 and 2011, found again by their places.
///
/// Other files of the note name a mention by its place alone, and several mentions may share one.
struct ConceptMentions {
    /// What names a mention in another file.
    struct Key: Hashable {
        let place: LineTokenPlace
        /// Nothing for mentions of all types.
        let type: String?
    }

    /// A line `c="TEXT" LINE:TOKEN LINE:TOKEN||t="TYPE"`.
    struct Line {
        let mention: LineTokenMention
        let type: String

        /// The place, as the line gives it.
        var place: LineTokenPlace { mention.places[0] }
    }

    /// The note's id.
    let document: String
    /// The mentions, in the order of the file.
    private(set) var entities: [Entity] = []
    private var indices: [Key: [Int]] = [:]
    /// What lines named, whether or not a mention could be made of it.
    private var named: Set<Key> = []
    private var check: MentionCheck

    init(file: String, text: String, document: String, context: ReadContext) {
        self.document = document
        check = context.check(file: file, text: text, document: document)
    }

    /// The mentions of a file's lines.
    ///
    /// - Throws: ``CorpusError`` for a line that does not read as it should.
    func lines(of file: InputFile?, context: inout ReadContext) throws -> [Line] {
        try LineTokenRecord.records(of: file, .entity, document: document, context: &context) { record in
            let fields = record.fields
            guard fields.count == 2, fields[0].isMention("c"), fields[1].isValue("t") else {
                throw CorpusError.malformed(
                    file: file?.path ?? "", line: record.line,
                    problem: "a concept must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\"")
            }
            return Line(mention: fields[0].mention(called: "the concept", line: record.line), type: fields[1].text)
        }
    }

    /// Makes mentions of lines of `file`.
    ///
    /// - Throws: ``CorpusError`` for a place that the note does not have.
    mutating func add(_ lines: [Line], file: String, context: inout ReadContext) throws {
        var alignment = LineTokenAlignment(
            lines.map(\.mention), file: file, ignoringCase: true, check: check, isRepairing: context.isRepairing)
        for line in lines {
            named.insert(Key(place: line.place, type: line.type))
            named.insert(Key(place: line.place, type: nil))
            let entity = try context.attempt(.entity, document: document) { _ in
                let entity = Entity(
                    id: "E\(entities.count)", type: line.type,
                    spans: try alignment.spans(of: line.mention, check: &check))
                return check.check(entity, surface: nil, line: line.mention.line)
            }
            guard let entity = entity ?? nil else { continue }
            indices[Key(place: line.place, type: line.type), default: []].append(entities.count)
            indices[Key(place: line.place, type: nil), default: []].append(entities.count)
            entities.append(entity)
        }
        alignment.report(to: &context)
    }

    /// The mentions at a place, in the order of the file: those of a type, or all if none has it.
    func indices(at place: LineTokenPlace, preferring type: String?) -> (key: Key, indices: [Int])? {
        for key in [Key(place: place, type: type), Key(place: place, type: nil)] {
            if let indices = indices[key] { return (key, indices) }
        }
        return nil
    }

    /// The mentions of a line's type at its place, in the order of the file.
    func indices(of line: Line) -> [Int] { indices[Key(place: line.place, type: line.type)] ?? [] }

    /// Whether there was a line with this one's type and place, though perhaps no mention could be made of it.
    func has(_ line: Line) -> Bool { named.contains(Key(place: line.place, type: line.type)) }

    /// Whether there was a line with a place.
    func has(_ place: LineTokenPlace) -> Bool { named.contains(Key(place: place, type: nil)) }

    /// Gives a mention an attribute.
    mutating func set(_ attribute: String, to value: String, of index: Int) {
        entities[index].attributes[attribute] = value
    }

    /// Hands over what was found about the mentions.
    func report(to context: inout ReadContext) { context.take(check) }
}

extension LineTokenRecord.Field {
    /// Whether the field is a mention called `name`, in one piece.
    func isMention(_ name: String) -> Bool { self.name == name && places.count == 1 }

    /// Whether the field is a value called `name`.
    func isValue(_ name: String) -> Bool { self.name == name && places.isEmpty }

    /// The field as a mention.
    func mention(called name: String, line: Int) -> LineTokenMention {
        LineTokenMention(name: name, surface: text, places: places, line: line)
    }
}
