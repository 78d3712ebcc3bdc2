/// Values that come again and again, such as types, as strings that are made once.
struct XMLValues {
    private static let size = 64

    private var values = [String](repeating: "", count: size)

    /// The value of some bytes.
    mutating func value(_ bytes: UnsafeRawBufferPointer) -> String {
        guard let first = bytes.first, let last = bytes.last else { return "" }
        let place = (31 * bytes.count + 7 * Int(first) + Int(last) + 13 * Int(bytes[bytes.count / 2])) % Self.size
        let isSame = values[place].utf8.withContiguousStorageIfAvailable { known in
            known.elementsEqual(bytes)
        }
        if isSame == true { return values[place] }
        let value = String(decoding: bytes, as: UTF8.self)
        values[place] = value
        return value
    }
}
