/// Collects the documents of a BioC XML file.
struct BioCXMLContent: XMLEventHandler {
    private(set) var collection = BioCCollection()
    private(set) var documents: [BioCDocument] = []
    /// Elements that BioC does not have.
    private(set) var unknownElements: [(name: String, line: Int)] = []
    private(set) var root = ""

    private let file: String
    private var path: [String] = []
    private var buffer: [UInt8] = []
    private var infonKey = ""
    private var document = BioCDocument()
    private var passage = BioCDocument.Passage()
    private var sentence = BioCDocument.Passage()
    private var annotation = BioCDocument.Annotation()
    private var relation = BioCDocument.Relation()

    init(file: String) { self.file = file }

    mutating func start(_ name: String, attributes: [(name: String, value: String)], line: Int) throws {
        let parent = path.last
        path.append(name)
        func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
        switch (parent, name) {
        case (nil, _): root = name
        case ("collection", "document"):
            document = BioCDocument()
            document.line = line
        case ("document", "passage"):
            passage = BioCDocument.Passage()
            passage.line = line
        case ("passage", "sentence"):
            sentence = BioCDocument.Passage()
            sentence.line = line
        case (_, "annotation") where isContainer(parent):
            annotation = BioCDocument.Annotation(id: value("id") ?? "", line: line)
        case (_, "relation") where isContainer(parent):
            relation = BioCDocument.Relation(id: value("id") ?? "", line: line)
        case ("annotation", "location"):
            guard let start = value("offset").flatMap({ Int($0) }), let length = value("length").flatMap({ Int($0) })
            else { throw malformed(line, "a location without an offset and a length that are whole numbers") }
            annotation.locations.append((start, length))
        case ("relation", "node"): relation.nodes.append((value("refid") ?? "", value("role") ?? ""))
        case (_, "infon"):
            buffer = []
            infonKey = value("key") ?? ""
        case ("collection", "source"), ("collection", "date"), ("collection", "key"), ("collection", "version"),
            ("document", "id"), ("passage", "offset"), ("passage", "text"), ("sentence", "offset"),
            ("sentence", "text"), ("annotation", "text"):
            buffer = []
        default: unknownElements.append((name, line))
        }
    }

    private func isContainer(_ parent: String?) -> Bool {
        parent == "document" || parent == "passage" || parent == "sentence"
    }

    mutating func text(_ bytes: UnsafeRawBufferPointer) { buffer.append(contentsOf: bytes) }

    mutating func end() {
        guard let name = path.popLast() else { return }
        let parent = path.last
        switch (parent, name) {
        case ("collection", "document"): documents.append(document)
        case ("document", "passage"): document.passages.append(passage)
        case ("passage", "sentence"): passage.sentences.append(sentence)
        case ("document", "annotation"): document.annotations.append(annotation)
        case ("passage", "annotation"): passage.annotations.append(annotation)
        case ("sentence", "annotation"): sentence.annotations.append(annotation)
        case ("document", "relation"): document.relations.append(relation)
        case ("passage", "relation"): passage.relations.append(relation)
        case ("sentence", "relation"): sentence.relations.append(relation)
        default: endLeaf(name, in: parent)
        }
    }

    /// Takes the text of an element that holds nothing else.
    private mutating func endLeaf(_ name: String, in parent: String?) {
        let text = String(decoding: buffer, as: UTF8.self)
        switch (parent, name) {
        case ("collection", "source"): collection.source = text
        case ("collection", "date"): collection.date = text
        case ("collection", "key"): collection.key = text
        case ("collection", "version"): collection.version = text
        case ("document", "id"): document.id = text
        case ("passage", "offset"): passage.offset = Self.number(buffer)
        case ("sentence", "offset"): sentence.offset = Self.number(buffer)
        case ("passage", "text"): passage.text = text
        case ("sentence", "text"): sentence.text = text
        case ("annotation", "text"): annotation.text = text
        case ("collection", "infon"): collection.infons[infonKey] = text
        case ("document", "infon"): document.infons.add(infonKey, text)
        case ("passage", "infon"): passage.infons.add(infonKey, text)
        case ("sentence", "infon"): sentence.infons.add(infonKey, text)
        case ("annotation", "infon"): annotation.infons.add(infonKey, text)
        case ("relation", "infon"): relation.infons.add(infonKey, text)
        default: break
        }
    }

    private static func number(_ bytes: [UInt8]) -> Int? {
        Int(String(decoding: bytes.filter { !Surface.isSpace($0) }, as: UTF8.self))
    }

    private func malformed(_ line: Int, _ problem: String) -> CorpusError {
        .malformed(file: file, line: line, problem: problem)
    }
}
