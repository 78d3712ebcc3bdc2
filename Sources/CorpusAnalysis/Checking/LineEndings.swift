/// How the lines of a text end.
struct LineEndings: Equatable {
    /// A line feed alone.
    var lineFeeds = 0
    /// A carriage return and a line feed.
    var pairs = 0
    /// A carriage return alone.
    var carriageReturns = 0
    /// The UTF-8 offset of the first line end that is not as the first one.
    var firstOther: Int?

    /// Counts the line ends of a text.
    init(of text: String) {
        var text = text
        var kinds: [Int] = [0, 0, 0]
        var firstKind: Int?
        var firstOther: Int?
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte == 0x0A || byte == 0x0D {
                    let isPair = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
                    let kind = isPair ? 1 : byte == 0x0A ? 0 : 2
                    kinds[kind] += 1
                    if firstKind == nil { firstKind = kind }
                    if firstKind != kind, firstOther == nil { firstOther = index }
                    index += isPair ? 2 : 1
                } else {
                    index += 1
                }
            }
        }
        (lineFeeds, pairs, carriageReturns) = (kinds[0], kinds[1], kinds[2])
        self.firstOther = firstOther
    }

    /// Whether not all lines end in the same way.
    var areMixed: Bool { firstOther != nil }
}
