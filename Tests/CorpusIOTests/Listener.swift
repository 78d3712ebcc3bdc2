import Essentials
import Foundation

/// A server on this machine that only notices whether somebody called.
final class Listener {
    /// Where it listens.
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes in
            guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return Int32(-1) }
            return bind(descriptor, pointer, size) == 0 && listen(descriptor, 8) == 0
                && getsockname(descriptor, pointer, &size) == 0 ? 0 : -1
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
        guard status == 0 else { throw FileError.unreadable(path: "127.0.0.1", reason: "no port") }
    }

    deinit { close(descriptor) }

    /// Whether a connection waits to be accepted.
    var wasCalled: Bool {
        let connection = accept(descriptor, nil, nil)
        if connection >= 0 { close(connection) }
        return connection >= 0
    }
}
