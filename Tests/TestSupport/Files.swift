import Foundation

/// Writes files into a folder.
public func write(_ files: [String: String], to folder: String) throws {
    for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
}

/// The message of the error that `body` throws; empty if it throws none.
public func message(_ body: () throws -> Void) -> String {
    do {
        try body()
        return ""
    } catch {
        return "\(error)"
    }
}
