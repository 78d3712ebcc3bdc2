import CorpusIO

/// Numbers of things in words: `2 documents, 1 entity`.
enum Amounts {
    /// Parts of a corpus in the order of ``CorpusPart``.
    static func text(of parts: [CorpusPart: Int]) -> String {
        CorpusPart.allCases.compactMap { part in
            parts[part].flatMap { $0 > 0 ? text($0, part) : nil }
        }.joined(separator: ", ")
    }

    /// Names and numbers in the order of the names: `3 ADE, 12 Drug`.
    static func text(of counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    /// `1 document`, `2 documents`.
    static func text(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
    }

    /// Parts by name, for JSON.
    static func named(_ parts: [CorpusPart: Int]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: parts.map { ($0.key.rawValue, $0.value) })
    }

    private static func text(_ count: Int, _ part: CorpusPart) -> String {
        switch part {
        case .entity: text(count, "entity", "entities")
        case .metadata: text(count, "property of documents", "properties of documents")
        case .line: text(count, "uninterpreted line")
        case .gap: text(count, "gap of an entity", "gaps of entities")
        default: text(count, part.rawValue)
        }
    }
}
