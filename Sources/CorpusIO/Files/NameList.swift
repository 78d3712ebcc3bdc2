/// Many names in one buffer: a corpus has as many as files, and a string each would be most of the memory it takes.
struct NameList: RandomAccessCollection, Sendable {
    private struct Place {
        let start: UInt32
        let count: UInt32
    }

    private var bytes: [UInt8] = []
    private var places: [Place] = []

    var startIndex: Int { 0 }
    var endIndex: Int { places.count }

    subscript(index: Int) -> String { String(decoding: bytes[Self.range(places[index])], as: UTF8.self) }

    mutating func append(_ name: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: name)
        places.append(Place(start: UInt32(start), count: UInt32(bytes.count - start)))
    }

    /// Puts the names in the order of their bytes, which is that of their code points.
    mutating func sort() {
        let bytes = bytes
        places.sort { bytes[Self.range($0)].lexicographicallyPrecedes(bytes[Self.range($1)]) }
    }

    /// The names for which `isIncluded` holds.
    func filtered(_ isIncluded: (String) -> Bool) -> NameList {
        var list = self
        list.places.removeAll { !isIncluded(String(decoding: bytes[Self.range($0)], as: UTF8.self)) }
        return list
    }

    private static func range(_ place: Place) -> Range<Int> { Int(place.start)..<Int(place.start) + Int(place.count) }
}
