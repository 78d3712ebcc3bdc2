internal import Mustache

/// Escapes text for HTML, byte by byte.
///
/// The template library's own escaping goes by grapheme cluster: a quotation mark with a combining accent after it is
/// another `Character` than a quotation mark, and passes. Text of notes is hostile until proven otherwise.
struct HTMLText: MustacheContentType {
    /// The name that templates ask for it by.
    static let name = "HTML-TEXT"

    func escapeText(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            // HTML knows no other control characters than white space.
            case 0..<9, 11, 14..<32, 127: bytes += "\u{FFFD}".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
