import Testing
import Torch

struct TensorTests {
    @Test("values and shape come back as they went in")
    func roundTrip() {
        let matrix = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        #expect(matrix.shape == [2, 3])
        #expect(matrix.floats() == [1, 2, 3, 4, 5, 6])
        #expect(matrix.dataType == .float32)
        let rows = Tensor([7, -8] as [Int64])
        #expect(rows.shape == [2])
        #expect(rows.int64s() == [7, -8])
        #expect(Tensor.zeros([0, 4]).floats().isEmpty)
        #expect(Tensor.zeros([2, 2]).floats() == [0, 0, 0, 0])
    }

    @Test("gradients of several backward passes add up until they are removed")
    func gradientsAddUp() {
        let weight = Tensor([1, 2, 3, 4], shape: [2, 2])
        weight.requiresGradient = true
        let input = Tensor([1, 10], shape: [1, 2])
        for _ in 0..<2 {
            input.linear(weight: weight, bias: nil).backward(gradient: Tensor([1, 2], shape: [1, 2]))
        }
        #expect(weight.grad?.floats() == [2, 20, 4, 40])
        weight.grad = nil
        #expect(weight.grad == nil)
    }

    @Test("nothing is recorded inside withoutGradients, and recording goes on after it, also after an error")
    func recording() {
        struct Stop: Error {}
        let weight = Tensor([2], shape: [1, 1])
        weight.requiresGradient = true
        let input = Tensor([3], shape: [1, 1])
        let silent = withoutGradients { input.linear(weight: weight, bias: nil) }
        #expect(!silent.requiresGradient)
        #expect(throws: Stop.self) { try withoutGradients { throw Stop() } }
        let recorded = input.linear(weight: weight, bias: nil)
        #expect(recorded.requiresGradient)
        #expect(!recorded.detached().requiresGradient)
        recorded.backward(gradient: Tensor([1], shape: [1, 1]))
        #expect(weight.grad?.floats() == [3])
    }

    @Test("a shape that does not fit stops the program")
    func shapeMistake() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor.zeros([2, 3]).linear(weight: .zeros([4, 5]), bias: nil)
        }
    }

    @Test("a row number outside the table stops the program instead of reading foreign memory")
    func rowOutside() async {
        await #expect(processExitsWith: .failure) {
            _ = Tensor.zeros([2, 3]).rows(at: Tensor([2] as [Int64]))
        }
    }
}
