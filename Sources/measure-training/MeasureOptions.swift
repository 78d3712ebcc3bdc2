import Foundation

/// The `key=value` words of a command line, and what every measurement reports.
struct MeasureOptions {
    private let values: [String: String]

    init(_ words: some Sequence<String>) {
        values = Dictionary(
            words.compactMap { word in
                word.firstIndex(of: "=").map { (String(word[..<$0]), String(word[word.index(after: $0)...])) }
            }, uniquingKeysWith: { $1 })
    }

    subscript(key: String, fallback: String) -> String { values[key] ?? fallback }

    func integer(_ key: String, _ fallback: Int) -> Int { values[key].flatMap(Int.init) ?? fallback }

    func number(_ key: String, _ fallback: Double) -> Double { values[key].flatMap(Double.init) ?? fallback }

    /// Prints one line of JSON.
    static func report(_ figures: [String: Any]) throws {
        let data = try JSONSerialization.data(withJSONObject: figures, options: [.sortedKeys])
        print(String(decoding: data, as: UTF8.self))
        fflush(nil)
    }
}
