import ClinicalText
import Essentials

/// Reads CAS XMI: annotations of the first view become entities, links between two of them relations, all other feature
/// structures are kept.
struct XMIReader {
    /// Packages whose annotations structure the text, and do not say what it is about.
    private static let structuralPackages = [
        "uima/tcas.ecore", "dkpro/core/api/segmentation/", "dkpro/core/api/lexmorph/", "dkpro/core/api/syntax/",
        "dkpro/core/api/metadata/", "ctakes/typesystem/type/syntax.ecore", "ctakes/typesystem/type/textspan.ecore",
    ]
    private static let structuralNames: Set = ["DocumentAnnotation", "DocumentMetaData", "Sentence", "Token"]
    /// Packages whose annotations keep their type in a feature.
    private static let packagesWithTypes = ["dkpro/core/api/ner/", "webanno/custom", "/custom.ecore"]
    private static let typeFeatures = ["value", "label"]

    private let file: InputFile
    private let options: ReadOptions
    private let namespaces: [String: String]
    private let units: UTF16Offsets
    private let sofa: String
    private let concepts: [String: XMIContent.Element]
    private var document: Document
    private var check: MentionCheck
    private var ids: Set<String> = []
    /// The number for the next element whose id is none, or another's.
    private var nextID: Int
    /// New ids of elements whose own are no numbers.
    private var renamed: [String: String] = [:]

    /// Reads one file whose root declares `namespaces`.
    ///
    /// - Throws: ``CorpusError``.
    static func read(
        _ file: InputFile, namespaces: [(name: String, value: String)], context: inout ReadContext
    ) throws -> Document {
        var content = XMIContent(file: file.path)
        do {
            try XMLEventParser.parse(
                file.bytes, file: file.path, maxDepth: context.options.maxDepth, handler: &content)
        } catch let error as XMLSyntaxError {
            throw error.corpusError
        }
        let sofas = content.elements.filter { $0.localName == "Sofa" && $0["sofaString"] != nil }
        guard content.root.hasSuffix("XMI"),
            let sofa = sofas.first(where: { $0["sofaID"] == "_InitialView" }) ?? sofas.first, let id = sofa.id
        else {
            throw CorpusError.malformed(
                file: file.path, line: nil, problem: "no Sofa with a sofaString below the root; is this CAS XMI?")
        }
        var reader = XMIReader(file, content: content, sofa: sofa, id: id, namespaces: namespaces, context: context)
        try reader.read(content.elements, context: &context)
        context.take(reader.check)
        return reader.document
    }

    private init(
        _ file: InputFile, content: XMIContent, sofa: XMIContent.Element, id: String,
        namespaces: [(name: String, value: String)], context: ReadContext
    ) {
        self.file = file
        options = context.options
        // As it will be written: an element of INCEpTION's layers is one also where its prefix is not declared.
        let namespaces = XMIKeys.completed(
            namespaces, usesCustom: content.elements.contains { $0.prefix == XMIKeys.customPrefix })
        self.namespaces = Dictionary(namespaces.map { ($0.name, $0.value) }) { first, _ in first }
        nextID = 1 + content.elements.compactMap { Self.number(of: $0.id) }.reduce(0, max)
        self.sofa = id
        let text = sofa["sofaString"] ?? ""
        units = UTF16Offsets(text)
        let named = content.elements.compactMap { element in
            element["code"] == nil && element["cui"] == nil ? nil : element.id.map { ($0, element) }
        }
        concepts = Dictionary(named) { first, _ in first }
        document = Document(
            id: file.stem, text: text,
            metadata: [
                "file": file.name,
                XMIKeys.namespaces: XMIKeys.encoded(namespaces),
                XMIKeys.sofa: XMIKeys.encoded(sofa.attributes.filter { $0.name != "sofaString" }),
            ])
        check = context.check(file: file.path, text: text, document: file.stem)
    }

    private mutating func read(_ elements: [XMIContent.Element], context: inout ReadContext) throws {
        var links: [XMIContent.Element] = []
        var kept: [Int] = []
        for (index, element) in elements.enumerated() {
            if element.localName == "Sofa" && element.id == sofa || element.localName == "NULL" { continue }
            if element.localName == "View" && element["sofa"] == sofa {
                document.metadata[XMIKeys.view] = XMIKeys.encoded(element.attributes)
            } else if isLink(element) {
                links.append(element)
            } else if isEntity(element) {
                let read = try context.attempt(.entity, document: document.id) { _ in try entity(of: element) }
                if let entity = read ?? nil { document.entities.append(entity) }
            } else {
                kept.append(index)
            }
        }
        ids = Set(document.entities.map(\.id))
        var keptIDs = kept.compactMap { elements[$0].id }
        for index in kept { keep(elements[index]) }
        for link in links {
            if let relation = relation(of: link) {
                document.relations.append(relation)
            } else {
                keep(link)
                if let id = link.id { keptIDs.append(id) }
                check.note(
                    .danglingReference, "a relation links what is no entity; it is kept but not interpreted",
                    line: link.line)
            }
        }
        completeView(kept: keptIDs)
    }

    /// Leaves to the view the members that there are, under the ids that they have here.
    private mutating func completeView(kept: [String]) {
        guard var view = document.metadata[XMIKeys.view].map({ XMIKeys.decoded($0) }) else { return }
        let known = ids.union(document.relations.map(\.id)).union(kept)
        for index in view.indices where view[index].name == "members" {
            let members = view[index].value.split(separator: " ").map { renamed[String($0)] ?? String($0) }
            view[index].value = members.filter(known.contains).joined(separator: " ")
        }
        document.metadata[XMIKeys.view] = XMIKeys.encoded(view)
    }

