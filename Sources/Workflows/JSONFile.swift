import Essentials
import Foundation

/// Reads and writes small JSON files of a run.
enum JSONFile {
    /// Writes `value` with sorted keys, so that equal values give equal bytes.
    static func write(_ value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        try AtomicFile.write(try encoder.encode(value) + Data("\n".utf8), to: path)
    }

    /// Reads a value that ``write(_:to:)`` wrote; `step` is the command that makes the file.
    static func read<Value: Decodable>(_ type: Value.Type, from path: String, madeBy step: String) throws -> Value {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "run `clinner \(step)` first")
        }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try decoder.decode(type, from: data)
        } catch {
            throw WorkflowError.damagedFile(path: path, step: step)
        }
    }
}
