import ClinicalText
import Essentials
import Foundation

/// Writes WRENCH's JSON: a file for each split that the documents come from, and `meta.json` with the functions' names.
///
/// Which functions there are is known at the end only, so that what is written is kept until then. Gold entities are
/// gold labels; any other entity is a label of each function in its evidence, or of one called `unknown`.
struct WrenchWriter {
    /// A document as far as it is known before the end.
    private struct Written {
        let json: [String]
        let lists: [String: [WrenchSpan]]
        let tokenCount: Int
        let isTags: Bool
    }

    private static let unknownFunction = "unknown"
    private let context: WriteContext
    private var splits: [(name: String, documents: [Written])] = []
    private var functions: [String] = []
    private var knownFunctions: Set<String> = []
    private var types: [String] = []
    private var knownTypes: Set<String> = []
    private var companions: [String: String] = [:]

    init(context: WriteContext) { self.context = context }

    /// Adds a document.
    ///
    /// - Throws: ``CorpusError/nameNotInFormat(document:name:format:rule:)`` for a split that is no file's name.
    mutating func add(_ document: Document) throws {
        let split = document.metadata[WrenchKeys.split] ?? "data"
        guard !split.isEmpty, split.utf8.count <= 200, !split.hasPrefix("."), !split.contains("/"),
            !WrenchKeys.companions.contains(split)
        else {
            throw CorpusError.nameNotInFormat(
                document: document.id, name: split, format: .wrench,
                rule: "a split is a file's name of 1 to 200 bytes without a slash, and not meta or label")
        }
        let named = document.metadata[WrenchKeys.functions].flatMap {
            try? JSONDecoder().decode([String].self, from: Data($0.utf8))
        }
        for function in named ?? [] { add(function: function) }
        for name in WrenchKeys.companions {
            companions[name] = document.metadata[WrenchKeys.companion(name)] ?? companions[name]
        }
        let place = splits.firstIndex { $0.name == split } ?? splits.endIndex
        if place == splits.endIndex { splits.append((split, [])) }
        splits[place].documents.append(
            written(document, split: split, number: splits[place].documents.count))
        loseTheRest(of: document)
    }

    private mutating func written(_ document: Document, split: String, number: Int) -> Written {
        let layout = TokenLayout.of(document, splitter: context.options.tokens)
        let segmentation = Segmentation(
            sections: [], sentences: [], tokens: layout.tokens.map { Token(span: $0) })
        let isTags = document.metadata[WrenchKeys.form] == WrenchKeys.tags
        var gold: [WrenchSpan] = []
        var lists: [String: [WrenchSpan]] = [:]
        for entity in document.entities {
            let tokens = segmentation.tokens(overlapping: entity.hull)
            guard let first = tokens.first, let last = tokens.last else {
                context.lose(.entity)
                continue
            }
            context.lose(.gap, count: entity.spans.count - 1)
            if layout.tokens[first].union(layout.tokens[last]) != entity.hull { context.lose(.boundary) }
            if knownTypes.insert(entity.type).inserted { types.append(entity.type) }
            let span = WrenchSpan(start: first, end: last + 1, type: entity.type)
            if entity.provenance == .gold {
                gold.append(span)
                continue
            }
            for function in entity.evidence.isEmpty ? [Self.unknownFunction] : entity.evidence {
                add(function: function)
                lists[function, default: []].append(span)
            }
        }
        context.lose(
            .whiteSpace,
            count: layout.changedGaps(in: document.text, starts: [], withOffsets: false))
        var members: [String] = []
        if document.id != "\(split)-\(number)" { members.append(Self.member("id") { $0.value(document.id) }) }
        members.append(
            Self.member("label") { json in
                isTags ? Self.write(tags(gold, count: layout.tokens.count), to: &json) : Self.write(gold, to: &json)
            })
        members.append(Self.data(of: document, layout: layout))
        members += Self.others(of: document, within: nil)
        return Written(json: members, lists: lists, tokenCount: layout.tokens.count, isTags: isTags)
    }

    private mutating func add(function: String) {
        if knownFunctions.insert(function).inserted { functions.append(function) }
    }

    /// The files' names without their endings, and their contents.
    func files() -> [(String, String)] {
        var files = splits.map { split in (split.name, content(of: split.documents)) }
        if let meta = companions["meta"], namesFunctions(meta) {
            files.append(("meta", meta))
        } else {
            files.append(("meta", meta()))
        }
        if let label = companions["label"] { files.append(("label", label)) }
        return files
    }