    /// The id of an entity or relation: its own, if that is a number that no other has.
    private mutating func uniqueID(of element: XMIContent.Element) -> String {
        let own = element.id ?? ""
        var next = nextID
        let id = check.uniqueID(Self.number(of: own) == nil ? "" : own, line: element.line) {
            defer { next += 1 }
            return String(next)
        }
        nextID = next
        if !own.isEmpty, id != own, Self.number(of: own) == nil { renamed[own] = id }
        return id
    }

    /// An id as a number, if it is written as one.
    private static func number(of id: String?) -> Int? {
        guard let id, let number = Int(id), number >= 0, number < Int.max >> 1, String(number) == id else { return nil }
        return number
    }

    private mutating func keep(_ element: XMIContent.Element) {
        document.uninterpreted.append(KeptLines.line(element.text, of: .xmi))
    }

    private func isLink(_ element: XMIContent.Element) -> Bool {
        element["Governor"] != nil && element["Dependent"] != nil && !isStructural(element)
    }

    private func isEntity(_ element: XMIContent.Element) -> Bool {
        guard element["begin"] != nil, element["end"] != nil, element["sofa"] == sofa else { return false }
        if options.annotationTypes.isEmpty { return !isStructural(element) }
        return options.annotationTypes.contains(element.localName) || options.annotationTypes.contains(element.name)
    }

    private func isStructural(_ element: XMIContent.Element) -> Bool {
        let package = namespaces[element.prefix] ?? ""
        return Self.structuralNames.contains(element.localName)
            || Self.structuralPackages.contains { package.contains($0) }
    }

    /// The type of an annotation, and the feature that holds it.
    private func type(of element: XMIContent.Element) -> (type: String, feature: String?) {
        let package = namespaces[element.prefix] ?? ""
        var features = Self.packagesWithTypes.contains { package.contains($0) } ? Self.typeFeatures : []
        if let feature = options.typeFeature { features = [feature] }
        for feature in features {
            if let type = element[feature], !type.isEmpty { return (type, feature) }
        }
        return (element.localName, nil)
    }

    private mutating func entity(of element: XMIContent.Element) throws -> Entity? {
        let id = uniqueID(of: element)
        guard let begin = element["begin"].flatMap({ Int($0) }), let end = element["end"].flatMap({ Int($0) }) else {
            throw malformed(element, "entity \(id): begin or end is not a whole number")
        }
        guard let first = codePoint(of: begin), let last = codePoint(of: end) else {
            throw malformed(
                element, "entity \(id): begin or end lies within a character; offsets count UTF-16 code units")
        }
        let spans = try check.spans(of: [(first, last)], id: id, line: element.line)
        let (type, feature) = type(of: element)
        var attributes = properties(of: element, except: ["xmi:id", "sofa", "begin", "end"], feature: feature)
        if options.typeFeature == nil && feature == nil { attributes[XMIKeys.feature] = nil }
        let entity = Entity(id: id, type: type, spans: spans, attributes: attributes, codes: codes(of: element))
        return check.check(entity, surface: nil, line: element.line)
    }

    /// The code point offset of a file's offset: itself where it lies outside the text, so that this is said; nothing in
    /// the middle of a character.
    private func codePoint(of unit: Int) -> Int? {
        (0...units.count).contains(unit) ? units.codePoint(ofUnit: unit) : unit
    }

    private mutating func relation(of element: XMIContent.Element) -> Relation? {
        guard let governor = element["Governor"].map({ renamed[$0] ?? $0 }),
            let dependent = element["Dependent"].map({ renamed[$0] ?? $0 }), element.id != nil,
            ids.contains(governor), ids.contains(dependent)
        else { return nil }
        let id = uniqueID(of: element)
        let (type, feature) = type(of: element)
        var attributes = properties(
            of: element, except: ["xmi:id", "sofa", "begin", "end", "Governor", "Dependent"], feature: feature)
        for name in ["begin", "end"] { attributes[XMIKeys.place + name] = element[name] }
        return Relation(
            id: id, type: type,
            arguments: [.init(role: "Governor", entityID: governor), .init(role: "Dependent", entityID: dependent)],
            attributes: attributes)
    }

    /// The features of an element, and what is needed to write it again.
    private func properties(
        of element: XMIContent.Element, except read: Set<String>, feature: String?
    ) -> [String: String] {
        var properties = [XMIKeys.element: element.name]
        for (name, value) in element.attributes where !read.contains(name) && name != feature {
            properties[name] = value
        }
        properties[XMIKeys.feature] = feature
        if !element.children.isEmpty {
            properties[XMIKeys.children] =
                JSONValue.array(
                    element.children.map { .array([.string($0.name), .string($0.text)]) }
                ).text
        }
        return properties
    }

    /// The concepts of cTAKES that an annotation refers to.
    private func codes(of element: XMIContent.Element) -> [String] {
        var codes: [String] = []
        for id in element["ontologyConceptArr"]?.split(separator: " ") ?? [] {
            guard let concept = concepts[String(id)] else { continue }
            if let scheme = concept["codingScheme"], let code = concept["code"] { codes.append("\(scheme):\(code)") }
            if let cui = concept["cui"] { codes.append("UMLS:\(cui)") }
        }
        var seen: Set<String> = []
        return codes.filter { seen.insert($0).inserted }
    }

    private func malformed(_ element: XMIContent.Element, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: element.line, problem: problem)
    }
}
