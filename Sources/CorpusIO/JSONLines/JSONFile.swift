import Foundation

/// Decoding of JSON with errors that name the place and never quote the text.
enum JSONFile {
    /// Decodes one JSON value that begins on `line` of a file.
    ///
    /// - Throws: ``CorpusError``.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: ArraySlice<UInt8>, file: String, line: Int?, maxDepth: Int
    ) throws -> Value {
        guard isShallow(bytes, maxDepth: maxDepth) else {
            throw CorpusError.tooDeep(file: file, line: line, limit: maxDepth)
        }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw CorpusError.malformed(file: file, line: line, problem: problem(error))
        }
    }

    /// Whether arrays and objects are nested at most `maxDepth` deep; brackets within strings do not count.
    private static func isShallow(_ bytes: ArraySlice<UInt8>, maxDepth: Int) -> Bool {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > maxDepth { return false }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return true
    }

    private static func problem(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            "\(path(context.codingPath, key)) is missing"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            "\(path(context.codingPath, nil)) is not \(words(for: type))"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\(path(context.codingPath, nil)) has a value that cannot be used"
        default:
            "not valid JSON; each document is one JSON object"
        }
    }

    private static func path(_ keys: [any CodingKey], _ last: (any CodingKey)?) -> String {
        var path = ""
        for key in keys + (last.map { [$0] } ?? []) {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return path.isEmpty ? "the value" : path
    }

    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Int.Type: "a whole number"
        case is Double.Type: "a number"
        case is any Collection.Type where "\(type)".hasPrefix("Array"): "an array"
        default: "an object"
        }
    }
}
