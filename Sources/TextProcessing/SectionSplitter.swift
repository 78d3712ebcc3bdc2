import ClinicalText
import ICU

/// Divides a note into sections by their headers.
///
/// A header stands at the start of a line. A known header is followed by a colon or stands alone on its line, in any
/// case. An unknown one counts, as section `other`, when it is written in capitals and followed by a colon, and either
/// has the line to itself or has several words; `BP: 120/80` is a value, not a section.
public struct SectionSplitter: Sendable {
    /// The name of a section under an unknown header.
    public static let other = "other"

    /// Longer runs before a colon are prose.
    private static let maxHeaderLength = 80

    private static let upperCase = CodePointClasses([("[:L:]", 1), ("[[:Lu:][:Lt:]]", 2)])

    private let headers: SectionHeaders

    /// Makes a splitter that knows `headers`.
    public init(headers: SectionHeaders) { self.headers = headers }

    /// The sections of `text`, in order, without gaps; empty for an empty text.
    ///
    /// A section's header is its span with the colon, if it has one, and without white space.
    public func sections(of text: String) -> [Section] {
        var text = text
        return text.withUTF8 { sections(of: $0, lines: TextLine.lines(of: $0)) }
    }

    func sections(of bytes: UnsafeBufferPointer<UInt8>, lines: [TextLine]) -> [Section] {
        if bytes.isEmpty { return [] }
        var sections = [Section(name: "", header: nil, span: TextSpan(start: 0, end: bytes.count))]
        for line in lines where !line.isBlank {
            guard let (name, header) = header(of: line, in: bytes) else { continue }
            let isFirst = sections.count == 1 && bytes[..<line.contentStart].allSatisfy { $0 <= 0x20 }
            let start = isFirst ? 0 : line.start
            if isFirst {
                sections.removeLast()
            } else {
                let last = sections.count - 1
                sections[last].span = TextSpan(start: sections[last].span.start, end: start)
            }
            sections.append(Section(name: name, header: header, span: TextSpan(start: start, end: bytes.count)))
        }
        return sections
    }

    private func header(of line: TextLine, in bytes: UnsafeBufferPointer<UInt8>) -> (name: String, header: TextSpan)? {
        guard Self.canStartHeader(bytes[line.contentStart]) else { return nil }
        let limit = min(line.contentEnd, line.contentStart + Self.maxHeaderLength)
        var colon = line.contentStart
        while colon < limit, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
        let hasColon = colon < limit
        guard hasColon || line.contentEnd == limit else { return nil }
        let words = UnsafeBufferPointer(rebasing: bytes[line.contentStart..<colon])
        let header = TextSpan(start: line.contentStart, end: hasColon ? colon + 1 : colon)
        if let name = headers.section(of: words) { return (name, header) }
        guard hasColon, Self.isUnknownHeader(words, hasOwnLine: colon + 1 == line.contentEnd) else { return nil }
        return (Self.other, header)
    }

    private static func canStartHeader(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }

    private static func isUnknownHeader(_ words: UnsafeBufferPointer<UInt8>, hasOwnLine: Bool) -> Bool {
        var letters = 0
        var blanks = 0
        var offset = 0
        while offset < words.count {
            let (value, count) = CodePoint.decode(words, at: offset)
            switch upperCase[value] {
            case 1: return false
            case 2: letters += 1
            default: if value == 0x20 { blanks += 1 }
            }
            offset += count
        }
        return letters >= 4 && 2 * letters > words.count && (hasOwnLine || blanks > 0)
    }
}
