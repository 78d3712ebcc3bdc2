internal import CTorch

/// Stops the program with libtorch's words if a call failed: what fails here is a mistake of ours.
func check(_ status: Int32) {
    guard status == Int32(CT_OK) else { fatalError(String(cString: ct_last_error())) }
}

/// The handle that a call writes through its last argument; stops the program if the call failed.
func made(_ call: (UnsafeMutablePointer<OpaquePointer?>) -> Int32) -> OpaquePointer {
    var handle: OpaquePointer?
    check(call(&handle))
    guard let handle else { fatalError("libtorch returned no tensor") }
    return handle
}
