/// The parts of a line of a PubTator file.
enum PubTatorLine {
    /// The id, kind (`t` or `a`) and text of a line `ID|t|TEXT`; nothing for any other line.
    static func text(_ line: ArraySlice<UInt8>) -> (id: ArraySlice<UInt8>, kind: UInt8, text: ArraySlice<UInt8>)? {
        let bar = UInt8(ascii: "|")
        guard let end = line.firstIndex(where: { $0 == bar || $0 == 0x09 }), line[end] == bar, end > line.startIndex,
            end + 2 < line.endIndex, line[end + 2] == bar
        else { return nil }
        let kind = line[end + 1]
        guard kind == UInt8(ascii: "t") || kind == UInt8(ascii: "a") else { return nil }
        return (line[..<end], kind, line[(end + 3)...])
    }

    /// A line without the carriage return of Windows line ends.
    static func content(_ line: LineReader.Line) -> ArraySlice<UInt8> {
        line.bytes.last == 0x0D ? line.bytes.dropLast() : line.bytes[...]
    }
}
