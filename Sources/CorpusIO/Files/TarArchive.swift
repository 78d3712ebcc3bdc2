import Essentials

/// The files of a tar archive (POSIX ustar and pax, and GNU's long names), unpacked in memory.
enum TarArchive {
    private static let blockSize = 512

    /// Whether bytes are a tar archive.
    static func isTar(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count >= blockSize && bytes.dropFirst(257).starts(with: "ustar".utf8)
    }

    /// The regular files of an archive in their order; links, devices and hidden files are left out.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)`` for a damaged archive.
    static func members(of bytes: [UInt8], path: String) throws -> [InputSource] {
        func damaged() -> CorpusError {
            .malformed(file: path, line: nil, problem: "the tar archive is damaged; copy the file again")
        }
        var members: [InputSource] = []
        var position = 0
        var longName: String?
        while position + blockSize <= bytes.count {
            let header = bytes[position..<position + blockSize]
            if header.allSatisfy({ $0 == 0 }) { break }
            guard isTar(header), checksum(of: header) == number(header, 148, 8),
                let size = number(header, 124, 12), size >= 0, size <= bytes.count - position - blockSize
            else { throw damaged() }
            let content = bytes[position + blockSize..<position + blockSize + size]
            switch header[position + 156] {
            case UInt8(ascii: "L"): longName = text(content.prefix { $0 != 0 })
            case UInt8(ascii: "x"): longName = paxPath(in: content) ?? longName
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"):
                let prefix = text(field(header, 345, 155))
                let short = text(field(header, 0, 100))
                let name = longName ?? (prefix.isEmpty ? short : "\(prefix)/\(short)")
                longName = nil
                if !InputFile.name(of: name).hasPrefix(".") {
                    members.append(InputSource(path: "\(path)/\(name)", storage: .memory(content)))
                }
            default: longName = nil
            }
            position += blockSize + (size + blockSize - 1) / blockSize * blockSize
        }
        return members
    }

    private static func field(_ header: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> ArraySlice<UInt8> {
        let start = header.startIndex + offset
        return header[start..<start + count].prefix { $0 != 0 }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// An octal number, or a binary one with its first bit set, as GNU writes large sizes.
    private static func number(_ header: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> Int? {
        let start = header.startIndex + offset
        if header[start] & 0x80 != 0 {
            guard header[start] == 0x80 else { return nil }
            return header[start + 1..<start + count].reduce(0 as Int?) { value, byte in
                value.flatMap { $0 > Int.max >> 8 ? nil : $0 << 8 | Int(byte) }
            }
        }
        let digits = field(header, offset, count).filter { $0 != 0x20 }
        return Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    /// The sum of the header's bytes with the sum's own field taken as blanks.
    private static func checksum(of header: ArraySlice<UInt8>) -> Int {
        var sum = 8 * 0x20
        for (index, byte) in header.enumerated() where !(148..<156).contains(index) { sum += Int(byte) }
        return sum
    }

    /// The `path` record of a pax header: `LENGTH path=VALUE` and a line feed.
    private static func paxPath(in content: ArraySlice<UInt8>) -> String? {
        var rest = content
        while let blank = rest.firstIndex(of: 0x20), let length = Int(text(rest[..<blank])),
            length > blank + 1 - rest.startIndex, length <= rest.count
        {
            let record = rest[blank + 1..<rest.startIndex + length - 1]
            if record.starts(with: "path=".utf8) { return text(record.dropFirst(5)) }
            rest = rest.dropFirst(length)
        }
        return nil
    }
}
