/// Many names in one buffer: a corpus has as many as files, and a string each would be most of the memory it takes.
struct NameList: RandomAccessCollection, Sendable {
    private var bytes: [UInt8] = []
    /// Where each name ends.
    private var ends: [Int] = []

    var startIndex: Int { 0 }
    var endIndex: Int { ends.count }

    subscript(index: Int) -> String { String(decoding: bytes[range(index)], as: UTF8.self) }

    mutating func append(_ name: some Sequence<UInt8>) {
        bytes.append(contentsOf: name)
        ends.append(bytes.count)
    }

    /// Puts the names in the order of their bytes, which is that of their code points.
    mutating func sort() {
        let order = indices.sorted { bytes[range($0)].lexicographicallyPrecedes(bytes[range($1)]) }
        self = NameList(order.map { self[bytesAt: $0] })
    }

    /// The names for which `isIncluded` holds.
    func filtered(_ isIncluded: (String) -> Bool) -> NameList {
        var list = NameList()
        for index in indices where isIncluded(self[index]) { list.append(self[bytesAt: index]) }
        return list
    }

    init() {}

    private init(_ names: some Sequence<ArraySlice<UInt8>>) {
        for name in names { append(name) }
    }

    private subscript(bytesAt index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
