/// Which class a type of a lexicon or rule is in this experiment.
struct LabelingTypes: Sendable {
    /// What a source's type turns into.
    enum Target: Hashable, Sendable {
        case type(String)
        case outside
        case abstain
    }

    let types: [String]
    private let mapping: [String: String]

    /// - Throws: ``WeakLabelingError/unknownEntityType(place:type:known:)`` if the mapping leads to a type that is none.
    init(types: [String], mapping: [String: String]) throws {
        self.types = types
        self.mapping = mapping
        for (source, target) in mapping.sorted(by: { $0.key < $1.key }) {
            _ = try resolved(target, at: "typeMapping: \(source)", mapping: [:])
        }
    }

    /// The target of a type that `place` names; no type means "outside".
    func resolved(_ type: String?, at place: @autoclosure () -> String) throws -> Target {
        try resolved(type, at: place(), mapping: mapping)
    }

    /// The type that a name stands for here, if any.
    func type(of name: String) -> String? {
        let target = mapping[name] ?? name
        return types.contains(target) ? target : nil
    }

    private func resolved(
        _ type: String?, at place: @autoclosure () -> String, mapping: [String: String]
    ) throws -> Target {
        guard let type else { return .outside }
        let target = mapping[type] ?? type
        if target == "outside" { return .outside }
        if target == "abstain" { return .abstain }
        guard types.contains(target) else {
            throw WeakLabelingError.unknownEntityType(place: place(), type: target, known: types)
        }
        return .type(target)
    }
}
