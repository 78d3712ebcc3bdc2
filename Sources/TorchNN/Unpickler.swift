/// Reads the pickles that `torch.save` writes, and no others.
///
/// Pickle is a program for a stack machine that can call anything Python can. This machine knows the operations of
/// protocol 2 that state dicts need; the only names it accepts are those of ``PickleGlobal``, and what they stand for is
/// built here. It keeps within fixed bounds of time and memory whatever the pickle says.
///
/// Source: CPython, `Lib/pickletools.py`; PyTorch, `torch/serialization.py` and `torch/_utils.py`.
struct Unpickler {
    /// Where the next byte is read.
    private(set) var cursor: ByteCursor
    /// The storages that were met, by key.
    private(set) var storages: [String: PickledStorage] = [:]
    /// Elements of tuples and lists; keys and values of dictionaries, by turns.
    private var containers: [[PickleValue]] = []
    private var stack: [PickleValue] = []
    /// The stack's heights at open marks.
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]

    /// A BERT of 24 layers takes 12,000 operations and 60 kB.
    private static let mostOperations = 1 << 22
    /// The most bytes that a pickle may have.
    static let largestPickle = 1 << 24

    init(_ cursor: ByteCursor) {
        self.cursor = cursor
    }

    /// The pickle's value; the cursor then stands behind it.
    ///
    /// - Throws: ``CheckpointError/damagedPyTorchFile(path:offset:reason:)`` or
    ///   ``CheckpointError/refusedGlobal(path:offset:global:)``.
    mutating func load() throws(CheckpointError) -> PickleValue {
        let start = cursor.offset
        for _ in 0..<Self.mostOperations {
            let place = cursor.offset
            guard place - start < Self.largestPickle else { break }
            let code = try cursor.byte()
            guard let operation = PickleOperation(rawValue: code) else {
                throw cursor.damage(
                    "operation 0x\(String(code, radix: 16)) of pickle is not read; save the weights again with "
                        + "torch.save's own settings", at: place)
            }
            if operation == .stop { return try pop(at: place) }
            try run(operation, at: place)
        }
        throw cursor.damage("the pickle is longer than that of any model", at: start)
    }

    /// The elements of a list or a tuple, or the keys and values of a dictionary by turns.
    func elements(of value: PickleValue) -> [PickleValue]? {
        switch value {
        case .tuple(let index), .list(let index), .dictionary(let index): containers[index]
        default: nil
        }
    }

    /// The keys and values of a dictionary.
    func pairs(of value: PickleValue) -> [(key: PickleValue, value: PickleValue)]? {
        guard case .dictionary(let index) = value else { return nil }
        let elements = containers[index]
        return stride(from: 0, to: elements.count, by: 2).map { (elements[$0], elements[$0 + 1]) }
    }

    private mutating func run(_ operation: PickleOperation, at place: Int) throws(CheckpointError) {
        switch operation {
        case .stop: break
        case .protocolVersion:
            let version = try cursor.byte()
            guard version == 2 else { throw cursor.damage("pickle protocol \(version) is not read, only 2", at: place) }
        case .none: stack.append(.none)
        case .newTrue: stack.append(.bool(true))
        case .newFalse: stack.append(.bool(false))
        case .byteInteger: stack.append(.integer(Int(try cursor.byte())))
        case .shortInteger: stack.append(.integer(Int(try cursor.word(UInt16.self))))
        case .integer: stack.append(.integer(Int(try cursor.word(Int32.self))))
        case .long: stack.append(try long())
        case .double:
            _ = try cursor.skip(8)
            stack.append(.otherNumber)
        case .shortText: stack.append(.text(try cursor.text(UInt64(try cursor.byte()))))
        case .text, .byteText: stack.append(.text(try cursor.text(UInt64(try cursor.word(UInt32.self)))))
        case .emptyTuple: push([], as: PickleValue.tuple)
        case .tuple1: push(try pop(1, at: place), as: PickleValue.tuple)
        case .tuple2: push(try pop(2, at: place), as: PickleValue.tuple)
        case .tuple3: push(try pop(3, at: place), as: PickleValue.tuple)
        case .tuple: push(try popToMark(at: place), as: PickleValue.tuple)
        case .emptyList: push([], as: PickleValue.list)
        case .emptyDictionary: push([], as: PickleValue.dictionary)
        case .mark: marks.append(stack.count)
        case .append: try add(try pop(1, at: place), at: place)
        case .appends: try add(try popToMark(at: place), at: place)
        case .setItem: try set(try pop(2, at: place), at: place)
        case .setItems: try set(try popToMark(at: place), at: place)
        case .putByte: memo[Int(try cursor.byte())] = try top(at: place)
        case .put: memo[Int(try cursor.word(UInt32.self))] = try top(at: place)
        case .getByte: try get(Int(try cursor.byte()), at: place)
        case .get: try get(Int(try cursor.word(UInt32.self)), at: place)
        case .global: try name(at: place)
        case .persistentID: stack.append(.storage(try storage(try pop(at: place), at: place)))
        case .reduce:
            let arguments = try pop(at: place)
            let function = try pop(at: place)
            try call(function, arguments, at: place)
        case .build:
            // A state dict's _metadata; versions of modules, nothing that a tensor depends on.
            _ = try pop(at: place)
            guard case .dictionary = try top(at: place) else {
                throw cursor.damage("an object other than a dictionary is given attributes", at: place)
            }
        }
    }

    // MARK: Stack

    private func top(at place: Int) throws(CheckpointError) -> PickleValue {
        guard stack.count > (marks.last ?? 0), let value = stack.last else {
            throw cursor.damage("the pickle takes more from its stack than there is", at: place)
        }
        return value
    }

    private mutating func pop(at place: Int) throws(CheckpointError) -> PickleValue {
        let value = try top(at: place)
        stack.removeLast()
        return value
    }

    private mutating func pop(_ count: Int, at place: Int) throws(CheckpointError) -> [PickleValue] {
        guard stack.count - (marks.last ?? 0) >= count else {
            throw cursor.damage("the pickle takes more from its stack than there is", at: place)
        }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popToMark(at place: Int) throws(CheckpointError) -> [PickleValue] {
        guard let height = marks.popLast() else { throw cursor.damage("the pickle lacks a mark", at: place) }
        defer { stack.removeSubrange(height...) }
        return Array(stack[height...])
    }

    private mutating func push(_ elements: [PickleValue], as kind: (Int) -> PickleValue) {
        containers.append(elements)
        stack.append(kind(containers.count - 1))
    }

    private mutating func add(_ elements: [PickleValue], at place: Int) throws(CheckpointError) {
        guard case .list(let index) = try top(at: place) else {
            throw cursor.damage("the pickle appends to what is no list", at: place)
        }
        containers[index] += elements
    }

    private mutating func set(_ pairs: [PickleValue], at place: Int) throws(CheckpointError) {
        guard case .dictionary(let index) = try top(at: place), pairs.count % 2 == 0 else {
            throw cursor.damage("the pickle sets keys of what is no dictionary", at: place)
        }
        containers[index] += pairs
    }

    private mutating func get(_ index: Int, at place: Int) throws(CheckpointError) {
        guard let value = memo[index] else {
            throw cursor.damage("the pickle recalls value \(index), which it never kept", at: place)
        }
        stack.append(value)
    }

    /// A little-endian number in two's complement, of up to 255 bytes.
    private mutating func long() throws(CheckpointError) -> PickleValue {
        let bytes = try cursor.bytes(Int(try cursor.byte()))
        if bytes.count > 8 { return .otherNumber }
        var value = bytes.last.map { $0 >= 0x80 ? -1 : 0 } ?? 0
        for byte in bytes.reversed() { value = value << 8 | Int(byte) }
        return .integer(value)
    }

    // MARK: Names and calls

    private mutating func name(at place: Int) throws(CheckpointError) {
        let module = try cursor.line()
        let name = try cursor.line()
        guard let global = PickleGlobal(module: module, name: name) else {
            throw CheckpointError.refusedGlobal(path: cursor.path, offset: place, global: "\(module).\(name)")
        }
        stack.append(.global(global))
    }

    /// The storage of the id `('storage', class, key, device, count)`, which the old format follows by a view.
    private mutating func storage(_ id: PickleValue, at place: Int) throws(CheckpointError) -> PickledStorage {
        guard let parts = elements(of: id), 5...6 ~= parts.count, case .text("storage") = parts[0],
            case .global(.storage(let typeName)) = parts[1], case .text(let key) = parts[2], case .text = parts[3],
            case .integer(let count) = parts[4], count >= 0
        else { throw cursor.damage("a reference to a storage is not as torch.save writes it", at: place) }
        if parts.count == 6 {
            guard case .none = parts[5] else {
                throw cursor.damage(
                    "a storage is a view of another one; save the weights with a newer PyTorch", at: place)
            }
        }
        let storage = PickledStorage(typeName: typeName, key: key, count: count)
        guard storages.updateValue(storage, forKey: key) ?? storage == storage else {
            throw cursor.damage("storage \(key) has two types or two sizes", at: place)
        }
        return storage
    }

    private mutating func call(
        _ function: PickleValue, _ arguments: PickleValue, at place: Int
    ) throws(CheckpointError) {
        guard case .global(let global) = function, case .tuple(let index) = arguments else {
            throw cursor.damage("the pickle calls what is no function", at: place)
        }
        let values = containers[index]
        switch (global, values.first) {
        case (.orderedDictionary, nil):
            push([], as: PickleValue.dictionary)
        case (.rebuildParameter, .tensor(let tensor)):
            stack.append(.tensor(tensor))
        case (.rebuildTensor, .storage(let storage)):
            guard values.count >= 4, case .integer(let offset) = values[1], let shape = integers(values[2]),
                let strides = integers(values[3])
            else { throw cursor.damage("a tensor is not described as torch.save does", at: place) }
            guard let tensor = PickledTensor(storage: storage, offset: offset, shape: shape, strides: strides) else {
                throw cursor.damage(
                    "a tensor of shape \(shape), strides \(strides) and offset \(offset) does not lie within its "
                        + "storage of \(storage.count) elements", at: place)
            }
            stack.append(.tensor(tensor))
        default:
            throw cursor.damage("the pickle calls a function with arguments that torch.save never gives", at: place)
        }
    }

    private func integers(_ value: PickleValue) -> [Int]? {
        guard let values = elements(of: value), values.count <= 64 else { return nil }
        var result: [Int] = []
        for case .integer(let number) in values { result.append(number) }
        return result.count == values.count ? result : nil
    }
}
