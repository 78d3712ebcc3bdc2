import ClinicalText
import CorpusIO

/// The files of a small corpus as one run of bytes, so that a fuzzer can change all of them at once.
///
/// A line `%% NAME` begins a file, which ends with the line feed before the next such line or the last byte. Bytes
/// without such a line are one file with the format's first ending.
struct InputBundle {
    typealias File = (name: String, bytes: [UInt8])

    private static let mark = Array("%% ".utf8)
    private static let mostFiles = 8
    private static let longestName = 40

    /// The files, by name.
    let files: [File]

    init(_ files: [File]) { self.files = files }

    /// The files that `bytes` stand for.
    init(_ bytes: [UInt8], format: CorpusFormat) {
        let headers = Self.headers(in: bytes)
        guard !headers.isEmpty else {
            let ending = CorpusReader.extensions(of: format).first ?? ""
            files = [(ending.isEmpty ? "a" : "a.\(ending)", bytes)]
            return
        }
        var seen: Set<String> = []
        files = headers.indices.compactMap { index in
            let header = headers[index]
            let isLast = index + 1 == headers.count
            var end = isLast ? bytes.count : headers[index + 1].start - 1
            if isLast, bytes.last == 0x0A { end -= 1 }
            let content = bytes[header.content..<max(header.content, end)]
            return seen.insert(header.name).inserted ? (header.name, Array(content)) : nil
        }
    }

    /// The files as one run of bytes.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for file in files {
            bytes += Self.mark
            bytes += Array("\(file.name)\n".utf8)
            bytes += file.bytes
            bytes.append(0x0A)
        }
        return bytes
    }

    private static func headers(in bytes: [UInt8]) -> [(start: Int, content: Int, name: String)] {
        var headers: [(start: Int, content: Int, name: String)] = []
        var start = 0
        while start + mark.count < bytes.count, headers.count < mostFiles {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if bytes[start..<end].starts(with: mark), let name = name(bytes[(start + mark.count)..<end]) {
                headers.append((start, min(end + 1, bytes.count), name))
            }
            start = end + 1
        }
        return headers
    }

    /// A name that could be a file's in a folder or in a folder below it.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        let isFine = bytes.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "/"):
                true
            default: false
            }
        }
        guard isFine, !bytes.isEmpty, bytes.count <= longestName else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
