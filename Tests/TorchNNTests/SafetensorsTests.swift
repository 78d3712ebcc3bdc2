import Foundation
import TestSupport
import Testing
import Torch

@testable import TorchNN

struct SafetensorsTests {
    /// A file's bytes from a header and the bytes behind it.
    private static func file(_ header: String, _ count: Int) -> Data {
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8)
            + Data(repeating: 0, count: count)
    }

    @Test("tensors and metadata come back as they were written")
    func roundTrip() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/weights.safetensors"
            let tensors: [(name: String, tensor: Tensor)] = [
                ("b.weight", Tensor([1, -2.5, 3, 4, 5, 6], shape: [2, 3])), ("a \"quoted\" é", Tensor([7], shape: [])),
                ("ids", Tensor([-1, 1 << 40] as [Int64])), ("empty", Tensor.zeros([0, 4])),
            ]
            try SafetensorsWriter.write(tensors, metadata: ["format": "pt", "step": "3"], to: path)
            let file = try SafetensorsFile(path: path)
            #expect(file.metadata == ["format": "pt", "step": "3"])
            #expect(file.names == tensors.map(\.name).sorted())
            for (name, tensor) in tensors where tensor.dataType == .float32 {
                let read = try file.tensor(named: name)
                #expect(read.shape == tensor.shape)
                #expect(read.floats() == tensor.floats())
            }
            #expect(file.namesNotTaken == ["ids"])
            #expect(try file.tensor(named: "ids").int64s() == [-1, 1 << 40])
        }
    }

    @Test("the same tensors give the same bytes, in whatever order they come")
    func deterministicBytes() throws {
        try withTemporaryFolder { folder in
            let tensors = (0..<20).map { (name: "t\($0)", tensor: Tensor([Float($0)], shape: [1])) }
            try SafetensorsWriter.write(tensors, to: "\(folder)/a")
            try SafetensorsWriter.write(tensors.reversed(), to: "\(folder)/b")
            let bytes = FileManager.default.contents(atPath: "\(folder)/a")
            #expect(bytes != nil && bytes == FileManager.default.contents(atPath: "\(folder)/b"))
        }
    }

    @Test("half precision becomes single precision")
    func halfPrecision() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/half"
            let header =
                #"{"b":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]},"#
                + #""h":{"dtype":"F16","shape":[5],"data_offsets":[6,16]}}"#
            let words: [UInt16] = [0x3F80, 0xC020, 0x7F80, 0x3C00, 0xC100, 0x0001, 0x7C00, 0x83FF]
            let bytes = words.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            try (Self.file(header, 0) + Data(bytes)).write(to: URL(fileURLWithPath: path))
            let file = try SafetensorsFile(path: path)
            #expect(try file.tensor(named: "b").floats() == [1, -2.5, .infinity])
            #expect(
                try file.tensor(named: "h").floats() == [1, -2.5, 0x1p-24, .infinity, -0x3FFp-24])
        }
    }

    @Test(
        "a damaged file is refused with what is wrong in it",
        arguments: [
            (Data([1, 2, 3]), "3 bytes are too few for a header"),
            (Data(repeating: 0xFF, count: 16), "a header of 18446744073709551615 bytes in a file of 16"),
            (file("{}", 0).dropLast(), "a header of 2 bytes in a file of 9"),
            (file("[]", 0), "the header is not the JSON object that the format asks for"),
            (file("{\"a\":1}", 0), "the header is not the JSON object that the format asks for"),
            (
                file(String(repeating: "{\"a\":", count: 5000), 0),
                "the header is not the JSON object that the format asks for"
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4),
                "tensor a has offsets outside the file: [0, 8]"
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#, 8),
                "tensor a has offsets outside the file: [-8, 0]"
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8),
                "tensor a has offsets outside the file: [8, 0]"
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, 8),
                "tensor a has offsets outside the file: [0]"
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8),
                "tensor a of shape [3] and type F32 needs 12 bytes and has 8"
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"#, 8),
                "tensor a has the shape [4294967296, 4294967296]"
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]}}"#, 8),
                "tensor a has the shape [-2, -1]"
            ),
            (
                file(#"{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}"#, 8),
                "tensor a has the unknown type Q4"
            ),
            (
                file(
                    #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"#
                        + #""b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}"#, 6),
                "tensor b overlaps the one before it"
            ),
            (
                file(
                    #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
                        + #""b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}}"#, 6),
                "2 bytes before tensor b belong to none"
            ),
            (
                file(#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 6),
                "4 bytes at the end belong to no tensor"
            ),
        ])
    func damaged(bytes: Data, reason: String) throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model.safetensors"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let expected = CheckpointError.malformed(path: path, reason: reason)
            #expect(throws: expected) { try SafetensorsFile(path: path) }
        }
    }

    @Test("messages name file, tensor and what is at hand")
    func messages() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/w"
            try Self.file(#"{"a.weight":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 2)
                .write(to: URL(fileURLWithPath: path))
            let file = try SafetensorsFile(path: path)
            let missing = #expect(throws: CheckpointError.self) { try file.tensor(named: "a.weigth") }
            #expect(
                missing?.description
                    == "\(path): the model needs a tensor a.weigth, which is not in the file; the nearest name is a.weight"
            )
            let type = #expect(throws: CheckpointError.self) { try file.tensor(named: "a.weight") }
            #expect(
                type?.description
                    == "\(path): tensor a.weight has type U8; supported are F64, F32, F16, BF16, I64 and I32")
        }
    }
}
