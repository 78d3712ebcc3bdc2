/// A start or end tag of a `PHI` element in the bytes of a record.
struct I2B2MarkTag {
    /// From its bracket to after its bracket.
    let range: Range<Int>
    /// Whether it starts an element.
    let isStart: Bool

    /// The tags of a record in their order, but those of elements without content.
    static func all(in bytes: [UInt8]) -> [I2B2MarkTag] {
        var tags: [I2B2MarkTag] = []
        var index = 0
        while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            let isStart = bytes[start...].starts(with: "<PHI".utf8)
            guard isStart || bytes[start...].starts(with: "</PHI".utf8),
                let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
            else {
                index = start + 1
                continue
            }
            if bytes[end - 1] != UInt8(ascii: "/") {
                tags.append(I2B2MarkTag(range: start..<end + 1, isStart: isStart))
            }
            index = end + 1
        }
        return tags
    }
}
