import Testing
import Torch

struct DropoutTests {
    @Test(
        "each element is zeroed or scaled by its multiplier, and so is its gradient",
        arguments: [1, 16, 63, 64, 65, 200])
    func forwardAndBackward(width: Int) {
        let mask = DropoutMask(seed: 3, step: 5, site: 7, probability: 0.3)
        let rows = 5
        let values = sample(rows * width, 1).floats
        let slopes = sample(rows * width, 2).floats
        let multipliers = (0..<rows).flatMap { mask.multipliers(row: $0, count: width) }
        let input = Tensor(values, shape: [rows, width])
        input.requiresGradient = true
        let output = input.dropout(mask)
        #expect(output.floats() == zip(values, multipliers).map { $0 * $1 })
        output.backward(gradient: Tensor(slopes, shape: [rows, width]))
        #expect(input.grad?.floats() == zip(slopes, multipliers).map { $0 * $1 })
        #expect(multipliers.allSatisfy { $0 == 0 || $0 == Float(1 / 0.7) })
    }

    @Test("the share of zeros is the probability", arguments: [0.1, 0.5, 0.9])
    func rate(probability: Double) {
        let mask = DropoutMask(seed: 1, step: 2, site: 3, probability: probability)
        let zeros = (0..<100).reduce(0) { $0 + mask.multipliers(row: $1, count: 1000).count { $0 == 0 } }
        // Six standard deviations of a binomial count.
        let deviation = (100_000 * probability * (1 - probability)).squareRoot()
        #expect(abs(Double(zeros) - 100_000 * probability) < 6 * deviation)
    }

    @Test("seed, step, site and row each change the mask, and the same numbers repeat it")
    func independence() {
        let base = DropoutMask(seed: 1, step: 2, site: 3, probability: 0.5)
        var others = [base, base, base, base]
        others[0].seed = 1 | 1 << 40
        others[1].seed = 2
        others[2].step = 3
        others[3].site = 4
        let expected = base.multipliers(row: 0, count: 256)
        #expect(base.multipliers(row: 0, count: 256) == expected)
        let rows = others.map { $0.multipliers(row: 0, count: 256) } + [base.multipliers(row: 1, count: 256)]
        for row in rows {
            // Independent masks agree in about half of the places.
            let agreeing = zip(row, expected).count { $0 == $1 }
            #expect((80...176).contains(agreeing))
        }
    }

    @Test("a probability of zero leaves the tensor as it is")
    func nothing() {
        let input = Tensor([1, 2], shape: [1, 2])
        #expect(input.dropout(.none) === input)
    }
}
