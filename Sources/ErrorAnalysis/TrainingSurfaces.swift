import ClinicalText

/// The mentions of the training documents by how they are written, without regard to case and white space.
public struct TrainingSurfaces: Sendable {
    private var types: [String: Set<String>] = [:]

    /// Collects the surfaces of all entities of `documents`.
    public init(documents: [Document]) {
        for document in documents {
            for entity in document.entities { insert(document.surface(of: entity), type: entity.type) }
        }
    }

    /// Makes a collection of surfaces and their types.
    public init(_ surfaces: [(surface: String, type: String)] = []) {
        for (surface, type) in surfaces { insert(surface, type: type) }
    }

    /// Adds a surface with a type.
    public mutating func insert(_ surface: String, type: String) {
        types[Self.folded(surface), default: []].insert(type)
    }

    /// The types that a surface has in training; empty if it does not occur.
    public func types(of surface: String) -> Set<String> { types[Self.folded(surface)] ?? [] }

    /// A surface in lower case, with runs of white space as one blank.
    static func folded(_ surface: String) -> String {
        surface.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
