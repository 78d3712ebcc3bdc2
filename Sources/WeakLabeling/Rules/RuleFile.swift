import Essentials
import Lexicons
import PatternMatching
import Yams

/// A YAML file of pattern rules.
///
///     rules:
///       - name: dose_with_unit
///         type: Dosage          # or `against: Dosage`, `outside: true`, or named groups in the pattern
///         pattern: '\d+ ?mg\b'
///         ignoreCase: true
///         strength: 0.5         # half a vote for label models that weigh votes
public struct RuleFile: Sendable {
    /// Where it was read from.
    public let path: String
    /// The rules in the order of the file.
    public let rules: [PatternRule]
    /// Each rule's compiled pattern.
    let patterns: [Pattern]

    private static let keys = ["name", "type", "against", "outside", "pattern", "ignoreCase", "strength"]

    /// Reads and compiles the rules at `path`.
    ///
    /// - Throws: ``SourceFileError`` with line and key, or `FileError`.
    public static func read(_ path: String) throws -> RuleFile {
        var reader = Reader(path: path)
        try reader.read(TableReader.text(at: path))
        if let error = SourceFileError(path: path, faults: reader.faults) { throw error }
        return RuleFile(path: path, rules: reader.rules, patterns: reader.patterns)
    }

    private struct Reader {
        let path: String
        var rules: [PatternRule] = []
        var patterns: [Pattern] = []
        var faults: [SourceFileError.Fault] = []

        mutating func fault(_ node: Node, _ key: String, _ message: String) {
            faults.append(.init(line: node.mark?.line ?? 1, key: key, message: message))
        }

        mutating func read(_ text: String) throws {
            let root: Node?
            do {
                root = try Yams.compose(yaml: text)
            } catch let error as YamlError {
                faults.append(Self.fault(of: error))
                return
            }
            guard let root, let mapping = root.mapping else {
                faults.append(.init(line: 1, key: "rules", message: "the file holds no list `rules`"))
                return
            }
            for (key, value) in mapping {
                guard key.string == "rules" else {
                    fault(key, key.string ?? "?", "unknown key; a rule file holds one list, `rules`")
                    continue
                }
                guard let list = value.sequence else {
                    fault(value, "rules", "expected a list of rules")
                    continue
                }
                for node in list { readRule(node) }
            }
        }

        private mutating func readRule(_ node: Node) {
            guard let mapping = node.mapping else {
                fault(node, "rules", "expected a rule with the keys \(RuleFile.keys.joined(separator: ", "))")
                return
            }
            let before = faults.count
            var fields: [String: Node] = [:]
            for (key, value) in mapping {
                let name = key.string ?? "?"
                if RuleFile.keys.contains(name) {
                    fields[name] = value
                } else {
                    let nearest = NearestName.of(name, in: RuleFile.keys).map { "; did you mean `\($0)`?" } ?? ""
                    fault(key, name, "unknown key\(nearest) (keys: \(RuleFile.keys.joined(separator: ", ")))")
                }
            }
            let name = string("name", of: fields, in: node)
            let pattern = string("pattern", of: fields, in: node)
            let ignoreCase = flag("ignoreCase", of: fields)
            let outside = flag("outside", of: fields)
            let type = fields["type"]?.string
            let against = fields["against"]?.string
            if [type != nil, against != nil, outside].count(where: \.self) > 1 {
                fault(node, "type", "a rule has one of `type`, `against` and `outside: true`")
            }
            let strength = number("strength", of: fields)
            guard faults.count == before, let name, let pattern else { return }
            do {
                let compiled = try Pattern(pattern, name: name, ignoringCase: ignoreCase)
                let target: PatternRule.Target =
                    type.map { .type($0) } ?? against.map { .against($0) } ?? (outside ? .outside : .namedGroups)
                if target == .namedGroups && compiled.namedGroups.isEmpty {
                    fault(node, name, "a rule needs `type`, `against`, `outside: true`, or groups named after types")
                    return
                }
                rules.append(
                    PatternRule(
                        name: name, pattern: pattern, ignoreCase: ignoreCase, target: target,
                        strength: strength, line: node.mark?.line ?? 0))
                patterns.append(compiled)
            } catch let error as PatternError {
                fault(fields["pattern"] ?? node, "pattern", error.description)
            } catch {
                fault(fields["pattern"] ?? node, "pattern", "\(error)")
            }
        }

        private mutating func string(_ key: String, of fields: [String: Node], in rule: Node) -> String? {
            guard let node = fields[key] else {
                fault(rule, key, "the rule lacks this key")
                return nil
            }
            guard let value = node.string, !value.isEmpty else {
                fault(node, key, "expected text")
                return nil
            }
            return value
        }

        private mutating func number(_ key: String, of fields: [String: Node]) -> Double {
            guard let node = fields[key] else { return 1 }
            guard let value = node.float, value >= 0, value.isFinite else {
                fault(node, key, "expected a number from 0 on")
                return 1
            }
            return value
        }

        private mutating func flag(_ key: String, of fields: [String: Node]) -> Bool {
            guard let node = fields[key] else { return false }
            guard let value = node.bool else {
                fault(node, key, "expected true or false")
                return false
            }
            return value
        }

        private static func fault(of error: YamlError) -> SourceFileError.Fault {
            switch error {
            case .scanner(_, let problem, let mark, yaml: _), .parser(_, let problem, let mark, yaml: _),
                .composer(_, let problem, let mark, yaml: _):
                .init(line: mark.line, key: "column \(mark.column)", message: "not YAML: \(problem)")
            case .duplicatedKeysInMapping(let duplicates, _):
                .init(line: 1, key: "\(duplicates.first ?? "")", message: "the key stands twice in one mapping")
            default:
                .init(line: 1, key: "file", message: "not YAML")
            }
        }
    }
}
