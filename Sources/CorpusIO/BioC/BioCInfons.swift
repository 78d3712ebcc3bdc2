/// Keys and values of BioC; a key that comes twice is called `KEY (2)` the second time.
struct BioCInfons {
    private(set) var values: [String: String] = [:]
    /// Keys that came more than once.
    private(set) var repeated: [String] = []

    /// Adds a value.
    mutating func add(_ key: String, _ value: String) {
        guard values[key] != nil else {
            values[key] = value
            return
        }
        repeated.append(key)
        var number = 2
        while values["\(key) (\(number))"] != nil { number += 1 }
        values["\(key) (\(number))"] = value
    }

    /// The value of the first of some keys that is there, and that key.
    func first(of keys: [String]) -> (key: String, value: String)? {
        for key in keys { if let value = values[key] { return (key, value) } }
        return nil
    }
}
