internal import CTorch

/// An n-dimensional array of numbers with a tape behind it: libtorch's tensor.
///
/// Mistakes of shape or type are ours, not the user's, and stop the program with libtorch's words. A tensor is not
/// `Sendable`: whether operations are recorded is a property of the thread, and so is libtorch's pool of workers.
public final class Tensor {
    /// The numbers a tensor can hold.
    public enum DataType: Sendable {
        /// 32-bit floating point.
        case float32
        /// 64-bit signed integers, for row numbers and classes.
        case int64
    }

    let handle: OpaquePointer

    /// Takes ownership of a handle that a C function returned.
    init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        ct_tensor_free(handle)
    }

    /// Copies `values`, in row-major order, into a tensor of `shape`.
    public convenience init(_ values: [Float], shape: [Int]) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values for a tensor of shape \(shape)")
        self.init(owning: made { ct_tensor_from_floats(values, shape.sizes, Int32(shape.count), $0) })
    }

    /// Copies `values`, in row-major order, into a tensor of `shape`.
    public convenience init(_ values: UnsafeBufferPointer<Float>, shape: [Int]) {
        precondition(values.count == shape.reduce(1, *), "\(values.count) values for a tensor of shape \(shape)")
        self.init(owning: made { ct_tensor_from_floats(values.baseAddress, shape.sizes, Int32(shape.count), $0) })
    }

    /// Copies `values`, in row-major order, into a tensor of `shape`; a vector by default.
    public convenience init(_ values: [Int64], shape: [Int]? = nil) {
        let shape = shape ?? [values.count]
        precondition(values.count == shape.reduce(1, *), "\(values.count) values for a tensor of shape \(shape)")
        self.init(owning: made { ct_tensor_from_int64s(values, shape.sizes, Int32(shape.count), $0) })
    }

    /// A float32 tensor of zeros.
    public static func zeros(_ shape: [Int]) -> Tensor {
        Tensor(owning: made { ct_tensor_zeros(shape.sizes, Int32(shape.count), $0) })
    }

    /// The size of each axis.
    public var shape: [Int] { (0..<ct_tensor_rank(handle)).map { Int(ct_tensor_size(handle, $0)) } }

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }

    /// What the elements are.
    public var dataType: DataType {
        switch ct_tensor_type(handle) {
        case Int32(CT_FLOAT32): .float32
        case Int32(CT_INT64): .int64
        default: fatalError("a tensor of a type that is not used here")
        }
    }

    /// The elements in row-major order.
    public func floats() -> [Float] { withFloats { Array($0) } }

    /// Where the elements lie.
    public var device: Device { Device(ct_tensor_device(handle)) }

    /// The elements in row-major order.
    public func int64s() -> [Int64] {
        precondition(dataType == .int64, "not a tensor of integers")
        guard device == .cpu else { return copiedFromDevice(zero: 0) }
        let data = storage.assumingMemoryBound(to: Int64.self)
        return Array(UnsafeBufferPointer(start: data, count: count))
    }

    /// Lends the elements in row-major order; those of a tensor on the processor are copied nowhere.
    public func withFloats<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
        precondition(dataType == .float32, "not a tensor of floats")
        guard device == .cpu else { return try copiedFromDevice(zero: 0).withUnsafeBufferPointer(body) }
        let data = storage.assumingMemoryBound(to: Float.self)
        return try withExtendedLifetime(self) { try body(UnsafeBufferPointer(start: data, count: count)) }
    }

    /// Lends the elements for writing in row-major order; the tape does not see what is written. Those of a tensor on
    /// another device than the processor are copied from there and back.
    public func withMutableFloats<Result>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        precondition(dataType == .float32, "not a tensor of floats")
        guard device == .cpu else {
            var copy: [Float] = copiedFromDevice(zero: 0)
            defer { copyToDevice(copy) }
            return try copy.withUnsafeMutableBufferPointer { try body($0) }
        }
        var elements: UnsafeMutableRawPointer?
        check(ct_tensor_mutable_data(handle, &elements))
        let data = (elements ?? UnsafeMutableRawPointer(handle)).assumingMemoryBound(to: Float.self)
        return try withExtendedLifetime(self) { try body(UnsafeMutableBufferPointer(start: data, count: count)) }
    }

    /// The single element of a scalar.
    public var item: Float {
        precondition(count == 1, "not a scalar but a tensor of shape \(shape)")
        return withFloats { $0[0] }
    }

    /// A copy of the elements, wherever they lie; `Element` is the one that the tensor's type says.
    func copiedFromDevice<Element: BitwiseCopyable>(zero: Element) -> [Element] {
        var elements = [Element](repeating: zero, count: count)
        elements.withUnsafeMutableBytes { check(ct_tensor_copy_to_host(handle, $0.baseAddress)) }
        return elements
    }

    /// Replaces the elements, wherever they lie.
    func copyToDevice<Element: BitwiseCopyable>(_ elements: [Element]) {
        precondition(elements.count == count, "\(elements.count) elements for a tensor of shape \(shape)")
        elements.withUnsafeBytes { check(ct_tensor_copy_from_host(handle, $0.baseAddress)) }
    }

    private var storage: UnsafeMutableRawPointer {
        var data: UnsafeMutableRawPointer?
        check(ct_tensor_data(handle, &data))
        // An empty tensor has no memory; no element is ever read from the address it gets instead.
        return data ?? UnsafeMutableRawPointer(handle)
    }
}

extension Array where Element == Int {
    /// The sizes as C wants them.
    var sizes: [Int64] { map(Int64.init) }
}
