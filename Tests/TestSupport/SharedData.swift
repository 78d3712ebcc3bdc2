import Foundation

/// Where tests find the real, public data that is not part of the repository.
public enum SharedData {
    /// The root of the package.
    public static let packageRoot = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// `CLINNER_DATA`, or `../shared/data` beside the package.
    public static let root = ProcessInfo.processInfo.environment["CLINNER_DATA"] ?? "\(packageRoot)/../shared/data"

    /// Where `make setup` put libtorch and the encoder.
    public static let deps = ProcessInfo.processInfo.environment["CLINNER_DEPS"] ?? "\(packageRoot)/.deps"

    /// Whether a data set is there; use as `.enabled(if: SharedData.has("bc5cdr"), "needs bc5cdr below CLINNER_DATA")`.
    public static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(name)") }

    /// The path of a data set.
    public static func path(_ name: String) -> String { "\(root)/\(name)" }

    /// The path of a fixture below `Tests/Fixtures`.
    public static func fixture(_ name: String) -> String { "\(packageRoot)/Tests/Fixtures/\(name)" }
}
