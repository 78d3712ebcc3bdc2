internal import CTorch

/// What holds tensors and computes on them.
public enum Device: Hashable, Sendable, CustomStringConvertible {
    /// The processor.
    case cpu
    /// A GPU, by its number among those that CUDA sees.
    case cuda(Int)

    /// The device called `cpu`, `cuda` (the first GPU) or `cuda:N`.
    public init?(_ name: String) {
        switch name.split(separator: ":", omittingEmptySubsequences: false) {
        case ["cpu"]: self = .cpu
        case ["cuda"]: self = .cuda(0)
        case let parts where parts.count == 2 && parts[0] == "cuda":
            guard let index = Int(parts[1]), index >= 0, "\(index)" == parts[1] else { return nil }
            self = .cuda(index)
        default: return nil
        }
    }

    /// The same for a name that a person has written.
    ///
    /// - Throws: ``DeviceError/notADevice(name:)``.
    public init(named name: String) throws(DeviceError) {
        guard let device = Device(name) else { throw .notADevice(name: name) }
        self = device
    }

    /// Makes tensors on the device of this name from now on: ``computeDevice``, for a name that a person has written.
    ///
    /// - Throws: ``DeviceError``.
    public static func use(_ name: String) throws(DeviceError) {
        let device = try Device(named: name)
        try device.requireAvailable()
        computeDevice = device
    }

    init(_ device: ct_device) {
        self = device.kind == Int32(CT_CUDA) ? .cuda(Int(device.index)) : .cpu
    }

    /// The name that ``init(_:)`` reads.
    public var description: String {
        switch self {
        case .cpu: "cpu"
        case .cuda(let index): "cuda:\(index)"
        }
    }

    /// How many GPUs CUDA sees; none where this program was built without CUDA.
    public static var cudaCount: Int { Int(ct_device_count(Int32(CT_CUDA))) }

    /// Finds out whether the device is there.
    ///
    /// - Throws: ``DeviceError``.
    public func requireAvailable() throws(DeviceError) {
        guard case .cuda(let index) = self else { return }
        guard ct_has_cuda() else { throw .builtWithoutCUDA(asked: self) }
        let count = Device.cudaCount
        guard count > 0 else { throw .noGPU(asked: self) }
        guard index < count else { throw .noSuchGPU(asked: self, count: count) }
    }
}

/// Where tensors are made from now on, on all threads; the processor until something else is set.
///
/// Tensors stay where they were made, so it is set before a model is made or loaded. A device that is not there stops
/// the program: ask ``Device/requireAvailable()`` first.
public var computeDevice: Device {
    get { Device(ct_current_device()) }
    set {
        switch newValue {
        case .cpu: check(ct_set_device(ct_device(kind: Int32(CT_CPU), index: 0)))
        case .cuda(let index):
            check(ct_set_device(ct_device(kind: Int32(CT_CUDA), index: Int32(clamping: index))))
        }
    }
}

/// A device that was asked for is not there.
public enum DeviceError: Error, Equatable, CustomStringConvertible {
    /// The name is none.
    case notADevice(name: String)
    /// This program has no part for GPUs.
    case builtWithoutCUDA(asked: Device)
    /// There is no GPU, or no driver for it that this libtorch can use.
    case noGPU(asked: Device)
    /// There are fewer GPUs.
    case noSuchGPU(asked: Device, count: Int)

    /// What was asked for, why it is not there, and what to do.
    public var description: String {
        switch self {
        case .notADevice(let name):
            "`\(name)` is no device; name cpu, cuda, or cuda:N for the GPU N"
        case .builtWithoutCUDA(let asked):
            "the device `\(asked)` is not to be had: this clinner was built for the processor alone; build it with"
                + " CLINNER_CUDA=1 as the README says under On a GPU, or choose the device `cpu`"
        case .noGPU(let asked):
            "the device `\(asked)` is not to be had: CUDA finds no GPU here; check with nvidia-smi that there is one"
                + " whose driver is new enough and that CUDA_VISIBLE_DEVICES does not hide it, or choose the device `cpu`"
        case .noSuchGPU(let asked, let count):
            "the device `\(asked)` is not to be had: CUDA sees "
                + (count == 1 ? "one GPU, `cuda:0`" : "\(count) GPUs, `cuda:0` to `cuda:\(count - 1)`")
        }
    }
}
