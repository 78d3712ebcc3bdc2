import Essentials
import Foundation
import TestSupport
import Testing
import Torch

@testable import TorchNN

struct ShardedTensorFileTests {
    private func write(_ map: String, to folder: String) throws -> String {
        try SafetensorsWriter.write([("a", Tensor([1, 2], shape: [2]))], to: "\(folder)/one.safetensors")
        try SafetensorsWriter.write(
            [("b", Tensor([3], shape: [1])), ("c", Tensor([4], shape: [1]))], to: "\(folder)/two.safetensors")
        let path = "\(folder)/model.safetensors.index.json"
        try map.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("tensors come from the file that the index names")
    func reading() throws {
        try withTemporaryFolder { folder in
            let map = #"{"metadata": {}, "weight_map": {"a": "one.safetensors", "b": "two.safetensors"}}"#
            let path = try write(map, to: folder)
            let file = try ShardedTensorFile(index: path)
            #expect(file.path == path && file.names == ["a", "b"])
            #expect(file.shape(of: "a") == [2] && file.shape(of: "c") == nil)
            #expect(try file.tensor(named: "a").floats() == [1, 2])
            #expect(file.namesNotTaken == ["b"])
            #expect(throws: CheckpointError.self) { try file.tensor(named: "c") }
        }
    }

    @Test(
        "an index that is not true of its files is refused",
        arguments: [
            ("[]", "expected a JSON object with a weight_map"), ("{}", "expected a JSON object with a weight_map"),
            (#"{"weight_map": {"a": 1}}"#, "expected a JSON object with a weight_map"),
            (#"{"weight_map": {"a": "../one.safetensors"}}"#, "../one.safetensors is not the name of a file beside it"),
            (#"{"weight_map": {"a": ""}}"#, " is not the name of a file beside it"),
            (
                #"{"weight_map": {"a": "two.safetensors"}}"#,
                "tensor a is not in two.safetensors; get index and files from the same model"
            ),
        ])
    func damage(map: String, reason: String) throws {
        try withTemporaryFolder { folder in
            let path = try write(map, to: folder)
            let error = #expect(throws: CheckpointError.self) { try ShardedTensorFile(index: path) }
            #expect(error?.description.contains("\(path): not a usable index of weights: \(reason)") == true)
        }
    }

    @Test("a file that is missing is named with the index that asks for it")
    func missing() throws {
        try withTemporaryFolder { folder in
            let path = try write(#"{"weight_map": {"a": "three.safetensors"}}"#, to: folder)
            let hint = "\(path) names it; get all files of the model"
            #expect(throws: FileError.missing(path: "\(folder)/three.safetensors", hint: hint)) {
                try ShardedTensorFile(index: path)
            }
        }
    }

    @Test("of a folder's weights safetensors come first, and a folder without any says what it could hold")
    func folders() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: FileError.self) { try openWeights(ofFolder: folder) }
            #expect(error?.description.contains("model.safetensors or pytorch_model.bin") == true)
            #expect(error?.exitCode == .missingInput)
            let bin = SharedData.fixture("checkpoints/bin/pytorch_model.bin")
            try FileManager.default.copyItem(atPath: bin, toPath: "\(folder)/pytorch_model.bin")
            #expect(try openWeights(ofFolder: folder) is PyTorchFile)
            _ = try write(#"{"weight_map": {"a": "one.safetensors"}}"#, to: folder)
            #expect(try openWeights(ofFolder: folder) is ShardedTensorFile)
            try SafetensorsWriter.write([("a", Tensor([1], shape: [1]))], to: "\(folder)/model.safetensors")
            #expect(try openWeights(ofFolder: folder) is SafetensorsFile)
        }
    }
}
