internal import CTorch

/// The number of threads that computations started from this thread use.
///
/// Set it on the thread that trains or tags and stay on that thread: libtorch's workers belong to the thread that
/// starts them, and two threads taking turns were measured at half the speed of one.
public func setThreads(_ count: Int) {
    precondition(count > 0, "\(count) threads")
    ct_set_threads(Int32(count))
}

/// The number of threads in use.
public func threads() -> Int { Int(ct_threads()) }

/// Which of libtorch's two sets of kernels computes matrix products.
///
/// Their results differ in the last bits, so a run records its path and a resumed run must set the same one.
public enum ProductPath: String, Codable, Sendable, CaseIterable {
    /// ATen's default, which is MKL on x86.
    case aten
    /// oneDNN, which libtorch itself uses for compiled graphs.
    case oneDNN
}

/// The kernels that products use from now on, on all threads; ATen's until something else is set.
public var productPath: ProductPath {
    get { ct_product_path() == Int32(CT_PRODUCTS_ONEDNN) ? .oneDNN : .aten }
    set { ct_set_product_path(Int32(newValue == .oneDNN ? CT_PRODUCTS_ONEDNN : CT_PRODUCTS_ATEN)) }
}

/// Times both paths on this processor, takes the faster one from now on and returns it.
@discardableResult
public func chooseProductPath() -> ProductPath {
    var seconds = [0.0, 0.0]
    check(ct_measure_product_paths(&seconds))
    productPath = seconds[Int(CT_PRODUCTS_ONEDNN)] < seconds[Int(CT_PRODUCTS_ATEN)] ? .oneDNN : .aten
    return productPath
}

/// What matrix products take in and give out.
///
/// Parameters, their gradients and the optimizer's state are float32 in either case.
public enum Precision: String, Codable, Sendable, CaseIterable {
    /// 32-bit floating point throughout.
    case float32
    /// 16-bit brain floating point (8 bits of fraction), summed in float32: twice the speed and more on processors that
    /// have instructions for it.
    case bfloat16
}

/// The precision of products from now on, on all threads; float32 until something else is set.
public var productPrecision: Precision {
    get { ct_product_precision() == Int32(CT_BFLOAT16) ? .bfloat16 : .float32 }
    set { ct_set_product_precision(Int32(newValue == .bfloat16 ? CT_BFLOAT16 : CT_FLOAT32)) }
}

/// Which kernels compute on the processor.
public enum Kernels: Sendable, CaseIterable {
    /// Our own.
    case fused
    /// The same put together from ATen's operations, as on every other device.
    case composed
}

/// The kernels that the processor computes with from now on, on all threads: our own, unless a test wants to see what
/// other devices compute. Results differ in the last bits.
public var kernels: Kernels {
    get { ct_kernels() == Int32(CT_KERNELS_COMPOSED) ? .composed : .fused }
    set { ct_set_kernels(Int32(newValue == .composed ? CT_KERNELS_COMPOSED : CT_KERNELS_FUSED)) }
}
