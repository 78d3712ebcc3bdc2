import Testing
import Torch

struct RecomputingTests {
    private final class Counter {
        var calls = 0
    }

    private func layer(_ weight: Tensor, _ bias: Tensor, _ counter: Counter?) -> (Tensor) -> Tensor {
        { input in
            counter?.calls += 1
            let mask = DropoutMask(seed: 5, step: 3, site: 7, probability: 0.3)
            return (input.linearGELU(weight: weight, bias: bias) + input).dropout(mask)
        }
    }

    private func parameter(_ shape: [Int], _ seed: Int) -> Tensor {
        let tensor = Tensor(sample(shape.reduce(1, *), seed).floats, shape: shape)
        tensor.requiresGradient = true
        return tensor
    }

    @Test("a layer that is computed again gives the same values and gradients, bit by bit")
    func equality() {
        let slopes = Tensor(sample(36, 9).floats, shape: [6, 6])
        func run(recomputes: Bool) -> [[Float]] {
            let (input, weight, bias) = (parameter([6, 6], 1), parameter([6, 6], 2), parameter([6], 3))
            let counter = Counter()
            let layer = layer(weight, bias, counter)
            // Two layers of the same weights: gradients add up, within the tape and beside it.
            var hidden = recomputes ? input.recomputed(layer) : layer(input)
            hidden = recomputes ? hidden.recomputed(layer) : layer(hidden)
            #expect(counter.calls == 2)
            hidden.backward(gradient: slopes)
            #expect(counter.calls == (recomputes ? 4 : 2))
            return [hidden.floats()] + [input, weight, bias].map { $0.grad?.floats() ?? [] }
        }
        let (plain, recomputed) = (run(recomputes: false), run(recomputes: true))
        #expect(plain == recomputed && plain.allSatisfy { !$0.isEmpty })
    }

    @Test("off the tape, and behind an input without a gradient, nothing is computed twice")
    func offTheTape() {
        let (weight, bias) = (parameter([6, 6], 2), parameter([6], 3))
        let counter = Counter()
        let input = parameter([6, 6], 1)
        let values = withoutGradients { input.recomputed(layer(weight, bias, counter)).floats() }
        #expect(counter.calls == 1 && values == withoutGradients { layer(weight, bias, nil)(input).floats() })
        input.requiresGradient = false
        let output = input.recomputed(layer(weight, bias, counter))
        output.backward(gradient: Tensor(sample(36, 9).floats, shape: [6, 6]))
        #expect(counter.calls == 2 && weight.grad != nil && bias.grad != nil)
    }

    @Test("what a layer holds is let go with the tape")
    func release() {
        weak var counter: Counter?
        do {
            let held = Counter()
            counter = held
            let input = parameter([6, 6], 1)
            let (weight, bias) = (parameter([6, 6], 2), parameter([6], 3))
            let output = input.recomputed(layer(weight, bias, held))
            #expect(output.count == 36)
        }
        #expect(counter == nil)
    }
}
