import Foundation

/// What lies where in a file of `torch.save`: read from its pickle, and checked against the file's size.
struct PyTorchLayout {
    private(set) var entries: [String: StoredTensor] = [:]

    private let data: Data
    private let path: String

    /// The old format begins with a pickle of this number, 0x1950A86A20F9469CFC6C.
    private static let magic: [UInt8] = [
        0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
    ]
    private static let legacyVersion = 1001

    /// Reads the layout of the file whose bytes are `data`.
    ///
    /// - Throws: ``CheckpointError/damagedPyTorchFile(path:offset:reason:)`` or
    ///   ``CheckpointError/refusedGlobal(path:offset:global:)``.
    init(of data: Data, path: String) throws(CheckpointError) {
        self.data = data
        self.path = path
        if ZipRecords.isZip(data) {
            try readArchive()
        } else if data.starts(with: Self.magic) {
            try readLegacy()
        } else {
            throw ByteCursor(data, 0..<0, path: path).damage("the file begins like no file of torch.save")
        }
    }

    /// The format of PyTorch since 1.6: a zip archive with the pickle and each storage as a record.
    private mutating func readArchive() throws(CheckpointError) {
        let records = try ZipRecords(of: data, path: path).ranges
        let whole = ByteCursor(data, 0..<data.count, path: path)
        let pickles = records.filter { $0.key.hasSuffix("/data.pkl") }
        guard pickles.count == 1, let (name, range) = pickles.first else {
            throw whole.damage("the archive has no record data.pkl, or several")
        }
        let folder = name.dropLast("data.pkl".count)
        if let order = records["\(folder)byteorder"], !data[order].elementsEqual("little".utf8) {
            throw whole.damage("the numbers are big-endian, which is not read", at: order.lowerBound)
        }
        var unpickler = Unpickler(ByteCursor(data, range, path: path))
        let value = try unpickler.load()
        var starts: [String: Int] = [:]
        for (key, storage) in unpickler.storages {
            guard let record = records["\(folder)data/\(key)"] else {
                throw whole.damage("the archive has no record data/\(key), which the pickle refers to")
            }
            guard storage.count <= record.count / storage.elementSize else {
                throw whole.damage(
                    "record data/\(key) has \(record.count) bytes, too few for \(storage.count) \(storage.typeName)",
                    at: record.lowerBound)
            }
            starts[key] = record.lowerBound
        }
        try collect(value, unpickler, starts: starts)
    }

    /// The format before: pickles of the magic number, a version, the system, the state dict and the storages' keys, then
    /// for each key the number of elements and the elements.
    private mutating func readLegacy() throws(CheckpointError) {
        let cursor = ByteCursor(data, Self.magic.count..<data.count, path: path)
        var unpickler = Unpickler(cursor)
        guard case .integer(Self.legacyVersion) = try unpickler.load() else {
            throw cursor.damage("the version of the file is not \(Self.legacyVersion)")
        }
        let place = unpickler.cursor.offset
        let system = try unpickler.load()
        for (key, value) in unpickler.pairs(of: system) ?? [] {
            if case (.text("little_endian"), .bool(false)) = (key, value) {
                throw cursor.damage("the numbers are big-endian, which is not read", at: place)
            }
        }
        var weights = Unpickler(unpickler.cursor)
        let value = try weights.load()
        var list = Unpickler(weights.cursor)
        let keysPlace = list.cursor.offset
        let keysValue = try list.load()
        guard let keys = list.elements(of: keysValue) else {
            throw cursor.damage("the storages' keys are no list", at: keysPlace)
        }
        var rest = list.cursor
        var starts: [String: Int] = [:]
        for key in keys {
            let place = rest.offset
            let count = try rest.word(UInt64.self)
            guard case .text(let key) = key, starts[key] == nil, let storage = weights.storages[key],
                count == UInt64(storage.count)
            else { throw rest.damage("the storage here is not one of those that the pickle refers to", at: place) }
            let (size, overflow) = count.multipliedReportingOverflow(by: UInt64(storage.elementSize))
            guard !overflow else { throw rest.damage("a storage of \(count) elements", at: place) }
            starts[key] = try rest.skip(size).lowerBound
        }
        guard rest.left == 0 else { throw rest.damage("\(rest.left) bytes at the end belong to no storage") }
        for key in weights.storages.keys.sorted() where starts[key] == nil {
            throw cursor.damage("storage \(key) is missing, which the pickle refers to", at: keysPlace)
        }
        try collect(value, weights, starts: starts)
    }

    /// The tensors of a state dict whose storages lie at `starts`.
    private mutating func collect(
        _ value: PickleValue, _ unpickler: Unpickler, starts: [String: Int]
    ) throws(CheckpointError) {
        let cursor = unpickler.cursor
        guard let pairs = unpickler.pairs(of: value) else {
            throw cursor.damage("the pickle holds no state dict; save model.state_dict() alone with torch.save")
        }
        for (key, value) in pairs {
            guard case .text(let name) = key else { throw cursor.damage("a key of the state dict is no text") }
            guard case .tensor(let tensor) = value, let start = starts[tensor.storage.key] else {
                throw cursor.damage(
                    "entry \(name) of the state dict is no tensor; save model.state_dict() alone with torch.save")
            }
            entries[name] = tensor.stored(at: start)
        }
    }
}
