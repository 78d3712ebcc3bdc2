import Foundation

/// JSON of small values that metadata hold.
enum BioCText {
    /// A collection's properties as JSON, the keys in order.
    static func encoded(_ collection: BioCCollection) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(collection)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// A collection's properties of JSON; those of our own files where there is none.
    static func collection(_ json: String?) -> BioCCollection {
        let decoded = json.flatMap { try? JSONDecoder().decode(BioCCollection.self, from: Data($0.utf8)) }
        return decoded ?? BioCCollection(source: "clinner", date: "", key: "")
    }
}
