import ClinicalText
import Essentials
import Foundation

/// Reads WRENCH's and CHMM's files.
///
/// Gold labels become gold entities. A labeling function's labels become silver ones of probability 1 with the
/// function's name as evidence; those of several functions with one span and type are one entity.
struct WrenchReader {
    private let file: InputSource
    private let functions: [String]
    private let metadata: [String: String]

    /// The documents of a file, described by its companions.
    ///
    /// - Throws: ``CorpusError``.
    static func documents(of unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        var metadata = ["file": unit.main.name, WrenchKeys.split: unit.main.stem]
        for (name, source) in unit.companions {
            let file = try source.load(context.options)
            let text = try file.text()
            // What the names of functions and types say already is not kept twice.
            let members = try JSONSlices.members(of: JSONSlices.value(of: file), file: file.path).map(\.name)
            if name != "meta" || !WrenchKeys.ownMembers.isSuperset(of: members) {
                metadata[WrenchKeys.companion(name)] = text
            }
        }
        let functions = try names(in: unit.companions["meta"], context: context)
        let file = try unit.main.load(context.options)
        // Foundation would put replacement characters or refuse without telling where.
        _ = try file.text()
        var reader = WrenchReader(file: unit.main, functions: functions, metadata: metadata)
        var documents: [Document] = []
        for (key, value) in try JSONSlices.members(of: JSONSlices.value(of: file), file: file.path) {
            let record = try context.attempt(.document) { context in
                try WrenchRecord(value, file: file.path, maxDepth: context.options.maxDepth)
            }
            guard let record else { continue }
            if reader.functions.isEmpty, let count = reader.functionCount(of: record) {
                // Without names they are numbered as the file has them.
                let names = (0..<count).map { "function-\($0)" }
                reader = WrenchReader(file: unit.main, functions: names, metadata: metadata)
            }
            let document = try context.attempt(.document) { context in
                try reader.document(record, key: key, line: value.line, context: &context)
            }
            if let document { documents.append(document) }
        }
        return documents
    }

    /// The functions' names in `meta.json`.
    private static func names(in source: InputSource?, context: ReadContext) throws -> [String] {
        struct Description: Decodable { let lf: [String]? }
        guard let file = try source?.load(context.options) else { return [] }
        _ = try file.text()
        return try JSONFile.decode(
            Description.self, from: file.bytes[file.contentStart...], file: file.path, line: nil,
            maxDepth: context.options.maxDepth
        ).lf ?? []
    }

    private func functionCount(of record: WrenchRecord) -> Int? {
        guard let first = record.weak.first else { return nil }
        if case .tags(let tags) = first { return tags.count }
        return record.weak.count
    }

    private func document(
        _ record: WrenchRecord, key: String, line: Int, context: inout ReadContext
    ) throws -> Document {
        let isNumber = !key.isEmpty && key.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let id = record.id ?? (isNumber ? "\(file.stem)-\(key)" : key)
        var text = TokenText()
        for token in record.tokens {
            guard !token.isEmpty else { throw malformed(line, "document \(id) has an empty token") }
            _ = text.add(token.utf8, at: nil)
        }
        var document = Document(id: id, text: text.text, metadata: metadata, uninterpreted: record.others)
        document.metadata["line"] = String(line)
        document.metadata.merge(text.layout.metadata(for: document.text)) { $1 }
        if !functions.isEmpty { document.metadata[WrenchKeys.functions] = Self.encoded(functions) }
        var check = context.check(file: file.path, text: document.text, document: id)
        var votes = WrenchVotes(tokenCount: record.tokens.count, line: line, file: file.path)
        for span in try votes.spans(of: record.gold, of: "label") {
            let entity = Entity(
                id: check.uniqueID("", line: line), type: span.type, spans: [self.span(span, text)])
            if let entity = check.check(entity, surface: nil, line: line) { document.entities.append(entity) }
        }
        let lists = try votes.lists(of: record.weak, functionCount: functions.count)
        if votes.isTags { document.metadata[WrenchKeys.form] = WrenchKeys.tags }
        for silver in Self.merged(lists) {
            document.entities.append(
                Entity(
                    id: check.uniqueID("", line: line), type: silver.span.type, spans: [self.span(silver.span, text)],
                    provenance: .silver(probability: 1), evidence: silver.functions.map { functions[$0] }))
        }
        for token in votes.odd {
            check.note(
                .invalidTag, "token \(token) has a tag that cannot stand there; it is read as conlleval reads it",
                line: line, fix: "begin the mention with B-TYPE", isRepaired: true)
        }
        context.take(check)
        return document
    }

    private func span(_ span: WrenchSpan, _ text: TokenText) -> TextSpan {
        text.layout.tokens[span.start].union(text.layout.tokens[span.end - 1])
    }

    /// The spans of all functions, each once, with the functions that have it.
    private static func merged(_ lists: [[WrenchSpan]]) -> [(span: WrenchSpan, functions: [Int])] {
        var merged: [(span: WrenchSpan, functions: [Int])] = []
        var places: [WrenchSpan: Int] = [:]
        for (function, spans) in lists.enumerated() {
            for span in spans {
                guard let place = places[span] else {
                    places[span] = merged.count
                    merged.append((span, [function]))
                    continue
                }
                if merged[place].functions.last != function { merged[place].functions.append(function) }
            }
        }
        return merged
    }

    static func encoded(_ names: [String]) -> String {
        var json = JSONText()
        json.array { array in for name in names { array.value(name) } }
        return json.text
    }

    private func malformed(_ line: Int, _ problem: String) -> CorpusError {
        .malformed(file: file.path, line: line, problem: problem)
    }
}
