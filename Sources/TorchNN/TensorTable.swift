import Essentials
import Foundation
import Torch

/// The tensors of one mapped file by name, with a record of those that were asked for.
struct TensorTable {
    let path: String
    private let data: Data
    private let entries: [String: StoredTensor]
    private var taken: Set<String> = []

    /// Entries must lie within `data`.
    init(_ entries: [String: StoredTensor], in data: Data, path: String) {
        self.entries = entries
        self.data = data
        self.path = path
    }

    var names: [String] { entries.keys.sorted() }

    var namesNotTaken: [String] { entries.keys.filter { !taken.contains($0) }.sorted() }

    func shape(of name: String) -> [Int]? { entries[name]?.shape }

    mutating func tensor(named name: String) throws(CheckpointError) -> Tensor {
        guard let entry = entries[name] else {
            throw CheckpointError.missingTensor(
                path: path, tensor: name, nearest: NearestName.of(name, in: entries.keys))
        }
        guard let type = ElementType(rawValue: entry.typeName) else {
            throw CheckpointError.unsupportedType(path: path, tensor: name, type: entry.typeName)
        }
        taken.insert(name)
        return entry.copied(from: data, as: type)
    }

    /// The bytes of the file at `path`, mapped into memory.
    ///
    /// - Throws: ``FileError``.
    static func map(_ path: String) throws(FileError) -> Data {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError.missing(path: path, hint: "expected the weights of a model")
        }
        if isFolder.boolValue { throw FileError.wrongKind(path: path, expected: "a file of weights, not a folder") }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw FileError.unreadable(path: path, reason: error.localizedDescription)
        }
    }
}
