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
