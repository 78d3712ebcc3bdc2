import ClinicalText

/// Makes a document from text with inline marks: `started on [metoprolol|Medication] today`.
///
/// Marks do not nest. Offsets come out in UTF-8, as everywhere in the program.
public func document(marked: String, id: String = "note") -> Document {
    var text = ""
    var entities: [Entity] = []
    var rest = marked[...]
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
        let inner = rest[rest.index(after: open)..<close]
        guard let bar = inner.lastIndex(of: "|") else { break }
        text += rest[..<open]
        let start = text.utf8.count
        text += inner[..<bar]
        let span = TextSpan(start: start, end: text.utf8.count)
        entities.append(
            Entity(id: "E\(entities.count)", type: String(inner[inner.index(after: bar)...]), spans: [span]))
        rest = rest[rest.index(after: close)...]
    }
    return Document(id: id, text: text + rest, entities: entities)
}
