import ClinicalText

/// Turns the results of an annotation into entities, relations and labels.
struct LabelStudioResults {
    private let record: JSONRecord
    private let offsets: LabelStudioOffsets
    /// The confidence of results that a model made, where they give none themselves.
    private let confidence: Double?
    private(set) var document: Document
    private var spans: JSONSpans
    private var places: [String: Int] = [:]

    /// Prepares for the results of a document whose regions have these `value`s.
    init(
        _ record: JSONRecord, document: Document, regions: [JSONObject], confidence: Double?, context: ReadContext
    ) {
        self.record = record
        self.document = document
        self.confidence = confidence
        spans = JSONSpans(record, text: document.text, document: document.id, context: context)
        offsets = LabelStudioOffsets(document.text, offsets: spans.check.offsets, regions: regions)
        guard offsets.countCodePoints else { return }
        self.document.metadata[LabelStudioKeys.offsets] = "code-points"
        spans.check.note(
            .offsetUnit, "the offsets count code points, not UTF-16 code units; they are read so", line: record.line)
    }

    /// Reads all results.
    ///
    /// - Throws: ``CorpusError``.
    mutating func read(_ results: [JSONValue], context: inout ReadContext) throws {
        let objects = results.enumerated().map { (index: $0.offset, value: $0.element, object: $0.element.object) }
        for (index, value, object) in objects where object.map(Self.isRegion) ?? true {
            _ = try context.attempt(.entity, document: document.id) { _ in
                guard let object else { throw record.malformed("result[\(index)] is \(value.kind), not an object") }
                try addRegion(object, value: object["value"]?.object ?? JSONObject(), fallback: "result[\(index)]")
            }
        }
        document.entities = spans.entities
        for (_, value, object) in objects {
            guard let object, !Self.isRegion(object) else { continue }
            if !add(object) { document.uninterpreted.append(KeptLines.line(value.text, of: .labelStudio)) }
        }
        finish(&context)
    }

    /// Takes over what was found without results: the regions that were added one by one.
    mutating func finish(_ context: inout ReadContext) {
        document.entities = spans.entities
        context.take(spans.check)
    }

    /// Whether a result is a labeled region of the text.
    static func isRegion(_ result: JSONObject) -> Bool {
        result["type"] == .string("labels") && result["value"]?["labels"]?.array?.isEmpty == false
    }

    /// Adds an entity for each label of a region.
    ///
    /// - Throws: ``CorpusError``.
    mutating func addRegion(_ result: JSONObject, value: JSONObject, fallback: String) throws {
        guard let start = value["start"]?.int, let end = value["end"]?.int else {
            throw record.malformed("\(fallback): its start or end is not a whole number")
        }
        var first: String?
        for label in value["labels"]?.array ?? [] {
            guard let type = label.string, !type.isEmpty else {
                throw record.malformed("\(fallback): a label is no string")
            }
            var attributes: [String: String] = [:]
            if let first {
                attributes[LabelStudioKeys.region] = first
            } else {
                LabelStudioKeys.keep(
                    result, except: ["id", "type", "value"], defaults: LabelStudioKeys.regionDefaults,
                    prefix: LabelStudioKeys.member, in: &attributes)
                LabelStudioKeys.keep(
                    value, except: ["start", "end", "text", "labels"], prefix: LabelStudioKeys.value, in: &attributes)
            }
            let id = spans.check.uniqueID(
                first.map { "\($0).\(spans.entities.count)" } ?? result["id"]?.id ?? "", line: record.line)
            guard let from = offsets.codePoint(of: start), let to = offsets.codePoint(of: end) else {
                throw record.malformed("entity \(id): its start or end lies within a character")
            }
            let surface = value["text"]?.string
            var entity = Entity(
                id: id, type: type,
                spans: try spans.check.spans(of: [(from, to)], id: id, line: record.line, surface: surface),
                attributes: attributes)
            if let confidence {
                let own = result["score"]?.double ?? confidence
                entity.provenance = .predicted(confidence: (0...1).contains(own) ? own : 1)
            }
            if let place = spans.add(entity, surface: surface), first == nil { places[id] = place }
            if first == nil { first = id }
        }
    }

    /// Adds a result that is no region; false if it is not interpreted.
    private mutating func add(_ result: JSONObject) -> Bool {
        switch result["type"]?.string {
        case "relation": addRelation(result)
        case "choices": result["value"]?["start"] == nil ? addLabels(result) : addAttribute(result)
        default: false
        }
    }

    private mutating func addRelation(_ result: JSONObject) -> Bool {
        guard let from = result["from_id"]?.id, let to = result["to_id"]?.id, places[from] != nil, places[to] != nil
        else {
            spans.check.note(
                .danglingReference, "a relation refers to what is no region; it is kept but not interpreted",
                line: record.line)
            return false
        }
        var attributes: [String: String] = [:]
        let labels = result["labels"]?.array
        var read: Set = ["from_id", "to_id", "type"]
        if labels?.count == 1, labels?.first?.string != nil { read.insert("labels") }
        LabelStudioKeys.keep(
            result, except: read, defaults: LabelStudioKeys.relationDefaults, prefix: LabelStudioKeys.member,
            in: &attributes)
        document.relations.append(
            Relation(
                id: "R\(document.relations.count)", type: labels?.first?.string ?? "relation",
                arguments: [.init(role: "from", entityID: from), .init(role: "to", entityID: to)],
                attributes: attributes))
        return true
    }

    /// Choices about the whole note.
    private mutating func addLabels(_ result: JSONObject) -> Bool {
        guard let name = result["from_name"]?.string, let choices = result["value"]?["choices"]?.array,
            !choices.isEmpty, choices.allSatisfy({ $0.string != nil })
        else { return false }
        let rest = Self.withoutChoices(result)
        let isUsual = choices.count == 1 && Self.isSame(rest, LabelStudioKeys.labelResult(name))
        document.labels += choices.compactMap(\.string).map {
            let attributes = isUsual ? [:] : [LabelStudioKeys.result: JSONValue.object(rest).text]
            return DocumentLabel(name: name, value: $0, attributes: attributes)
        }
        return true
    }

    /// A choice about a region.
    private mutating func addAttribute(_ result: JSONObject) -> Bool {
        guard let name = result["from_name"]?.string, let place = result["id"]?.id.flatMap({ places[$0] }),
            let choices = result["value"]?["choices"]?.array, choices.count == 1, let choice = choices[0].string,
            !LayoutKeys.isOfFormat(name), spans.entities[place].attributes[name] == nil
        else { return false }
        spans.entities[place].attributes[name] = choice
        let rest = Self.withoutChoices(result)
        let usual = LabelStudioKeys.attributeResult(
            name, id: spans.entities[place].id, value: offsets.place(of: spans.entities[place], in: document.text))
        if !Self.isSame(rest, usual) {
            spans.entities[place].attributes[LabelStudioKeys.result + name] = JSONValue.object(rest).text
        }
        return true
    }

    private static func withoutChoices(_ result: JSONObject) -> JSONObject {
        var result = result
        var value = result["value"]?.object ?? JSONObject()
        value["choices"] = nil
        result["value"] = .object(value)
        return result
    }

    /// Whether two results have the same members in whatever order.
    private static func isSame(_ left: JSONObject, _ right: JSONObject) -> Bool {
        func members(_ object: JSONObject) -> Set<JSONObject.Member> {
            Set(object.members.filter { $0.name != "value" } + (object["value"]?.object?.members ?? []))
        }
        return members(left) == members(right)
    }
}
