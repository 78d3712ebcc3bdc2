import ClinicalText

/// Collects the judgments of a file: `diseaseset`, `diseases source`, `disease name`, `doc id judgment`.
final class I2B2JudgmentContent: XMLEventSink {
    /// A `doc` element as it is written.
    struct Entry {
        let source: String?
        let disease: String?
        let document: String?
        let judgment: String?
        let line: Int
    }

    /// The entries in the order of the file.
    private(set) var entries: [Entry] = []
    /// Elements that are none of these.
    private(set) var unknownElements: [(name: String, line: Int)] = []
    private var depth = 0
    private var source: String?
    private var disease: String?

    func start(_ element: XMLElementEvent) {
        depth += 1
        switch depth {
        case 1 where element.isNamed("diseaseset"): break
        case 2 where element.isNamed("diseases"): source = element["source"]
        case 3 where element.isNamed("disease"): disease = element["name"]
        case 4 where element.isNamed("doc"):
            entries.append(
                Entry(
                    source: source, disease: disease, document: element["id"], judgment: element["judgment"],
                    line: element.line))
        default: unknownElements.append((element.name, element.line))
        }
    }

    func end() { depth -= 1 }

    func text(_ bytes: UnsafeRawBufferPointer) {}
}
