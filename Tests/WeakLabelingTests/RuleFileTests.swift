import Essentials
import TestSupport
import Testing

@testable import WeakLabeling

@Suite struct RuleFileTests {
    private static func read(_ text: String) throws -> RuleFile {
        try withTemporaryFolder { folder in
            try write(["rules.yml": text], to: folder)
            return try RuleFile.read("\(folder)/rules.yml")
        }
    }

    @Test func readsTheThreeKindsOfRules() throws {
        let rules = try Self.read(
            #"""
            rules:
              - name: dose
                type: Dosage
                pattern: '\d+ ?mg'
                ignoreCase: true
              - name: sig
                pattern: '(?<Dosage>\d+ mg) (?<Route>po)'
              - name: access
                outside: true
                pattern: 'IV access'
            """#
        ).rules
        #expect(rules.map(\.name) == ["dose", "sig", "access"])
        #expect(rules.map(\.target) == [.type("Dosage"), .namedGroups, .outside])
        #expect(rules.map(\.ignoreCase) == [true, false, false])
        #expect(rules.map(\.line) == [2, 6, 8])
    }

    static let mistakes: [(text: String, message: String)] = [
        (
            "rules:\n  - nam: x\n    pattern: a\n    type: T\n",
            "2: nam: unknown key; did you mean `name`? (keys: name, type, against, outside, pattern, ignoreCase, strength)"
        ),
        ("rules:\n  - name: x\n    type: T\n", "2: pattern: the rule lacks this key"),
        (
            "rules:\n  - name: x\n    type: T\n    pattern: '(a'\n",
            "4: pattern: pattern x: offset 2: missing closing parenthesis"
        ),
        (
            "rules:\n  - name: x\n    pattern: 'a'\n",
            "2: x: a rule needs `type`, `against`, `outside: true`, or groups named after types"
        ),
        (
            "rules:\n  - name: x\n    type: T\n    outside: true\n    pattern: 'a'\n",
            "2: type: a rule has one of `type`, `against` and `outside: true`"
        ),
        (
            "rules:\n  - name: x\n    type: T\n    pattern: a\n    ignoreCase: perhaps\n",
            "5: ignoreCase: expected true or false"
        ),
        ("rule:\n  - name: x\n", "1: rule: unknown key; a rule file holds one list, `rules`"),
        ("rules: 3\n", "1: rules: expected a list of rules"),
        ("", "1: rules: the file holds no list `rules`"),
        ("rules:\n  - name: 'x\n", "3: column 1: not YAML: found unexpected end of stream"),
    ]

    @Test("a mistake is named with its line and key", arguments: mistakes)
    func namesMistakes(_ mistake: (text: String, message: String)) {
        let text = message { _ = try Self.read(mistake.text) }
        #expect(text.contains("rules.yml:\(mistake.message)"), "\(text)")
    }
}
