import Foundation
import Testing
import Torch

struct OperationTests {
    @Test("rows are gathered, and a row used twice gets both gradients")
    func gatherRows() {
        let table = Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])
        table.requiresGradient = true
        let gathered = table.rows(at: Tensor([2, 0, 2] as [Int64]))
        #expect(gathered.floats() == [5, 6, 1, 2, 5, 6])
        gathered.backward(gradient: Tensor([1, 10, 100, 1000, 2, 20], shape: [3, 2]))
        #expect(table.grad?.floats() == [100, 1000, 0, 0, 3, 30])
    }

    @Test("cross-entropy is the mean, or total, of negative log probabilities, and so is its gradient")
    func crossEntropy() {
        let values = sample(12, 1).map { 3 * $0 }
        let targets = [2, 0, 3]
        func total(_ values: [Double]) -> Double {
            targets.enumerated().reduce(0) { sum, entry in
                let row = values[entry.offset * 4..<entry.offset * 4 + 4]
                return sum + log(row.map(exp).reduce(0, +)) - row[row.startIndex + entry.element]
            }
        }
        let logits = Tensor(values.floats, shape: [3, 4])
        logits.requiresGradient = true
        let classes = Tensor(targets.map(Int64.init))
        #expect(abs(Double(logits.totalCrossEntropy(targets: classes).item) - total(values)) < 1e-5)
        let mean = logits.crossEntropy(targets: classes)
        #expect(abs(Double(mean.item) - total(values) / 3) < 1e-5)
        mean.backward()
        let expected = numericGradient(of: { total($0) / 3 }, at: values)
        #expect(largestDifference(logits.grad?.floats() ?? [], expected) < 1e-5)
    }

    @Test("a sum repeats an axis of size one and gives it the gradients of all rows")
    func sum() {
        let row = Tensor([10, 20], shape: [1, 2])
        row.requiresGradient = true
        let total = Tensor([1, 2, 3, 4], shape: [2, 2]) + row
        #expect(total.floats() == [11, 22, 13, 24])
        total.backward(gradient: Tensor([1, 2, 3, 4], shape: [2, 2]))
        #expect(row.grad?.floats() == [4, 6])
    }
}
