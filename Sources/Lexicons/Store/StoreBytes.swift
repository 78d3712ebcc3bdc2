import Essentials
import Foundation

/// The bytes of a compiled lexicon: a file mapped into memory, or memory of our own.
final class StoreBytes: @unchecked Sendable {
    /// Aligned to at least 64 bytes.
    let buffer: UnsafeRawBufferPointer
    private let isMapped: Bool

    /// Maps the file at `path`.
    ///
    /// The file must not be written to while it is mapped; ``AtomicFile`` replaces it instead.
    /// - Throws: `FileError`.
    init(mapping path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw FileError.missing(path: path, hint: "") }
            throw FileError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileError.wrongKind(path: path, expected: "a file")
        }
        let size = Int(status.st_size)
        isMapped = size > 0
        guard isMapped else {
            buffer = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        // Populated at once: one system call instead of a page fault for every few pages.
        guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0), base != MAP_FAILED
        else { throw FileError.unreadable(path: path, reason: String(cString: strerror(errno))) }
        buffer = UnsafeRawBufferPointer(start: base, count: size)
    }

    /// Copies `parts`, one behind the other.
    init(_ parts: [[UInt8]]) {
        let count = parts.reduce(0) { $0 + $1.count }
        let base = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, count), alignment: 64)
        var place = 0
        for part in parts {
            UnsafeMutableRawBufferPointer(rebasing: base[place..<place + part.count]).copyBytes(from: part)
            place += part.count
        }
        isMapped = false
        buffer = UnsafeRawBufferPointer(rebasing: base[..<count])
    }

    deinit {
        guard let base = buffer.baseAddress else { return }
        if isMapped { munmap(UnsafeMutableRawPointer(mutating: base), buffer.count) } else { base.deallocate() }
    }
}
