import ClinicalText

/// Collects the judgments of documents and writes them as one 2008 file; other labels are lost and counted.
struct I2B2JudgmentWriter {
    private let context: WriteContext
    private var judgments: [I2B2Judgment.Subject: [(document: String, value: String)]] = [:]

    init(context: WriteContext) { self.context = context }

    /// Takes the labels of a document that say from what source they judge which disease.
    ///
    /// - Throws: ``CorpusError/characterNotInXML(document:offset:character:)``.
    mutating func add(_ document: Document) throws {
        for label in document.labels {
            guard let source = label.attributes["source"], !source.isEmpty, !label.value.isEmpty,
                case let disease = label.attributes["disease"] ?? label.name, !disease.isEmpty
            else {
                context.lose(.label)
                continue
            }
            for text in [source, disease, label.value] {
                guard let (_, scalar) = XMLText.firstForbidden(in: text) else { continue }
                throw CorpusError.characterNotInXML(document: document.id, offset: 0, character: scalar.value)
            }
            context.lose(.attribute, count: label.attributes.keys.count { $0 != "source" && $0 != "disease" })
            judgments[.init(source: source, disease: disease), default: []].append((document.id, label.value))
        }
    }

    /// The file.
    func xml() -> String {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<diseaseset>\n"
        var source: String?
        for (subject, judged) in judgments.sorted(by: { $0.key < $1.key }) {
            if subject.source != source {
                if source != nil { xml += "</diseases>\n" }
                xml += XMLText.startTag("diseases", attributes: [("source", subject.source)]) + ">\n"
                source = subject.source
            }
            xml += XMLText.startTag("disease", attributes: [("name", subject.disease)]) + ">\n"
            for (document, value) in judged {
                let attributes = [(name: "id", value: document), (name: "judgment", value: value)]
                xml += XMLText.startTag("doc", attributes: attributes) + "/>\n"
            }
            xml += "</disease>\n"
        }
        if source != nil { xml += "</diseases>\n" }
        return xml + "</diseaseset>\n"
    }
}
