import Essentials
import Foundation
import Torch

/// A place in the tree of a model's parameters, whose path is the name in the checkpoint.
///
///     let layer = scope / "encoder" / "layer" / "0"
///     let weight = try layer.parameter("weight", shape: [384, 384], initial: .normal(deviation: 0.02))
///
/// Where a checkpoint stands behind the scope, tensors come from it; otherwise they are made anew.
public struct Scope {
    /// How a tensor that no checkpoint has begins.
    public enum Initial: Sendable {
        /// All the same.
        case constant(Float)
        /// Normal around zero.
        case normal(deviation: Double)
        /// Uniform in -bound ..< bound.
        case uniform(bound: Double)
    }

    /// What a scope does about a tensor that its checkpoint lacks.
    public enum Absence: Sendable {
        /// The checkpoint is unusable.
        case isError
        /// The tensor is made anew and listed in ``Parameters/created``.
        case createsAnew
    }

    /// Where the tensors are collected.
    public let parameters: Parameters
    /// The names above this place, joined by dots.
    public let path: String
    private let generator: SeededGenerator
    private let file: (any TensorFile)?
    /// The same place in the checkpoint, which may leave out a prefix.
    private let filePath: String

    /// The root of a model whose new tensors follow from `generator`'s seed and their names.
    public init(parameters: Parameters, generator: SeededGenerator) {
        self.init(parameters: parameters, path: "", generator: generator, file: nil, filePath: "")
    }

    private init(
        parameters: Parameters, path: String, generator: SeededGenerator, file: (any TensorFile)?, filePath: String
    ) {
        self.parameters = parameters
        self.path = path
        self.generator = generator
        self.file = file
        self.filePath = filePath
    }

    /// The same place with `file` behind it, in which it is called `filePath`.
    public func loading(from file: any TensorFile, at filePath: String) -> Scope {
        Scope(parameters: parameters, path: path, generator: generator, file: file, filePath: filePath)
    }

    /// The place called `name` below this one.
    public static func / (scope: Scope, name: String) -> Scope {
        Scope(
            parameters: scope.parameters, path: scope.name(name), generator: scope.generator, file: scope.file,
            filePath: scope.filePath.isEmpty ? name : "\(scope.filePath).\(name)")
    }

    /// The tensor `name` at this place, which old checkpoints may call `oldName`.
    ///
    /// - Throws: ``CheckpointError`` when the checkpoint does not have it or has it in another shape.
    public func parameter(
        _ name: String, formerly oldName: String? = nil, shape: [Int], initial: Initial, absence: Absence = .isError
    ) throws -> Tensor {
        let fullName = self.name(name)
        var storedName = stored(name)
        if let oldName, file?.shape(of: storedName) == nil, file?.shape(of: stored(oldName)) != nil {
            storedName = stored(oldName)
        }
        guard let file, absence == .isError || file.shape(of: storedName) != nil else {
            let tensor = made(initial, shape: shape, name: fullName)
            parameters.add(tensor, named: fullName, isNew: true)
            return tensor
        }
        if let found = file.shape(of: storedName), found != shape {
            throw CheckpointError.wrongShape(path: file.path, tensor: storedName, expected: shape, found: found)
        }
        let tensor = try file.tensor(named: storedName)
        parameters.add(tensor, named: fullName, isNew: false)
        return tensor
    }

    /// A number for a dropout at this place, a function of its name.
    public func site(_ name: String) -> UInt32 {
        // 32-bit FNV-1a; a network has a few dozen places.
        self.name(name).utf8.reduce(0x811c_9dc5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }

    private func stored(_ name: String) -> String { filePath.isEmpty ? name : "\(filePath).\(name)" }

    private func name(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    private func made(_ initial: Initial, shape: [Int], name: String) -> Tensor {
        let count = shape.reduce(1, *)
        var generator = generator.derived(name)
        switch initial {
        case .constant(let value):
            return Tensor([Float](repeating: value, count: count), shape: shape)
        case .uniform(let bound):
            return Tensor((0..<count).map { _ in Float((2 * generator.unit() - 1) * bound) }, shape: shape)
        case .normal(let deviation):
            // Box and Muller; one of the pair is enough. 1 - unit is never zero.
            let values = (0..<count).map { _ in
                let radius = (-2 * log(1 - generator.unit())).squareRoot()
                return Float(radius * cos(2 * .pi * generator.unit()) * deviation)
            }
            return Tensor(values, shape: shape)
        }
    }
}
