/// The bytes of one feature, made again and again in the same memory.
struct FeatureLine {
    private(set) var bytes: [UInt8] = []

    /// `name` and `value`.
    mutating func set(_ name: some Collection<UInt8>, _ value: some Collection<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: name)
        bytes.append(contentsOf: value)
    }

    /// `name` and `value`.
    mutating func set(_ name: String, _ value: [UInt8]) { set(name.utf8, value) }

    /// Somebody else's value, such as `l-1=acute`.
    mutating func set(_ name: String, _ sign: UInt8, _ distance: Int, _ value: [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: name.utf8)
        bytes.append(sign)
        if distance >= 10 { bytes.append(UInt8(ascii: "0") + UInt8(distance / 10)) }
        bytes.append(UInt8(ascii: "0") + UInt8(distance % 10))
        bytes.append(UInt8(ascii: "="))
        bytes.append(contentsOf: value)
    }

    /// A second part.
    mutating func append(_ separator: String, _ value: [UInt8]) {
        bytes.append(contentsOf: separator.utf8)
        bytes.append(contentsOf: value)
    }
}
