import ClinicalText

/// Writes BioC XML, a document after the other.
struct BioCXMLWriter {
    private let context: WriteContext
    private var hasBegun = false
    /// What the file says about all of its documents: that of the first one.
    private var collection = BioCCollection()

    init(context: WriteContext) { self.context = context }

    /// A document's element, after the beginning of the collection if it is the first one.
    ///
    /// - Throws: ``CorpusError/characterNotInXML(document:offset:character:)``.
    mutating func document(_ document: Document) throws -> String {
        var xml = hasBegun ? "" : begin(BioCText.collection(document.metadata[BioCKeys.collection]))
        loseCollection(of: document)
        let written = BioCDocument(document, context: context)
        let text = BioCXMLText(document: document.id, replacement: context.options.xmlReplacement)
        xml += "<document>\n<id>\(try text.escaped(written.id))</id>\n"
        xml += try infons(written.infons, text)
        for passage in written.passages { xml += try passageElement(passage, "passage", text) }
        for annotation in written.annotations { xml += try element(annotation, text) }
        for relation in written.relations { xml += try element(relation, text) }
        return xml + "</document>\n"
    }

    /// The end of the collection.
    mutating func end() -> String {
        let xml = hasBegun ? "" : begin(BioCText.collection(nil))
        return xml + "</collection>\n"
    }

    /// Counts a document whose own collection says something else than that of the file.
    private func loseCollection(of document: Document) {
        guard let own = document.metadata[BioCKeys.collection] else { return }
        if BioCText.collection(own) != collection { context.lose(.metadata) }
    }

    private mutating func begin(_ collection: BioCCollection) -> String {
        hasBegun = true
        self.collection = collection
        let text = BioCXMLText(document: "", replacement: " ")
        func element(_ name: String, _ value: String) -> String {
            "<\(name)>\((try? text.escaped(value)) ?? "")</\(name)>\n"
        }
        var xml =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE collection SYSTEM \"BioC.dtd\">\n<collection>\n"
        xml += element("source", collection.source) + element("date", collection.date) + element("key", collection.key)
        if let version = collection.version { xml += element("version", version) }
        for (key, value) in collection.infons.sorted(by: { $0.key < $1.key }) {
            xml += "<infon key=\"\(XMLText.escapedAttribute(key))\">\((try? text.escaped(value)) ?? "")</infon>\n"
        }
        return xml
    }

    private func passageElement(
        _ passage: BioCDocument.Passage, _ name: String, _ text: BioCXMLText
    ) throws -> String {
        var xml = "<\(name)>\n" + (try infons(passage.infons, text))
        xml += "<offset>\(passage.offset ?? 0)</offset>\n"
        if let content = passage.text { xml += "<text>\(try text.escaped(content))</text>\n" }
        for sentence in passage.sentences { xml += try passageElement(sentence, "sentence", text) }
        for annotation in passage.annotations { xml += try element(annotation, text) }
        for relation in passage.relations { xml += try element(relation, text) }
        return xml + "</\(name)>\n"
    }

    private func element(_ annotation: BioCDocument.Annotation, _ text: BioCXMLText) throws -> String {
        var xml = "<annotation id=\"\(try text.attribute(annotation.id))\">\n" + (try infons(annotation.infons, text))
        for location in annotation.locations {
            xml += "<location offset=\"\(location.start)\" length=\"\(location.length)\"/>\n"
        }
        if let content = annotation.text { xml += "<text>\(try text.escaped(content))</text>\n" }
        return xml + "</annotation>\n"
    }

    private func element(_ relation: BioCDocument.Relation, _ text: BioCXMLText) throws -> String {
        var xml = "<relation id=\"\(try text.attribute(relation.id))\">\n" + (try infons(relation.infons, text))
        for node in relation.nodes {
            xml += "<node refid=\"\(try text.attribute(node.id))\" role=\"\(try text.attribute(node.role))\"/>\n"
        }
        return xml + "</relation>\n"
    }

    /// The infons, `type` first.
    private func infons(_ infons: BioCInfons, _ text: BioCXMLText) throws -> String {
        let ordered =
            infons.values.filter { $0.key == "type" }.sorted { $0.key < $1.key }
            + infons.values.filter { $0.key != "type" }.sorted { $0.key < $1.key }
        return try ordered.map { key, value in
            "<infon key=\"\(try text.attribute(key))\">\(try text.escaped(value))</infon>\n"
        }.joined()
    }
}
