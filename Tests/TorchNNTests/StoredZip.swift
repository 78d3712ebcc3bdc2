import Foundation

/// Builds zip archives and pickles for tests, right and wrong ones.
enum StoredZip {
    /// An archive of records; `method` 0 stores them, and any other only claims to have packed them.
    static func archive(_ records: [(name: String, bytes: [UInt8])], method: UInt16 = 0, flags: UInt16 = 0) -> Data {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in records {
            let start = UInt32(file.count)
            let size = UInt32(bytes.count)
            let common =
                little(UInt16(20)) + little(flags) + little(method) + little(UInt32(0)) + little(UInt32(0))
                + little(size) + little(size) + little(UInt16(name.utf8.count)) + little(UInt16(0))
            file += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + bytes
            directory +=
                [0x50, 0x4B, 1, 2] + little(UInt16(20)) + common + [UInt8](repeating: 0, count: 10) + little(start)
                + Array(name.utf8)
        }
        return Data(file + directory + end(records.count, directory.count, file.count))
    }

    /// The record at an archive's end.
    static func end(_ records: Int, _ size: Int, _ start: Int) -> [UInt8] {
        [0x50, 0x4B, 5, 6] + little(UInt32(0)) + little(UInt16(records)) + little(UInt16(records))
            + little(UInt32(size)) + little(UInt32(start)) + little(UInt16(0))
    }

    /// A file of `torch.save` whose state dict is what the operations make, with one storage of four floats.
    static func checkpoint(_ operations: [UInt8]) -> Data {
        archive([
            ("a/data.pkl", [0x80, 2] + operations), ("a/byteorder", Array("little".utf8)),
            ("a/data/0", [UInt8](repeating: 0, count: 16)),
        ])
    }

    /// The operations that name a class or function.
    static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }

    /// The operations for a text.
    static func text(_ text: String) -> [UInt8] { [0x58] + little(UInt32(text.utf8.count)) + Array(text.utf8) }

    /// The operations for a whole number.
    static func number(_ value: Int) -> [UInt8] {
        [0x8A, 8] + little(UInt64(bitPattern: Int64(value)))
    }

    /// The operations for a tuple.
    static func tuple(_ values: [[UInt8]]) -> [UInt8] { [0x28] + values.flatMap { $0 } + [0x74] }

    /// The operations for a reference to a storage.
    static func storage(_ type: String = "FloatStorage", key: String = "0", count: Int = 4) -> [UInt8] {
        tuple([text("storage"), global("torch", type), text(key), text("cpu"), number(count)]) + [0x51]
    }

    /// The operations for a tensor.
    static func tensor(
        _ storage: [UInt8] = storage(), offset: Int = 0, shape: [Int] = [4], strides: [Int] = [1]
    ) -> [UInt8] {
        global("torch._utils", "_rebuild_tensor_v2")
            + tuple([
                storage, number(offset), tuple(shape.map(number)), tuple(strides.map(number)), [0x89], [0x7D],
            ]) + [0x52]
    }

    /// The operations for a whole state dict.
    static func dictionary(_ entries: [(name: String, value: [UInt8])]) -> [UInt8] {
        [0x7D, 0x28] + entries.flatMap { text($0.name) + $0.value } + [0x75, 0x2E]
    }

    static func little<Word: FixedWidthInteger>(_ value: Word) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
