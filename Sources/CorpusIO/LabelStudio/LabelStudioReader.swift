import ClinicalText

/// Reads a task of Label Studio with one of its annotations.
struct LabelStudioReader {
    /// Where an annotation stands in its task.
    private struct Place {
        let list: String
        let index: Int

        var text: String { "\(list) \(index)" }
    }

    private let record: JSONRecord
    private var task: JSONObject

    /// The document of a task.
    ///
    /// - Throws: ``CorpusError``.
    static func document(of record: JSONRecord, context: inout ReadContext) throws -> Document {
        var reader = LabelStudioReader(record: record, task: try record.object())
        return try reader.document(&context)
    }

    private mutating func document(_ context: inout ReadContext) throws -> Document {
        var data = task["data"]?.object ?? JSONObject()
        let member = try LabelStudioFormat.textMember(
            of: data, record: record, options: context.options, takesOnlyString: true)
        var document = Document(
            id: try record.id(task["id"]), text: data[member]?.string ?? "", metadata: record.place)
        // Written with an id, so that it is the same document when it is read again.
        if task["id"]?.id != document.id { task["id"] = LabelStudioWriter.id(document.id) }
        if member != "text" { document.metadata[LabelStudioKeys.text] = member }
        data[member] = nil
        task["data"] = .object(data)
        for member in data.members where document.metadata[member.name] == nil {
            if let text = member.value.scalar, !LayoutKeys.isOfFormat(member.name) {
                document.metadata[member.name] = text
            }
        }
        let place = choose(context.options.annotation)
        noteOthers(than: place, document: document.id, context: &context)
        var results: [JSONValue] = []
        var confidence: Double?
        if let place {
            document.metadata[LabelStudioKeys.annotation] = place.text
            var annotations = task[place.list]?.array ?? []
            var annotation = annotations[place.index].object ?? JSONObject()
            guard let list = (annotation["result"] ?? .array([])).array else {
                throw record.malformed("\(place.list)[\(place.index)].result is no array")
            }
            results = list
            if place.list == "predictions" { confidence = annotation["score"]?.double ?? 1 }
            annotation["result"] = .array([])
            annotations[place.index] = .object(annotation)
            task[place.list] = .array(annotations)
        }
        document.metadata[LabelStudioKeys.task] = JSONValue.object(task).text
        var reading = LabelStudioResults(
            record, document: document,
            regions: results.compactMap(\.object).filter(LabelStudioResults.isRegion).compactMap {
                $0["value"]?.object
            },
            confidence: confidence, context: context)
        try reading.read(results, context: &context)
        return reading.document
    }

    /// The annotation to read, if the task has it.
    private func choose(_ choice: AnnotationChoice) -> Place? {
        // Versions before 1.0 called annotations completions.
        let list = task["annotations"] == nil && task["completions"] != nil ? "completions" : "annotations"
        let annotations = (task[list]?.array ?? []).enumerated().filter { $0.element.object != nil }
        let finished = annotations.filter { $0.element["was_cancelled"] != .bool(true) }
        let index: Int? =
            switch choice {
            case .preferred: (finished.first { $0.element["ground_truth"] == .bool(true) } ?? finished.first)?.offset
            case .last: finished.last?.offset
            case .annotator(let name): finished.first { Self.names(of: $0.element).contains(name) }?.offset
            case .prediction: nil
            }
        if choice == .prediction {
            let predictions = (task["predictions"]?.array ?? []).enumerated()
            return predictions.first { $0.element.object != nil }.map { Place(list: "predictions", index: $0.offset) }
        }
        return index.map { Place(list: list, index: $0) }
    }

    /// What an annotation's annotator is called: an id, or an object with one and an address.
    private static func names(of annotation: JSONValue) -> [String] {
        let annotator = annotation["completed_by"]
        return [annotator?.scalar, annotator?["id"]?.scalar, annotator?["email"]?.scalar].compactMap { $0 }
    }

    private func noteOthers(than place: Place?, document: String, context: inout ReadContext) {
        for (list, one, many) in [
            ("annotations", "annotation", "annotations"), ("completions", "annotation", "annotations"),
            ("predictions", "prediction", "predictions"),
        ] {
            let count = (task[list]?.array?.count ?? 0) - (place?.list == list ? 1 : 0)
            guard count > 0 else { continue }
            let other = place?.list == list ? "other " : ""
            context.note(
                CorpusFault(
                    .notInterpreted, file: record.source.path, line: record.line, document: document,
                    message:
                        "\(count) \(other)\(count == 1 ? one : many) of the task \(count == 1 ? "is" : "are") kept but "
                        + "not read", fix: "choose whose annotation is read"))
        }
    }
}
