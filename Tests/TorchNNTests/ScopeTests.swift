import Essentials
import TestSupport
import Testing
import Torch
import TorchNN

struct ScopeTests {
    private func root(_ seed: UInt64 = 1) -> Scope {
        Scope(parameters: Parameters(), generator: SeededGenerator(seed: seed))
    }

    @Test("a parameter's name is its path, in the order the model was built")
    func names() throws {
        let root = root()
        _ = try Linear(root / "encoder" / "layer" / "0", inputs: 2, outputs: 3)
        _ = try LayerNorm(root / "norm", width: 3, epsilon: 1e-5)
        #expect(
            root.parameters.names
                == ["encoder.layer.0.weight", "encoder.layer.0.bias", "norm.weight", "norm.bias"])
        #expect(root.parameters.valueCount == 15)
        #expect(root.parameters["norm.weight"]?.floats() == [1, 1, 1])
    }

    @Test("new values follow from seed and name, not from the order of building")
    func newValues() throws {
        func values(_ names: [String], seed: UInt64) throws -> [Float] {
            let root = root(seed)
            for name in names {
                _ = try root.parameter(name, shape: [4], initial: .normal(deviation: 1))
            }
            return root.parameters["a"]?.floats() ?? []
        }
        let expected = try values(["a", "b"], seed: 5)
        #expect(try values(["b", "a"], seed: 5) == expected)
        #expect(try values(["a"], seed: 6) != expected)
    }

    @Test("normal values have the deviation asked for, uniform ones stay within their bound")
    func distributions() throws {
        let root = root()
        let normal = try root.parameter("n", shape: [20_000], initial: .normal(deviation: 0.02)).floats().map(
            Double.init)
        let mean = normal.reduce(0, +) / 20_000
        let deviation = (normal.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000).squareRoot()
        #expect(abs(mean) < 0.001)
        #expect(abs(deviation - 0.02) < 0.0005)
        let uniform = try root.parameter("u", shape: [1000], initial: .uniform(bound: 0.5)).floats()
        #expect(uniform.allSatisfy { abs($0) <= 0.5 })
        #expect((uniform.max() ?? 0) > 0.45 && (uniform.min() ?? 0) < -0.45)
    }

    @Test("tensors come from the file, under a prefix it leaves out and under their old names")
    func loading() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/w"
            let one = Tensor([5, 6], shape: [2])
            try SafetensorsWriter.write([("norm.gamma", one), ("norm.beta", one)], to: path)
            let file = try SafetensorsFile(path: path)
            let scope = (root() / "bert").loading(from: file, at: "")
            _ = try LayerNorm(scope / "norm", width: 2, epsilon: 1e-5)
            #expect(scope.parameters["bert.norm.weight"]?.floats() == [5, 6])
            #expect(scope.parameters.created.isEmpty)
            #expect(file.namesNotTaken.isEmpty)
        }
    }

    @Test("a missing tensor is an error or made anew, as asked; a wrong shape is always an error")
    func missing() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/w"
            try SafetensorsWriter.write([("weight", Tensor([5, 6], shape: [2]))], to: path)
            let scope = root().loading(from: try SafetensorsFile(path: path), at: "")
            #expect(throws: CheckpointError.missingTensor(path: path, tensor: "bias", nearest: nil)) {
                try scope.parameter("bias", shape: [2], initial: .constant(0))
            }
            _ = try scope.parameter("bias", shape: [2], initial: .constant(0), absence: .createsAnew)
            #expect(scope.parameters.created == ["bias"])
            for absence in [Scope.Absence.isError, .createsAnew] {
                let error = #expect(throws: CheckpointError.self) {
                    try scope.parameter("weight", shape: [3], initial: .constant(0), absence: absence)
                }
                #expect(
                    error?.description
                        == "\(path): tensor weight has shape [2]; config.json beside it asks for [3]")
            }
        }
    }

    @Test("parameters reload what was written from them, and nothing else")
    func reload() throws {
        try withTemporaryFolder { folder in
            let (first, second, other) = (root(1), root(2), root(3))
            for scope in [first, second] { _ = try Linear(scope / "a", inputs: 2, outputs: 2) }
            _ = try Linear(other / "a", inputs: 2, outputs: 2, bias: false)
            try SafetensorsWriter.write(first.parameters.all, to: "\(folder)/w")
            try second.parameters.load(from: SafetensorsFile(path: "\(folder)/w"))
            #expect(second.parameters["a.weight"]?.floats() == first.parameters["a.weight"]?.floats())
            #expect(throws: CheckpointError.unexpectedTensor(path: "\(folder)/w", tensor: "a.bias")) {
                try other.parameters.load(from: SafetensorsFile(path: "\(folder)/w"))
            }
        }
    }

    @Test("different places drop different elements")
    func sites() {
        let root = root()
        let sites = ["a", "b", "a.b", "encoder.layer.0", "encoder.layer.1"].map(root.site)
        #expect(Set(sites).count == sites.count)
        let mask = Dropout(root / "x", "dropout", probability: 0.5).mask(.training(seed: 1, step: 2))
        #expect(mask.site == (root / "x").site("dropout"))
        #expect(mask.probability == 0.5)
        #expect(Dropout(root, "x", probability: 0.5).mask(.evaluation).probability == 0)
    }
}
