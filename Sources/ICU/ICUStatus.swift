internal import CICU

/// Stops the program when ICU fails: its data is missing or memory has run out, neither of which a caller can mend.
func check(_ status: Int32, _ function: StaticString = #function) {
    precondition(status == 0, "ICU failed in \(function): \(String(cString: cicu_status_name(status)))")
}

/// ICU counts bytes in 32 bits.
func checkedCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    precondition(bytes.count < Int(Int32.max), "a text must be shorter than 2 GiB")
    return Int32(bytes.count)
}

/// Runs `body` on the bytes as C characters; an empty text has an address too.
func withCharacters<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<CChar>) -> Result
) -> Result {
    guard let base = bytes.baseAddress else { return withUnsafePointer(to: 0) { body($0) } }
    return base.withMemoryRebound(to: CChar.self, capacity: bytes.count, body)
}
