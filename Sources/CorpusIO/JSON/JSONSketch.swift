/// What members the objects at the beginning of a JSON file have, by which formats are told from each other; the text
/// may break off anywhere.
///
/// A member is written as its path: `text`, `data.text`, `spans[].start`. An array is `spans[]`, an array of arrays
/// `entities[][]`, an object within one `spans[]{}`, a string within one `label[]"`; the array around everything is left
/// out.
struct JSONSketch {
    /// The paths that were seen.
    private(set) var paths: Set<String> = []
    /// How deep paths are followed.
    private static let depth = 4

    private enum Level {
        case object(path: String, member: String?)
        case array(path: String)
    }

    init(_ bytes: [UInt8]) {
        var levels: [Level] = []
        var index = 0
        // Deeper levels are only counted.
        var below = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                guard let end = Self.end(ofString: bytes, from: index + 1) else { return }
                if below == 0 { take(string: bytes[index + 1..<end], to: &levels, next: Self.next(bytes, after: end)) }
                index = end
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if below > 0 || levels.count >= Self.depth + 1 {
                    below += 1
                } else {
                    let path = Self.path(of: levels.last)
                    if !path.isEmpty { paths.insert(path + (byte == UInt8(ascii: "{") ? "{}" : "[]")) }
                    levels.append(byte == UInt8(ascii: "{") ? .object(path: path, member: nil) : .array(path: path))
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if below > 0 { below -= 1 } else if !levels.isEmpty { levels.removeLast() }
            default: break
            }
            index += 1
        }
    }

    /// Whether any of the objects has a member at `path`.
    func has(_ path: String) -> Bool { paths.contains(path) }

    /// Whether entities are written as in JSON Lines of clinner.
    var isOurs: Bool { has("entities[].spans") }

    /// A member's name, or a string that is a value.
    private mutating func take(string bytes: ArraySlice<UInt8>, to levels: inout [Level], next: UInt8?) {
        guard case .object(let path, _) = levels.last, next == UInt8(ascii: ":") else {
            if case .array = levels.last { paths.insert(Self.path(of: levels.last) + "\"") }
            return
        }
        let name = String(decoding: bytes.prefix(100), as: UTF8.self)
        levels[levels.count - 1] = .object(path: path, member: name)
        paths.insert(path.isEmpty ? name : "\(path).\(name)")
    }

    /// The path of a value that begins within a level.
    private static func path(of level: Level?) -> String {
        switch level {
        case nil: ""
        case .object(let path, let member): path.isEmpty ? member ?? "" : "\(path).\(member ?? "")"
        // The elements of an array around everything are records themselves.
        case .array(let path): path.isEmpty ? "" : path + "[]"
        }
    }

    private static func end(ofString bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index < bytes.count ? index : nil
    }

    private static func next(_ bytes: [UInt8], after index: Int) -> UInt8? {
        bytes[(index + 1)...].first { !Surface.isSpace($0) }
    }
}