    private func content(of documents: [Written]) -> String {
        var content = "{\n"
        for (number, document) in documents.enumerated() {
            let weak = Self.member("weak_labels") { json in
                json.array { array in
                    if document.isTags {
                        let lists = functions.map { tags(document.lists[$0] ?? [], count: document.tokenCount) }
                        for token in 0..<document.tokenCount { Self.write(lists.map { $0[token] }, to: &array) }
                    } else {
                        for function in functions { Self.write(document.lists[function] ?? [], to: &array) }
                    }
                }
            }
            content += "\"\(number)\":{" + (document.json + [weak]).joined(separator: ",")
            content += number + 1 < documents.count ? "},\n" : "}\n"
        }
        return content + "}\n"
    }

    /// Tags of spans; of spans that overlap, the first one.
    private func tags(_ spans: [WrenchSpan], count: Int) -> [String] {
        var tags = [String](repeating: "O", count: count)
        for span in spans {
            guard tags[span.start..<span.end].allSatisfy({ $0 == "O" }) else {
                context.lose(.entity)
                continue
            }
            for token in span.start..<span.end { tags[token] = "I-" + span.type }
            tags[span.start] = "B-" + span.type
        }
        return tags
    }

    /// Whether a description names the functions that are written, so that it can be written as it is.
    private func namesFunctions(_ meta: String) -> Bool {
        struct Description: Decodable { let lf: [String]? }
        return (try? JSONDecoder().decode(Description.self, from: Data(meta.utf8)))?.lf == functions
    }

    private func meta() -> String {
        var json = JSONText()
        json.object { object in
            object.member("lf") { json in json.array { array in for name in functions { array.value(name) } } }
            object.member("entity_types") { json in json.array { array in for type in types { array.value(type) } } }
            object.member("num_lf") { $0.value(functions.count) }
            object.member("num_labels") { $0.value(2 * types.count + 1) }
        }
        return json.text + "\n"
    }

    private static func data(of document: Document, layout: TokenLayout) -> String {
        var json = JSONText()
        json.array { array in for token in layout.tokens { array.value(String(document.text(of: token))) } }
        let members = ["\"text\":" + json.text] + others(of: document, within: "data")
        return "\"data\":{" + members.joined(separator: ",") + "}"
    }

    /// The members that were kept, of the document's object or of one within it.
    private static func others(of document: Document, within name: String?) -> [String] {
        document.uninterpreted.compactMap { line in
            let isData = line.hasPrefix("{\"data\":{")
            guard isOther(line), isData == (name == "data") else { return nil }
            return isData ? String(line.dropFirst(9).dropLast(2)) : String(line.dropFirst().dropLast())
        }
    }

    /// Whether a kept line is a JSON object of one member, as the reader keeps them.
    private static func isOther(_ line: String) -> Bool {
        line.hasPrefix("{\"") && (try? JSONDecoder().decode([String: BioCJSONValue].self, from: Data(line.utf8))) != nil
    }

    private static func member(_ name: String, _ body: (inout JSONText) -> Void) -> String {
        var json = JSONText()
        json.member(name, body)
        return json.text
    }

    private static func write(_ spans: [WrenchSpan], to json: inout JSONText) {
        json.array { array in
            for span in spans {
                array.array { triple in
                    triple.value(span.start)
                    triple.value(span.end)
                    triple.value(span.type)
                }
            }
        }
    }

    private static func write(_ tags: [String], to json: inout JSONText) {
        json.array { array in for tag in tags { array.value(tag) } }
    }

    private func loseTheRest(of document: Document) {
        context.lose(.relation, count: document.relations.count)
        context.lose(.label, count: document.labels.count)
        context.lose(.metadata, count: document.metadata.keys.count { !LayoutKeys.contains($0) })
        context.lose(.line, count: document.uninterpreted.count { !Self.isOther($0) })
        for entity in document.entities {
            context.loseAttributes(entity.attributes)
            context.lose(.code, count: entity.codes.count)
            switch entity.provenance {
            case .gold: if !entity.evidence.isEmpty { context.lose(.provenance) }
            case .silver(let probability):
                if probability != 1 || entity.evidence.isEmpty { context.lose(.provenance) }
            case .predicted: context.lose(.provenance)
            }
        }
    }
}
