/// Strings one behind the other, with the place at which each ends.
struct StringColumn {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []

    var byteCount: Int { bytes.count }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        ends.append(UInt32(clamping: bytes.count))
    }
}
