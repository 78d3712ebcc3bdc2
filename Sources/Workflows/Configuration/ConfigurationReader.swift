import Essentials
import Foundation
import Yams

/// Reads a YAML file into a ``ConfigurationSection``, strictly: an unknown key or a value of the wrong kind is an error
/// that names file, line and key.
///
/// The user's keys are laid over the encoded defaults, so that every section keeps the `Codable` conformance the
/// compiler writes, and what is saved with a run is complete.
public struct ConfigurationReader {
    /// What errors in a value of the command line name instead of the file.
    private static let commandLine = "--set"

    private let file: String
    /// The keys, in parts, that the command line lays over the file.
    private var overridden: [[String]] = []

    private init(file: String) { self.file = file }

    /// Reads the section from the file at `path`, with `key=value` overrides laid over it.
    ///
    /// The key of an override is dotted (`train.lstmSize`, `train.stages.0.epochs` for a list in the file), its value
    /// YAML.
    ///
    /// - Throws: ``ConfigurationError`` or `FileError`.
    public static func read<Section: ConfigurationSection>(
        _ type: Section.Type, path: String, overrides: [String] = []
    ) throws -> Section {
        guard FileManager.default.fileExists(atPath: path) else {
            throw FileError.missing(path: path, hint: "give the path of a configuration file")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.unreadable(path: path, reason: "permission denied, or a folder")
        }
        return try decode(type, yaml: String(decoding: data, as: UTF8.self), file: path, overrides: overrides)
    }

    /// Decodes the section from YAML text; `file` is the name that errors carry.
    public static func decode<Section: ConfigurationSection>(
        _ type: Section.Type, yaml: String, file: String, overrides: [String] = []
    ) throws -> Section {
        var reader = ConfigurationReader(file: file)
        var node = try reader.compose(yaml) ?? .mapping([:])
        for override in overrides {
            let parts = override.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = try ConfigurationReader(file: commandLine).compose(String(parts[1]))
            else {
                throw ConfigurationError.wrongValue(file: commandLine, line: nil, key: override, expected: "key=value")
            }
            let path = parts[0].split(separator: ".").map(String.init)
            reader.set(path[...], to: value, in: &node)
            reader.overridden.append(path)
        }
        let merged = try reader.merged(node, over: Section(), path: [])
        let section: Section
        do {
            section = try YAMLDecoder().decode(type, from: merged)
        } catch let error as DecodingError {
            throw reader.wrongValue(error, in: node, default: Section())
        }
        if let wrong = section.wrongValue {
            let place = reader.place(of: wrong.key, in: node)
            throw ConfigurationError.wrongValue(
                file: place.file, line: place.line, key: wrong.key, expected: wrong.expected)
        }
        return section
    }

    /// Where a dotted key stands, or the nearest key above it that the user has written.
    private func place(of key: String, in user: Node) -> (file: String, line: Int?) {
        let parts = key.split(separator: ".").map(String.init)
        var node: Node? = user
        var line: Int?
        for part in parts {
            if case .sequence(let sequence)? = node {
                node = Int(part).flatMap { $0 < sequence.count ? sequence[$0] : nil }
            } else {
                node = node?[part]
            }
            line = node?.mark?.line ?? line
        }
        return place(of: parts, line: line)
    }

