import Essentials
import Foundation
import Lexicons

/// Compiles lexicons, tables and terminologies into one file.
public struct LexiconBuildJob {
    private struct Result: Encodable {
        var output: String
        var entries: Int
        var bytes: Int
        var leftOut: [String: Int]
        var faults: Int
    }

    private let inputs: [String]
    private let output: String
    private let reading: LexiconImport
    private let display: JobOutput

    /// A job that compiles `inputs`, one behind the other, into the file `output`.
    public init(inputs: [String], output: String, reading: LexiconImport, display: JobOutput) {
        self.inputs = inputs
        self.output = output
        self.reading = reading
        self.display = display
    }

    /// Reads, compiles, writes, prints what was left out.
    ///
    /// - Throws: `SourceFileError` for bad lines in strict mode, ``WorkflowError/badLines(count:)`` at the end where there were
    ///   any otherwise; `FileError`.
    public func perform() throws {
        var compiler = LexiconCompiler()
        var leftOut: [String: Int] = [:]
        var faults = 0
        var origin: [String] = []
        for input in inputs {
            try OutputPath.refuse(output, over: input, isFolder: false)
            let summary = try reading.read(input) { try compiler.add($0) }
            leftOut.merge(summary.leftOut, uniquingKeysWith: +)
            if let error = summary.faults {
                faults += error.count
                display.print("\(error)")
            }
            origin.append(
                "\((input as NSString).lastPathComponent), \(summary.entries) terms, \(try digest(of: input))")
        }
        guard compiler.count > 0 else {
            throw WorkflowError.emptyLexicon(inputs: inputs, leftOut: Amounts.text(of: leftOut))
        }
        try compiler.write(to: output, origin: origin.joined(separator: "\n"))
        let bytes = try LexiconStore(path: output).byteCount
        if display.json {
            try display.printJSON(
                Result(output: output, entries: compiler.count, bytes: bytes, leftOut: leftOut, faults: faults))
        } else if !display.quiet {
            display.print("\(output): \(compiler.count) terms, \(bytes) bytes")
            if !leftOut.isEmpty { display.print("not selected: \(Amounts.text(of: leftOut))") }
        }
        if faults > 0 { throw WorkflowError.badLines(count: faults) }
    }

    private func digest(of input: String) throws -> String {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: input, isDirectory: &isFolder)
        return try "SHA-256 " + (isFolder.boolValue ? Digest.sha256(folderAt: input) : Digest.sha256(fileAt: input))
    }
}
