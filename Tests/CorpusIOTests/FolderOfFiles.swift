import CorpusIO
import Foundation
import TestSupport
import Testing

/// Writes files, also in folders, into a fresh folder and hands `body` its path.
func withFolder<Result>(_ files: [String: String], body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
        for (name, content) in files {
            let path = URL(fileURLWithPath: "\(folder)/\(name)")
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content.utf8).write(to: path)
        }
        return try body(folder)
    }
}

/// Reads a folder of files.
func readFolder(_ files: [String: String], _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
    try withFolder(files) { try CorpusReader.read($0, name: "test", options: options) }
}

/// The faults that reading a folder of files gives, with their fixes and without the folder's path.
func faults(_ files: [String: String], _ options: ReadOptions = ReadOptions()) throws -> [String] {
    try withFolder(files) { folder in
        try CorpusReader.read(folder, name: "test", options: options).faults
            .map { "\(CorpusError.fault($0))".replacing("\(folder)/", with: "") }
    }
}

/// The message of the error that reading a folder of files gives, without the folder's path.
func message(ofFolder files: [String: String], _ options: ReadOptions = ReadOptions()) throws -> String {
    try withFolder(files) { folder in
        let error = #expect(throws: CorpusError.self) {
            try CorpusReader.read(folder, name: "test", options: options)
        }
        return "\(try #require(error))".replacing("\(folder)/", with: "")
    }
}

/// The files below a folder and their contents.
func contents(of folder: String) throws -> [String: String] {
    var contents: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder), !isFolder.boolValue
        else { continue }
        contents[name] = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }
    return contents
}
