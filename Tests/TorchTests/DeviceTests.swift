import Testing

@testable import Torch

struct DeviceTests {
    @Test(
        "devices have names",
        arguments: [
            ("cpu", Device.cpu), ("cuda", .cuda(0)), ("cuda:0", .cuda(0)), ("cuda:12", .cuda(12)), ("", nil),
            ("gpu", nil), ("cpu:0", nil), ("cuda:", nil), ("cuda:-1", nil), ("cuda:+1", nil), ("cuda:01", nil),
            ("cuda:1:1", nil), ("CUDA", nil),
        ])
    func names(name: String, device: Device?) throws {
        #expect(Device(name) == device)
        if let device {
            #expect(Device(device.description) == device)
            #expect(try Device(named: name) == device)
        } else {
            #expect(throws: DeviceError.notADevice(name: name)) { try Device(named: name) }
        }
    }

    @Test("the processor is always there, and tensors are on it")
    func processor() throws {
        try Device.cpu.requireAvailable()
        #expect(computeDevice == .cpu)
        #expect(Tensor.zeros([2]).device == .cpu)
    }

    @Test(
        "a GPU that is not there is an error that says what to do, and stops the program if nobody asked first",
        .enabled(if: Device.cudaCount == 0, "there is a GPU"))
    func missingGPU() async {
        for device in [Device.cuda(0), .cuda(3)] {
            let error = #expect(throws: DeviceError.self) { try device.requireAvailable() }
            let message = error?.description ?? ""
            #expect(message.hasPrefix("the device `\(device)` is not to be had: ") && message.contains("`cpu`"))
            #expect(throws: DeviceError.self) { try Device.use(device.description) }
        }
        #expect(computeDevice == .cpu)
        await #expect(processExitsWith: .failure) { computeDevice = .cuda(0) }
    }

    @Test(
        "a GPU beyond the last one is an error that says how many there are",
        .enabled(if: Device.cudaCount > 0, "there is no GPU"))
    func tooFewGPUs() {
        let count = Device.cudaCount
        #expect(throws: DeviceError.noSuchGPU(asked: .cuda(count), count: count)) {
            try Device.cuda(count).requireAvailable()
        }
    }

    @Test("elements are copied out of a tensor and into it, wherever it is")
    func copies() async {
        await #expect(processExitsWith: .success) {
            for device in [Device.cpu] + (Device.cudaCount > 0 ? [.cuda(0)] : []) {
                computeDevice = device
                let tensor = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
                precondition(tensor.device == device)
                precondition(tensor.copiedFromDevice(zero: Float(0)) == [1, 2, 3, 4, 5, 6])
                // Not of the memory's order.
                precondition(tensor.columns(1..<2).copiedFromDevice(zero: Float(0)) == [2, 5])
                tensor.requiresGradient = true
                tensor.copyToDevice([6, 5, 4, 3, 2, 1] as [Float])
                precondition(tensor.floats() == [6, 5, 4, 3, 2, 1] && tensor.requiresGradient)
                tensor.withMutableFloats { $0[1] = 9 }
                precondition(tensor.withFloats { Array($0) } == [6, 9, 4, 3, 2, 1])
                let rows = Tensor([7, -8] as [Int64])
                precondition(rows.copiedFromDevice(zero: Int64(0)) == [7, -8] && rows.int64s() == [7, -8])
                precondition(Tensor([2.5], shape: [1]).item == 2.5)
                precondition(Tensor.zeros([0, 4]).copiedFromDevice(zero: Float(0)).isEmpty)
            }
        }
    }

    @Test("what is copied into weights is seen by products that keep them")
    func copiedWeights() {
        let (input, weight) = (Tensor([1, 2], shape: [1, 2]), Tensor([3, 4], shape: [1, 2]))
        let kept = ProductWeights()
        #expect(withoutGradients { input.linear(weight: weight, bias: nil, kept: kept).floats() } == [11])
        weight.copyToDevice([5, 6] as [Float])
        #expect(withoutGradients { input.linear(weight: weight, bias: nil, kept: kept).floats() } == [17])
    }
}
