import Essentials

/// What the bytes of a file show before any parser folds line ends or decodes: how its lines end, and whether it is
/// UTF-8.
struct FileInspection {
    private enum LineEnd: String, CaseIterable {
        case lineFeed = "LF"
        case pair = "CR LF"
        case carriageReturn = "CR"
    }

    private let file: String
    /// How often each line end occurs, and the line of the first one.
    private var ends: [LineEnd: (count: Int, firstLine: Int)] = [:]
    private var line = 1
    private var endsInCarriageReturn = false
    /// The bytes of a character that the last piece ended in.
    private var pending: [UInt8] = []
    private var position = 0
    private var invalid = 0
    private var firstInvalid: (byte: Int, line: Int)?
    private var characters = 0
    /// Whether a byte occurs that Windows-1252 leaves open.
    private var hasUndefinedByte = false
    private var isOtherEncoding = false

    /// Looks at a whole source.
    ///
    /// - Returns: the faults.
    /// - Throws: `FileError`, ``CorpusError`` for damaged gzip data and text that its encoding does not allow.
    static func faults(of source: InputSource, options: ReadOptions) throws -> [CorpusFault] {
        let stream = try source.stream(options)
        var inspection = FileInspection(file: source.path)
        var isAtStart = true
        while let piece = try stream.next() {
            if isAtStart { inspection.begin(piece, at: stream.contentStart) }
            isAtStart = false
            inspection.add(piece)
        }
        return inspection.faults()
    }

    private init(file: String) { self.file = file }

    /// An XML file may say that it is in another encoding, which its parser knows.
    private mutating func begin(_ piece: [UInt8], at start: Int) {
        position = start
        let head = String(decoding: piece.prefix(200), as: UTF8.self).lowercased()
        isOtherEncoding = head.hasPrefix("<?xml") && head.contains("encoding=") && !head.contains("utf-8")
    }

    private mutating func add(_ piece: [UInt8]) {
        let bytes = pending + piece
        pending = []
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte >= 0x80 {
                    guard let length = length(at: index, in: bytes) else {
                        pending = Array(bytes[index...])
                        break
                    }
                    index += length
                    endsInCarriageReturn = false
                    continue
                }
                if byte == 0x0A || byte == 0x0D || endsInCarriageReturn { addLineEnd(byte) }
                index += 1
            }
        }
        position += bytes.count - pending.count
    }

    /// Counts line ends; a carriage return counts when it is known what follows it.
    private mutating func addLineEnd(_ byte: UInt8) {
        if endsInCarriageReturn, byte != 0x0A { count(.carriageReturn) }
        if byte == 0x0A { count(endsInCarriageReturn ? .pair : .lineFeed) }
        endsInCarriageReturn = byte == 0x0D
    }

    private mutating func count(_ end: LineEnd) {
        let old = ends[end] ?? (0, line)
        ends[end] = (old.count + 1, old.firstLine)
        line += 1
    }

    /// The length of the character at `index`, 1 for a byte that is none; nothing if the bytes end within it.
    private mutating func length(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        if endsInCarriageReturn { addLineEnd(0) }
        let lead = bytes[index]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        let isLead = (0xC2...0xF4).contains(lead)
        var found = 1
        while isLead, found < length, index + found < bytes.count,
            Self.isContinuation(bytes[index + found], after: lead, at: found)
        {
            found += 1
        }
        if isLead, found == length {
            characters += 1
            return length
        }
        if isLead, index + found == bytes.count { return nil }
        noteInvalid(lead, at: position + index)
        return 1
    }

    private static func isContinuation(_ byte: UInt8, after lead: UInt8, at place: Int) -> Bool {
        guard place == 1 else { return byte & 0xC0 == 0x80 }
        // Neither overlong forms nor surrogates nor what lies beyond the last plane (Unicode Standard, table 3-7).
        switch lead {
        case 0xE0: return (0xA0...0xBF).contains(byte)
        case 0xED: return (0x80...0x9F).contains(byte)
        case 0xF0: return (0x90...0xBF).contains(byte)
        case 0xF4: return (0x80...0x8F).contains(byte)
        default: return byte & 0xC0 == 0x80
        }
    }

    private mutating func noteInvalid(_ byte: UInt8, at offset: Int) {
        invalid += 1
        if firstInvalid == nil { firstInvalid = (offset, line) }
        if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) { hasUndefinedByte = true }
    }

    // MARK: The result

    private mutating func faults() -> [CorpusFault] {
        if endsInCarriageReturn { addLineEnd(0) }
        for (offset, byte) in pending.enumerated() { noteInvalid(byte, at: position + offset) }
        return [encodingFault(), lineEndFault()].compactMap { $0 }
    }

    private func encodingFault() -> CorpusFault? {
        guard let firstInvalid, !isOtherEncoding else { return nil }
        let guess = hasUndefinedByte ? TextEncoding.latin1 : .windows1252
        return CorpusFault(
            .encoding, severity: .error, file: file, line: firstInvalid.line,
            message: "not UTF-8 at byte \(firstInvalid.byte)"
                + (invalid > 1 ? "; \(invalid) bytes of the file are in no character" : ""),
            fix: characters > 2 * invalid
                ? "most of the file is UTF-8: correct these bytes"
                : "name the encoding; --encoding \(guess.rawValue) reads every byte")
    }

    private func lineEndFault() -> CorpusFault? {
        guard ends.count > 1, let rarest = ends.values.min(by: { ($0.count, $1.firstLine) < ($1.count, $0.firstLine) })
        else { return nil }
        let counts = LineEnd.allCases.compactMap { end in ends[end].map { "\($0.count) in \(end.rawValue)" } }
        return CorpusFault(
            .mixedLineEndings, file: file, line: rarest.firstLine,
            message: "lines end in different ways: \(counts.joined(separator: ", ")); this is the first of the fewest",
            fix: "end all of them in LF and move the offsets with them")
    }
}

extension CorpusStream {
    /// Looks at the bytes of all files for mixed line ends and for what is not UTF-8, and hands what is found to `body`
    /// in the order of the files.
    ///
    /// Files that cannot be decompressed or decoded have no faults here: reading them says what is wrong.
    ///
    /// - Throws: `FileError`, what `body` throws.
    public func inspectFiles(threads: Int, _ body: ([CorpusFault]) throws -> Void) throws {
        var rest = sources[...]
        let options = self.options
        try OrderedWork.run(
            threads: threads, next: { rest.popFirst() },
            work: { source in
                do {
                    return try FileInspection.faults(of: source, options: options)
                } catch is CorpusError {
                    return []
                }
            },
            consume: { try body($0) })
    }
}
