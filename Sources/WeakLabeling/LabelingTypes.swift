import Essentials

/// Which class a type of a lexicon or rule is in this experiment.
struct LabelingTypes: Sendable {
    /// What a source's type turns into.
    enum Target: Hashable, Sendable {
        case type(String)
        case outside
        case abstain

        /// What a vote says; nothing for an abstention.
        var claim: Vote.Claim? {
            switch self {
            case .type(let type): .type(type)
            case .outside: .outside
            case .abstain: nil
            }
        }
    }

    let types: [String]
    private let mapping: [String: String]

    /// - Parameter mapping: from a source's type, or from a function's name, to a type, `outside` or `abstain`.
    /// - Throws: ``WeakLabelingError/unknownEntityType(place:type:known:)`` if the mapping leads to a type that is none.
    init(types: [String], mapping: [String: String]) throws {
        self.types = types
        self.mapping = mapping
        for (source, target) in mapping.sorted(by: { $0.key < $1.key }) {
            _ = try Self.target(target, among: types, at: "typeMapping: \(source)")
        }
    }

    /// The target of what a function votes for at `place`; no type means "outside".
    func resolved(_ type: String?, of function: String, at place: @autoclosure () -> String) throws -> Target {
        if let target = mapping[function] { return try Self.target(target, among: types, at: function) }
        guard let type else { return .outside }
        return try Self.target(mapping[type] ?? type, among: types, at: place())
    }

    /// The type that a name stands for here, if any.
    func type(of name: String) -> String? {
        let target = mapping[name] ?? name
        return types.contains(target) ? target : nil
    }

    /// Checks that the functions that the mapping names, which have a slash in them, exist.
    func checkFunctions(_ names: [String]) throws {
        for source in mapping.keys.sorted() where source.contains("/") && !names.contains(source) {
            throw WeakLabelingError.unknownFunction(
                key: "typeMapping", name: source, nearest: NearestName.of(source, in: names))
        }
    }

    private static func target(
        _ name: String, among types: [String], at place: @autoclosure () -> String
    ) throws -> Target {
        if name == "outside" { return .outside }
        if name == "abstain" { return .abstain }
        guard types.contains(name) else {
            throw WeakLabelingError.unknownEntityType(place: place(), type: name, known: types)
        }
        return .type(name)
    }
}
