/// How the characters of a file are written as bytes.
public enum TextEncoding: String, Codable, CaseIterable, Sendable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "utf-8"
    /// UTF-16 in the order that its byte order mark says, little-endian without one.
    case utf16 = "utf-16"
    /// UTF-16, the low byte first.
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, the high byte first.
    case utf16BigEndian = "utf-16be"
    /// ISO 8859-1: a byte is a code point.
    case latin1 = "latin-1"
    /// Windows' code page 1252: as Latin-1, with quotes, dashes and more at 0x80 to 0x9F.
    case windows1252 = "windows-1252"
}
