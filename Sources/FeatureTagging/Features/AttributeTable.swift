/// Numbers for features, from 0 in the order in which they came; the features' bytes are kept, so that two with the same
/// hash are told apart.
struct AttributeTable: Sendable {
    private static let empty = UInt32.max

    /// The features' UTF-8, one after the other.
    private(set) var bytes: [UInt8] = []
    /// Where each ends.
    private(set) var ends: [Int] = []
    /// Numbers by hash, with open addressing; a power of two and at least half empty.
    private var slots: [UInt32] = [UInt32](repeating: AttributeTable.empty, count: 1024)
    /// The upper half of each feature's hash, by number: most slots that are not wanted show here.
    private var hashes: [UInt32] = []

    /// An empty table.
    init() {}

    /// How many features there are.
    var count: Int { ends.count }

    /// The UTF-8 of a feature.
    func feature(_ number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

    /// The number of a feature, or nothing if it never came.
    func number(of feature: UnsafeBufferPointer<UInt8>) -> UInt32? {
        let number = slots[slot(of: feature, Self.hash(feature))]
        return number == Self.empty ? nil : number
    }

    /// The number of a feature, a new one if it never came.
    mutating func intern(_ feature: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = Self.hash(feature)
        let place = slot(of: feature, hash)
        if slots[place] != Self.empty { return slots[place] }
        let number = UInt32(count)
        slots[place] = number
        bytes.append(contentsOf: feature)
        ends.append(bytes.count)
        hashes.append(UInt32(truncatingIfNeeded: hash >> 32))
        if 2 * count > slots.count { grow() }
        return number
    }

    /// Where the feature's number stands or would stand.
    private func slot(of feature: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
        let mask = slots.count - 1
        let mark = UInt32(truncatingIfNeeded: hash >> 32)
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place] != Self.empty {
            let number = Int(slots[place])
            if hashes[number] == mark, isSame(feature, number) { break }
            place = (place + 1) & mask
        }
        return place
    }

    private func isSame(_ feature: UnsafeBufferPointer<UInt8>, _ number: Int) -> Bool {
        let start = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - start == feature.count else { return false }
        for offset in 0..<feature.count where bytes[start + offset] != feature[offset] { return false }
        return true
    }

    private mutating func grow() {
        slots = [UInt32](repeating: Self.empty, count: 2 * slots.count)
        let mask = slots.count - 1
        bytes.withUnsafeBufferPointer { bytes in
            for number in 0..<count {
                let start = number == 0 ? 0 : ends[number - 1]
                let hash = Self.hash(UnsafeBufferPointer(rebasing: bytes[start..<ends[number]]))
                var place = Int(truncatingIfNeeded: hash) & mask
                while slots[place] != Self.empty { place = (place + 1) & mask }
                slots[place] = UInt32(number)
            }
        }
    }

    /// Eight bytes at a time, each multiplied by an odd number and folded; the length goes in first.
    private static func hash(_ feature: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = UInt64(feature.count) &* 0x9e37_79b9_7f4a_7c15
        let raw = UnsafeRawBufferPointer(feature)
        var offset = 0
        while offset + 8 <= raw.count {
            hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        for place in offset..<raw.count { rest = rest << 8 | UInt64(raw[place]) }
        return mixed(hash ^ rest)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
        return product.high ^ product.low
    }
}
