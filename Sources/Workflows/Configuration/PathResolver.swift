import Essentials
import Foundation

/// Turns the paths of a configuration into paths of the file system.
public struct PathResolver: Sendable {
    /// The folder of the configuration file.
    public let folder: String
    private let environment: [String: String]

    /// Resolves relative to the folder of the configuration file at `path`.
    public init(configurationAt path: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
        folder = (path as NSString).deletingLastPathComponent
        self.environment = environment
    }

    /// Expands `${NAME}` and `${NAME:-default}` and joins a relative path to the folder of the configuration file.
    public func path(_ written: String) -> String {
        let expanded = expand(written)
        if expanded.hasPrefix("/") || folder.isEmpty { return expanded }
        return Self.collapsed("\(folder)/\(expanded)")
    }

    /// Takes `.` and `name/..` out of a path, so that messages show it as a person would write it.
    private static func collapsed(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// The folder of an encoder: a path if it has a slash, else a model below `models` of the dependencies.
    public func encoder(_ written: String) -> String {
        if written.contains("/") { return path(written) }
        return "\(Self.dependencies(environment))/models/\(written)"
    }

    /// Where `make setup` put what it brought: `CLINNER_DEPS`, or `.deps` in the working folder.
    private static func dependencies(_ environment: [String: String]) -> String {
        environment["CLINNER_DEPS"] ?? ".deps"
    }

    private func expand(_ written: String) -> String {
        var result = ""
        var rest = written[...]
        while let open = rest.range(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
            result += rest[..<open.lowerBound]
            let inner = rest[open.upperBound..<close]
            let name = inner.range(of: ":-").map { String(inner[..<$0.lowerBound]) } ?? String(inner)
            let fallback = inner.range(of: ":-").map { String(inner[$0.upperBound...]) } ?? ""
            result += environment[name] ?? fallback
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
