import ClinicalText

/// Divides a note into sections by their headers.
///
/// A header stands at the start of a line. A known header is followed by a colon or stands alone on its line, in any
/// case, perhaps decorated (`**Plan:**`, `== PLAN ==`) or with a date or remark before its colon (`Labs (3/4):`). Within a
/// line, a known header counts behind a full stop or a wide gap, as dictated notes have them, and in notes of one line.
///
/// An unknown header counts, as section ``other``: in capitals with a colon, if it has the line to itself or several words
/// (`BP: 120/80` is a value, not a section); and at the start of a paragraph, alone on its line, in title case with a colon
/// or in capitals without one.
///
/// A header that is part of an open section by the file of headers is nested in it, as is an unknown one that is
/// indented deeper than the header before it, or has text behind it where that header had its line to itself.
public struct SectionSplitter: Sendable {
    /// The name of a section under an unknown header.
    public static let other = "other"

    private let headers: SectionHeaders

    /// Makes a splitter that knows `headers`.
    public init(headers: SectionHeaders) { self.headers = headers }

    /// The sections of `text`, in order, without gaps; empty for an empty text.
    ///
    /// A section's header is its span with the colon, if it has one, and without white space.
    public func sections(of text: String) -> [Section] {
        var text = text
        return text.withUTF8 { sections(of: $0, lines: TextLine.lines(of: $0), style: TextStyle($0)) }
    }

    func sections(of bytes: UnsafeBufferPointer<UInt8>, lines: [TextLine], style: TextStyle) -> [Section] {
        if bytes.isEmpty { return [] }
        let finder = HeaderFinder(headers: headers, bytes: bytes, isInCapitals: style.isInCapitals)
        var outline = SectionOutline(end: bytes.count)
        var followsBlank = true
        var isFirst = true
        for line in lines {
            if line.isBlank {
                followsBlank = true
                continue
            }
            let indent = line.contentStart - line.start
            var start = line.contentStart
            let first = finder.header(of: line, isFirst: isFirst, followsBlank: followsBlank)
            if let first {
                outline.add(first, start: isFirst ? 0 : line.start, indent: indent)
                start = first.span.end
            }
            if headers.count > 0 {
                let isLoose = first?.known != nil || line.width > LineLayout.widest
                for header in finder.inlineHeaders(from: start, of: line, isLoose: isLoose) {
                    outline.add(header, start: header.span.start, indent: indent)
                }
            }
            followsBlank = false
            isFirst = false
        }
        return outline.sections
    }
}
