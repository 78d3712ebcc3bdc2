import Torch

/// A model's trainable tensors under the names that its checkpoints use, in the order the model was built.
public final class Parameters {
    /// The names, in order.
    public private(set) var names: [String] = []
    /// The names of tensors that no checkpoint had and that were made anew.
    public private(set) var created: [String] = []
    private var tensors: [String: Tensor] = [:]

    /// Makes an empty collection.
    public init() {}

    /// The tensor of a name.
    public subscript(name: String) -> Tensor? { tensors[name] }

    /// Names and tensors, in order.
    public var all: [(name: String, tensor: Tensor)] {
        names.compactMap { name in tensors[name].map { (name, $0) } }
    }

    /// The number of values in all tensors together.
    public var valueCount: Int { all.reduce(0) { $0 + $1.tensor.count } }

    /// Decides for each name whether it is trained; what is not trained gets no gradient and saves its computing.
    public func setTrainable(where isTrainable: (String) -> Bool) {
        for (name, tensor) in all { tensor.requiresGradient = isTrainable(name) }
    }

    /// The parameters that are trained, in order.
    public var trainable: [(name: String, tensor: Tensor)] { all.filter { $0.tensor.requiresGradient } }

    /// Forgets all gradients.
    public func clearGradients() {
        for (_, tensor) in all { tensor.grad = nil }
    }

    func add(_ tensor: Tensor, named name: String, isNew: Bool) {
        precondition(tensors[name] == nil, "two parameters named \(name)")
        tensor.requiresGradient = true
        names.append(name)
        tensors[name] = tensor
        if isNew { created.append(name) }
    }

    /// Replaces all values by those of a file that ``SafetensorsWriter`` wrote from the same model.
    ///
    /// - Throws: ``CheckpointError`` when the file's tensors are not exactly these.
    public func load(from file: any TensorFile) throws {
        for (name, tensor) in all {
            let stored = try file.tensor(named: name)
            guard stored.shape == tensor.shape else {
                throw CheckpointError.wrongShape(
                    path: file.path, tensor: name, expected: tensor.shape, found: stored.shape)
            }
            stored.withFloats { values in
                tensor.withMutableFloats { _ = $0.update(fromContentsOf: values) }
            }
        }
        if let extra = file.namesNotTaken.first {
            throw CheckpointError.unexpectedTensor(path: file.path, tensor: extra)
        }
    }
}
