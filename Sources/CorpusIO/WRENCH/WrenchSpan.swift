/// A span of tokens with a type, written `[START, END, "TYPE"]`.
struct WrenchSpan: Decodable, Hashable {
    let start: Int
    let end: Int
    let type: String

    init(start: Int, end: Int, type: String) {
        self.start = start
        self.end = end
        self.type = type
    }

    init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        start = try values.decode(Int.self)
        end = try values.decode(Int.self)
        type = try values.decode(String.self)
    }
}
