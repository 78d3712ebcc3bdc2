import ClinicalText

/// The marks that stand where a de-identified note had names, dates and numbers.
///
/// Known are `[**…**]` (MIMIC-II and III, may run over a line end), a run of at least two underscores (MIMIC-IV) and
/// a word of at least three capital X.
public enum DeidentificationMarks {
    /// A mark without its end within so many bytes is no mark.
    private static let maxLength = 400

    /// The marks in `text`, in order.
    public static func spans(in text: String) -> [TextSpan] {
        var text = text
        return text.withUTF8 { bytes in
            var spans: [TextSpan] = []
            var offset = 0
            while offset < bytes.count {
                if let end = end(ofMarkAt: offset, in: bytes) {
                    spans.append(TextSpan(start: offset, end: end))
                    offset = end
                } else {
                    offset += 1
                }
            }
            return spans
        }
    }

    /// Where the mark that starts at `offset` ends, or nothing if none starts there.
    static func end(ofMarkAt offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        switch bytes[offset] {
        case UInt8(ascii: "["): endOfBrackets(at: offset, in: bytes)
        case UInt8(ascii: "_"): endOfRun(at: offset, in: bytes, minimum: 2)
        case UInt8(ascii: "X"): endOfX(at: offset, in: bytes)
        default: nil
        }
    }

    private static func endOfBrackets(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let star = UInt8(ascii: "*")
        guard offset + 2 < bytes.count, bytes[offset + 1] == star, bytes[offset + 2] == star else { return nil }
        var end = offset + 3
        let limit = min(bytes.count, offset + maxLength) - 2
        while end < limit {
            if bytes[end] == star, bytes[end + 1] == star, bytes[end + 2] == UInt8(ascii: "]") { return end + 3 }
            // A second mark that opens first tells that this one was never closed.
            if bytes[end] == UInt8(ascii: "["), bytes[end + 1] == star, bytes[end + 2] == star { return nil }
            end += 1
        }
        return nil
    }

    private static func endOfX(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        if offset > 0, isWordByte(bytes[offset - 1]) { return nil }
        guard let end = endOfRun(at: offset, in: bytes, minimum: 3) else { return nil }
        return end < bytes.count && isWordByte(bytes[end]) ? nil : end
    }

    private static func endOfRun(at offset: Int, in bytes: UnsafeBufferPointer<UInt8>, minimum: Int) -> Int? {
        var end = offset + 1
        while end < bytes.count, bytes[end] == bytes[offset] { end += 1 }
        return end - offset >= minimum ? end : nil
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}
