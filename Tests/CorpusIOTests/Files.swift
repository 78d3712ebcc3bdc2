import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Writes `content` to a file in a fresh folder and hands `body` its path.
func withFile<Result>(_ name: String, _ content: String, body: (String) throws -> Result) throws -> Result {
    try withFile(name, Array(content.utf8), body: body)
}

/// Writes `bytes` to a file in a fresh folder and hands `body` its path.
func withFile<Result>(_ name: String, _ bytes: [UInt8], body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        return try body("\(folder)/\(name)")
    }
}

/// Reads one file from memory.
func read(_ name: String, _ content: String, _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
    try withFile(name, content) { try CorpusReader.read($0, name: "test", options: options) }
}

/// The message that reading gives, without the folder's path.
func message(_ name: String, _ content: String, _ options: ReadOptions = ReadOptions()) throws -> String {
    try message(name, Array(content.utf8), options)
}

/// The message that reading gives, without the folder's path.
func message(_ name: String, _ bytes: [UInt8], _ options: ReadOptions = ReadOptions()) throws -> String {
    try withFile(name, bytes) { path in
        let error = #expect(throws: CorpusError.self) { try CorpusReader.read(path, name: "test", options: options) }
        return "\(try #require(error))".replacing(String(path.dropLast(name.count)), with: "")
    }
}

/// Documents that went through a format and back.
func roundTrip(_ documents: [Document], _ format: CorpusFormat, _ options: ReadOptions = ReadOptions()) throws
    -> [Document]
{
    try withTemporaryFolder { folder in
        let path = format == .jsonl ? "\(folder)/all.jsonl" : "\(folder)/all"
        try CorpusWriter.write(documents, to: path, format: format)
        return try CorpusReader.read(path, name: "test", options: options).corpus.documents
    }
}

/// Runs a program of the system and waits for it.
func run(_ tool: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
}

/// A note that exercises offsets: a tab, an accent of its own, a letter outside the first plane, line breaks.
let difficultText = "\nTemp 38.2 °C\te\u{301}tat\n😷 isolation, R&D <stat> \"now\"\nlast line"

/// An entity over the first occurrence of `words`, which may be several for a discontinuous one.
func entity(_ id: String, _ type: String, _ words: String..., in text: String) throws -> Entity {
    let spans = try words.map { word in
        let range = try #require(text.utf8.firstRange(of: word.utf8))
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        return TextSpan(start: start, end: start + word.utf8.count)
    }
    return Entity(id: id, type: type, spans: spans)
}
