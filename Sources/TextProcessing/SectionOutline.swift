import ClinicalText

/// The sections of a note as they are found, and those of them that are open for parts.
struct SectionOutline {
    private struct Open {
        var index: Int
        var isPart: Bool
        var indent: Int
        var hasOwnLine: Bool
    }

    private(set) var sections: [Section]
    private var open: [Open] = []
    private let end: Int

    init(end: Int) {
        self.end = end
        sections = [Section(name: "", header: nil, span: TextSpan(start: 0, end: end))]
    }

    /// Begins a section at `start`; one that begins the text replaces the part before the first header.
    mutating func add(_ found: HeaderFinder.Found, start: Int, indent: Int) {
        if let known = found.known {
            if found.needsParent,
                !open.contains(where: { !$0.isPart && known.partOf.contains(sections[$0.index].name) })
            {
                return
            }
            while let last = open.last, last.isPart || !known.partOf.contains(sections[last.index].name) {
                open.removeLast()
            }
        } else {
            while let last = open.last, !holds(last, unknown: found, indent: indent) { open.removeLast() }
        }
        let parent = open.last?.index
        var name = found.known?.section ?? SectionSplitter.other
        if let known = found.known, known.isPart, let parent { name = sections[parent].name }
        if start == 0, sections.count == 1, sections[0].header == nil {
            sections.removeLast()
        } else {
            let last = sections.count - 1
            sections[last].span = TextSpan(start: sections[last].span.start, end: start)
        }
        let level = parent.map { sections[$0].level + 1 } ?? 1
        let section = Section(
            name: name, header: found.span, span: TextSpan(start: start, end: end), level: level, parent: parent)
        open.append(
            Open(
                index: sections.count, isPart: found.known?.isPart ?? false, indent: indent,
                hasOwnLine: found.hasOwnLine))
        sections.append(section)
    }

    /// Whether an unknown header is a part of an open section: it is indented deeper, or has text behind it while the
    /// section's header had its line to itself.
    private func holds(_ section: Open, unknown found: HeaderFinder.Found, indent: Int) -> Bool {
        if section.indent != indent { return section.indent < indent }
        return section.hasOwnLine && !found.hasOwnLine && !section.isPart
    }
}
