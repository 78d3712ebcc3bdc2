import ClinicalText

/// Writes records of spaCy, in the layout they were read in, else with `entities` as `[start, end, label]`.
///
/// The format holds no gaps, relations and provenance; only entities that are objects have attributes, and an entity has
/// one code.
struct SpaCyWriter {
    private let document: Document
    private let offsets: TextOffsets
    private let context: WriteContext
    private let layout: SpaCyFormat.Layout

    /// The record of a document on one line, without a line end.
    static func line(of document: Document, context: WriteContext) -> String {
        SpaCyWriter(document, context: context).line()
    }

    private init(_ document: Document, context: WriteContext) {
        self.document = document
        self.context = context
        offsets = TextOffsets(document.text)
        layout = SpaCyFormat.Layout(document.metadata[SpaCyFormat.layoutKey]) ?? SpaCyFormat.Layout()
    }

    private func line() -> String {
        context.loseProvenance(of: document)
        context.loseGaps(of: document)
        context.lose(.relation, count: document.relations.count)
        context.lose(.line, count: document.uninterpreted.count)
        var json = JSONText()
        if layout.isPair {
            json.array { array in
                array.value(document.text)
                array.object { addMembers(to: &$0) }
            }
        } else {
            json.object { object in
                object.member("text", document.text)
                addMembers(to: &object)
            }
        }
        return json.text
    }

    private func addMembers(to object: inout JSONText) {
        object.member("id") { $0.id(document.id) }
        object.member(layout.member) { json in
            json.array { array in
                for entity in document.entities {
                    if layout.hasObjects { write(entity, to: &array) } else { triple(entity, to: &array) }
                }
            }
        }
        addCategories(to: &object)
        object.members(
            SpaCyFormat.extras.members(
                of: document.metadata, except: ["id", "text", "cats", "layout", layout.member]))
    }

    /// The labels whose values are numbers, each name once.
    private func addCategories(to object: inout JSONText) {
        var names: Set<String> = []
        let own = document.labels.filter { label in
            let value = JSONParser.value(of: label.value)
            return (value?.double != nil || label.value == "true" || label.value == "false")
                && names.insert(label.name).inserted
        }
        context.lose(.label, count: document.labels.count - own.count)
        context.lose(.attribute, count: own.reduce(0) { $0 + $1.attributes.count })
        guard !own.isEmpty else { return }
        object.member("cats") { json in
            json.object { object in
                for label in own { object.member(label.name) { $0.raw(label.value) } }
            }
        }
    }

    private func triple(_ entity: Entity, to json: inout JSONText) {
        let range = offsets.codePoints(of: entity.hull)
        context.lose(.attribute, count: LayoutKeys.ofMention(entity.attributes).count)
        context.lose(.code, count: max(0, entity.codes.count - 1))
        json.array { array in
            array.value(range.lowerBound)
            array.value(range.upperBound)
            array.value(entity.type)
            if let code = entity.codes.first { array.value(code) }
        }
    }

    private func write(_ entity: Entity, to json: inout JSONText) {
        let range = offsets.codePoints(of: entity.hull)
        context.lose(.code, count: max(0, entity.codes.count - 1))
        json.object { object in
            object.member("id", entity.id)
            object.member("start") { $0.value(range.lowerBound) }
            object.member("end") { $0.value(range.upperBound) }
            object.member("label", entity.type)
            if let code = entity.codes.first { object.member("kb_id", code) }
            object.members(
                SpaCyFormat.extras.members(
                    of: entity.attributes, except: ["id", "start", "end", "label", "kb_id"]))
        }
    }
}
