/// The entries of a lexicon, in the order of its file: in memory, or in a compiled lexicon, which makes each as it is asked
/// for.
public struct LexiconEntries: RandomAccessCollection, Sendable {
    enum Storage: Sendable {
        case memory([LexiconEntry], types: [String?], numbers: [UInt16])
        /// With the type of the entries that have none of their own.
        case store(LexiconStore, type: String?)
    }

    let storage: Storage

    /// Entries in memory.
    init(_ entries: [LexiconEntry]) {
        var types: [String?] = []
        var places: [String?: UInt16] = [:]
        let numbers = entries.map { entry in
            if let place = places[entry.type] { return place }
            // Beyond that many the last type would have to stand for others; no annotation scheme comes near.
            precondition(types.count < Int(UInt16.max), "more than 65,534 types in a lexicon")
            let place = UInt16(types.count)
            places[entry.type] = place
            types.append(entry.type)
            return place
        }
        storage = .memory(entries, types: types, numbers: numbers)
    }

    /// The entries of a compiled lexicon.
    init(_ store: LexiconStore, type: String?) { storage = .store(store, type: type) }

    /// The place of the first entry.
    public var startIndex: Int { 0 }

    /// The number of entries.
    public var endIndex: Int {
        switch storage {
        case .memory(let entries, _, _): entries.count
        case .store(let store, _): store.count
        }
    }

    /// The entry at a place.
    public subscript(index: Int) -> LexiconEntry {
        switch storage {
        case .memory(let entries, _, _): return entries[index]
        case .store(let store, let type):
            var entry = store.entry(index)
            if entry.type == nil { entry.type = type }
            return entry
        }
    }

    /// The types of the entries, each once; their places are what ``typeNumber(of:)`` gives.
    public var types: [String?] {
        switch storage {
        case .memory(_, let types, _): types
        case .store(let store, let type): [type] + store.types
        }
    }

    /// The place in ``types`` of an entry's type.
    public func typeNumber(of index: Int) -> Int {
        switch storage {
        case .memory(_, _, let numbers): Int(numbers[index])
        case .store(let store, _): store.typeNumber(of: index)
        }
    }
}

extension LexiconEntries: Equatable, ExpressibleByArrayLiteral {
    /// Entries in memory.
    public init(arrayLiteral entries: LexiconEntry...) { self.init(entries) }

    /// Whether both hold the same entries, wherever these lie.
    public static func == (left: LexiconEntries, right: LexiconEntries) -> Bool { left.elementsEqual(right) }
}