    private func compose(_ yaml: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw ConfigurationError.notYAML(file: file, line: error.line, reason: error.reason)
        }
    }

    private func set(_ path: ArraySlice<String>, to value: Node, in node: inout Node) {
        guard let key = path.first else {
            node = value
            return
        }
        if case .sequence(var sequence) = node, let index = Int(key), sequence.indices.contains(index) {
            set(path.dropFirst(), to: value, in: &sequence[index])
            node = .sequence(sequence)
            return
        }
        var mapping = node.mapping ?? [:]
        var child = mapping[Node(key)] ?? .mapping([:])
        set(path.dropFirst(), to: value, in: &child)
        mapping[Node(key)] = child
        node = .mapping(mapping)
    }

    private func merged(_ user: Node, over section: any ConfigurationSection, path: [String]) throws -> Node {
        guard case .mapping(let mapping) = user else {
            let place = place(of: path, line: user.mark?.line)
            throw ConfigurationError.notMapping(file: place.file, line: place.line, key: path.joined(separator: "."))
        }
        let properties = Mirror(reflecting: section).children.compactMap { child in
            child.label.map { (name: $0, value: child.value) }
        }
        var result = try Self.encoded(section)
        for (keyNode, value) in mapping {
            let key = keyNode.string ?? ""
            guard let property = properties.first(where: { $0.name == key }) else {
                let valid = properties.map(\.name)
                let place = place(of: path + [key], line: keyNode.mark?.line)
                throw ConfigurationError.unknownKey(
                    file: place.file, line: place.line, key: (path + [key]).joined(separator: "."),
                    nearest: NearestName.of(key, in: valid), valid: valid)
            }
            result[keyNode] = try merged(value, overProperty: property.value, path: path + [key])
        }
        return .mapping(result)
    }

    private func merged(_ user: Node, overProperty property: Any, path: [String]) throws -> Node {
        if let section = property as? any ConfigurationSection { return try merged(user, over: section, path: path) }
        guard let array = type(of: property) as? any SectionArray.Type, case .sequence(let sequence) = user else {
            return user
        }
        let elements = try sequence.enumerated().map { index, element in
            try merged(element, over: array.elementDefault, path: path + ["\(index)"])
        }
        return .sequence(Node.Sequence(elements))
    }

    private static func encoded(_ section: any ConfigurationSection) throws -> Node.Mapping {
        let node = try Yams.compose(yaml: YAMLEncoder().encode(section))
        guard case .mapping(let mapping) = node else { return Node.Mapping([]) }
        return mapping
    }

    /// Turns the decoder's complaint into the key's path, the user's line, and what would have been right.
    private func wrongValue(
        _ error: DecodingError, in user: Node, default section: any ConfigurationSection
    ) -> ConfigurationError {
        let (path, expected): ([any CodingKey], String) =
            switch error {
            case .typeMismatch(let type, let context): (context.codingPath, Self.words(for: type))
            case .valueNotFound(let type, let context): (context.codingPath, Self.words(for: type))
            case .keyNotFound(let key, let context): (context.codingPath + [key], "set")
            case .dataCorrupted(let context): (context.codingPath, "a value of another kind")
            @unknown default: ([], "of another kind")
            }
        var node: Node? = user
        var line = user.mark?.line
        var value: Any = section
        for key in path {
            if let index = key.intValue {
                if case .sequence(let sequence)? = node, index < sequence.count { node = sequence[index] }
                if let array = type(of: value) as? any SectionArray.Type { value = array.elementDefault }
            } else {
                node = node?[key.stringValue]
                value =
                    Mirror(reflecting: value).children.first { $0.label == key.stringValue }?.value ?? value
            }
            line = node?.mark?.line ?? line
        }
        let choices = (value as? any (CaseIterable & RawRepresentable)).map { Self.choices(of: $0) }
        let names = path.map { $0.intValue.map(String.init) ?? $0.stringValue }
        let place = place(of: names, line: line)
        return .wrongValue(
            file: place.file, line: place.line, key: names.joined(separator: "."), expected: choices ?? expected)
    }

    /// Where a key's value stands: in the file, or on the command line, which has no lines.
    private func place(of path: [String], line: Int?) -> (file: String, line: Int?) {
        overridden.contains { path.starts(with: $0) } ? (Self.commandLine, nil) : (file, line)
    }

    private static func choices(of value: any (CaseIterable & RawRepresentable)) -> String {
        func all<Choice: CaseIterable & RawRepresentable>(_: Choice) -> String {
            "one of " + Choice.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
        }
        return all(value)
    }

    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is Bool.Type: "true or false"
        case is any FixedWidthInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is String.Type: "a text"
        default: "\(type)".hasPrefix("Array") ? "a list" : "keys and values"
        }
    }
}

extension YamlError {
    /// The line at which the parser stopped, where it tells.
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    /// What the parser says, without a copy of the text.
    fileprivate var reason: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _):
            "the key `\(duplicates.first ?? "")` stands twice"
        default: "it cannot be parsed"
        }
    }
}
