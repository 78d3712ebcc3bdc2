import Essentials
import Foundation
import TestSupport
import Testing
import Torch

@testable import TorchNN

struct PyTorchFileTests {
    private static func fixture(_ name: String) -> String { SharedData.fixture("checkpoints/\(name)") }

    @Test(
        "tensors of all types, strides and offsets are what PyTorch reads",
        arguments: ["kinds.bin", "kinds-legacy.bin"])
    func kinds(name: String) throws {
        let file = try PyTorchFile(path: Self.fixture(name))
        let expected = try SafetensorsFile(path: Self.fixture("kinds.safetensors"))
        #expect(file.names == expected.names)
        #expect(file.namesNotTaken == file.names)
        for name in expected.names {
            let tensor = try file.tensor(named: name)
            let reference = try expected.tensor(named: name)
            #expect(file.shape(of: name) == reference.shape)
            #expect(tensor.shape == reference.shape, "\(name)")
            #expect(tensor.dataType == reference.dataType, "\(name)")
            switch reference.dataType {
            case .float32: #expect(tensor.floats() == reference.floats(), "\(name)")
            case .int64: #expect(tensor.int64s() == reference.int64s(), "\(name)")
            }
        }
        #expect(file.namesNotTaken.isEmpty)
    }

    @Test("a type that is not read is an error only of the tensor that is asked for")
    func types() throws {
        let path = Self.fixture("bool.bin")
        let file = try PyTorchFile(path: path)
        #expect(file.shape(of: "flags") == [2])
        #expect(throws: CheckpointError.unsupportedType(path: path, tensor: "flags", type: "BOOL")) {
            try file.tensor(named: "flags")
        }
        #expect(throws: CheckpointError.missingTensor(path: path, tensor: "flag", nearest: "flags")) {
            try file.tensor(named: "flag")
        }
    }

    @Test(
        "a file cut short anywhere is refused, and one with any byte changed is read or refused",
        arguments: ["kinds.bin", "kinds-legacy.bin", "bool.bin"])
    func damage(name: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.fixture(name)))
        for count in 0..<bytes.count {
            #expect(throws: CheckpointError.self, "cut to \(count) bytes") {
                try PyTorchLayout(of: bytes.prefix(count), path: name)
            }
        }
        for place in bytes.indices {
            for flip: UInt8 in [0x01, 0x80, 0xFF] {
                var changed = bytes
                changed[place] ^= flip
                guard let layout = try? PyTorchLayout(of: changed, path: name) else { continue }
                var table = TensorTable(layout.entries, in: changed, path: name)
                for name in table.names { _ = try? table.tensor(named: name) }
            }
        }
    }

    @Test(
        "a name that weights do not need is refused, whatever would be done with it",
        arguments: [
            ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "getattr"), ("torch", "load"),
            ("torch._utils", "_rebuild_qtensor"), ("collections", "OrderedDict.fromkeys"), ("torch.os", "FloatStorage"),
        ])
    func globals(module: String, name: String) throws {
        let call = StoredZip.global(module, name)
        let operations = call + StoredZip.tuple([StoredZip.text("echo")]) + [0x52, 0x2E]
        let data = StoredZip.checkpoint(operations)
        let error = #expect(throws: CheckpointError.self) { try PyTorchLayout(of: data, path: "w.bin") }
        // The pickle stands behind a header of 30 bytes, the record's name, and two bytes of its own.
        #expect(error == .refusedGlobal(path: "w.bin", offset: 42, global: "\(module).\(name)"))
        #expect(
            error?.description
                == "w.bin: byte 42: the file asks for \(module).\(name), which weights do not need and which is never "
                + "run; use the model's model.safetensors, or save model.state_dict() alone with torch.save")
        #expect(error?.exitCode == .badData)
    }

    @Test(
        "a hostile or foreign pickle is refused with what is wrong in it",
        arguments: [
            ([0x2E], "takes more from its stack"), ([0x4E, 0x2E], "no state dict"),
            ([0x80, 4, 0x2E], "pickle protocol 4 is not read"), ([0x81], "operation 0x81 of pickle is not read"),
            ([0x68, 9], "recalls value 9"), ([0x74], "lacks a mark"), ([0x28, 0x30], "operation 0x30"),
            ([0x28, 0x85], "takes more from its stack"), ([0x4E, 0x28, 0x71, 0], "takes more from its stack"),
            ([0x4E, 0x4E, 0x52], "calls what is no function"), ([0x4E, 0x4E, 0x61], "appends to what is no list"),
            ([0x4E, 0x4E, 0x62], "other than a dictionary"), ([0x7D, 0x28, 0x4E, 0x75], "sets keys"),
            ([0x58, 0xFF, 0xFF, 0xFF, 0xFF], "4294967295 bytes are expected"), ([0x58, 1, 0, 0, 0, 0xFF], "not UTF-8"),
            ([0x63, 0x61, 0x61], "a name does not end"), ([0x4E, 0x51], "a reference to a storage"),
            (StoredZip.dictionary([("a", [0x4E])]), "entry a of the state dict is no tensor"),
            (StoredZip.storage(count: -1), "a reference to a storage"),
            (StoredZip.dictionary([("a", StoredZip.tensor(StoredZip.storage(key: "../x")))]), "no record data/../x"),
            (StoredZip.dictionary([("a", StoredZip.tensor(StoredZip.storage(count: 5)))]), "too few for 5 F32"),
            (StoredZip.storage() + StoredZip.storage("HalfStorage"), "two types or two sizes"),
            (StoredZip.tensor(shape: [5]), "does not lie within"),
            (StoredZip.tensor(offset: 1), "does not lie within"), (StoredZip.tensor(offset: -1), "does not lie within"),
            (StoredZip.tensor(offset: Int.max), "does not lie within"),
            (StoredZip.tensor(strides: [2]), "does not lie within"), (StoredZip.tensor(strides: [-1]), "does not lie"),
            (StoredZip.tensor(strides: [Int.max]), "does not lie within"),
            (StoredZip.tensor(shape: [Int.max, Int.max], strides: [1, 1]), "does not lie within"),
            (StoredZip.tensor(shape: [1 << 40], strides: [0]), "does not lie within"),
            (StoredZip.tensor(shape: [2, 2], strides: [1]), "does not lie within"),
            (StoredZip.tensor([0x4E]), "arguments that torch.save never gives"),
            (
                StoredZip.global("collections", "OrderedDict") + StoredZip.tuple([[0x4E]]) + [0x52],
                "arguments that torch.save never gives"
            ),
            // A list in itself, in a state dict's place; tuples ten thousand deep.
            ([0x5D, 0x71, 0, 0x68, 0, 0x61, 0x2E], "no state dict"),
            ([0x29] + [UInt8](repeating: 0x85, count: 10_000) + [0x2E], "no state dict"),
            ([UInt8](repeating: 0x7D, count: 1 << 22) + [0x2E], "longer than that of any model"),
        ] as [([UInt8], String)])
    func hostile(operations: [UInt8], reason: String) throws {
        let data = StoredZip.checkpoint(operations)
        let error = #expect(throws: CheckpointError.self) { try PyTorchLayout(of: data, path: "w.bin") }
        guard case .damagedPyTorchFile("w.bin", let offset, let found) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(found.contains(reason), "\(found)")
        #expect(0...data.count ~= offset)
    }

    @Test("a state dict that is right is read; what is built of the same parts is not refused by mistake")
    func sound() throws {
        let entries = [("a", StoredZip.tensor()), ("b", StoredZip.tensor(offset: 1, shape: [3, 1], strides: [1, 9]))]
        let data = StoredZip.checkpoint(StoredZip.dictionary(entries))
        let layout = try PyTorchLayout(of: data, path: "w.bin")
        #expect(layout.entries["b"]?.shape == [3, 1] && layout.entries["b"]?.strides == nil)
        #expect(layout.entries["b"]?.bytes.count == 12)
    }

    @Test("archives that torch.save never makes are refused: packed, encrypted, overlapping, without a pickle")
    func archives() throws {
        let pickle = [0x80, 2] + StoredZip.dictionary([])
        func reason(_ data: Data) -> String {
            do {
                _ = try PyTorchLayout(of: data, path: "w.bin")
                return "read"
            } catch {
                return error.description
            }
        }
        #expect(reason(StoredZip.archive([("a/data.pkl", pickle)])) == "read")
        #expect(
            reason(StoredZip.archive([("a/data.pkl", pickle)], method: 8)).contains(
                "record a/data.pkl is compressed, which torch.save never does; pack the archive again without"))
        #expect(reason(StoredZip.archive([("a/data.pkl", pickle)], flags: 1)).contains("is encrypted"))
        #expect(reason(StoredZip.archive([("a/b", pickle)])).contains("no record data.pkl, or several"))
        #expect(
            reason(StoredZip.archive([("a/data.pkl", pickle), ("b/data.pkl", pickle)])).contains("or several"))
        #expect(
            reason(StoredZip.archive([("a/data.pkl", pickle), ("a/data.pkl", pickle)])).contains(
                "a second record is named a/data.pkl"))
        #expect(
            reason(StoredZip.archive([("a/data.pkl", pickle), ("a/byteorder", Array("big".utf8))])).contains(
                "big-endian"))
        // Two entries of the directory for one place.
        let one = StoredZip.archive([("a/data.pkl", pickle)])
        let start = one.count - 22 - 46 - 10
        var entry = Array(one[start..<start + 56])
        let first = entry
        entry[46 + 9] = UInt8(ascii: "x")
        let twice: [UInt8] = [UInt8](one)[..<start] + first + entry + StoredZip.end(2, 112, start)
        #expect(reason(Data(twice)).contains("two records of the archive overlap"))
        #expect(reason(Data("<html>".utf8)).contains("begins like no file of torch.save"))
    }

    @Test("a missing file and a folder are named")
    func missing() throws {
        try withTemporaryFolder { folder in
            #expect(throws: FileError.self) { try PyTorchFile(path: "\(folder)/none") }
            #expect(throws: FileError.self) { try PyTorchFile(path: folder) }
        }
    }
}
