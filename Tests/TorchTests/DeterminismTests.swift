import Testing
import Torch

struct DeterminismTests {
    @Test("fused layers give the same bits again, and with another number of threads")
    func threads() async {
        await #expect(processExitsWith: .success) {
            func run(_ threadCount: Int) -> [[Float]] {
                setThreads(threadCount)
                let (rows, width) = (300, 96)
                let lengths = [100, 40, 3, 150]
                let tensors = [
                    Tensor(sample(rows * 3 * width, 0).floats, shape: [rows, 3 * width]),
                    Tensor(sample(rows * width, 1).floats, shape: [rows, width]),
                ]
                let weight = Tensor(sample(width, 8).floats, shape: [width])
                for tensor in tensors + [weight] { tensor.requiresGradient = true }
                let mask = DropoutMask(seed: 1, step: 2, site: 3, probability: 0.1)
                let attended = tensors[0].attention(lengths: lengths, heads: 3, dropout: mask)
                let output = attended.dropout(mask).layerNorm(
                    dropout: mask, residual: tensors[1], weight: weight, bias: weight, epsilon: 1e-12)
                let gathered = output.rows(at: Tensor((0..<500).map { Int64($0 * 7 % rows) }))
                gathered.backward(gradient: Tensor(sample(500 * width, 9).floats, shape: [500, width]))
                let gradients = (tensors + [weight]).map { $0.grad?.floats() ?? [] }
                return [output.floats()] + gradients + [[Float(gradientNorm(of: tensors))]]
            }
            let first = run(2)
            precondition(first.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isFinite) })
            precondition(run(2) == first)
            precondition(run(1) == first)
            precondition(run(3) == first)
        }
    }
}
