/// What one record of an XML file holds.
final class XMLRecordContent: XMLEventSink {
    /// An element within the text and what it spans, in UTF-8 offsets.
    struct Mark {
        let attributes: [(name: String, value: String)]
        let line: Int
        let start: Int
        var end: Int
    }

    /// An element beside the text.
    struct Element {
        let name: String
        let attributes: [(name: String, value: String)]
        let line: Int
        /// The whole element as XML on one line.
        var xml: String
    }

    /// The attributes of the record.
    private(set) var attributes: [(name: String, value: String)] = []
    /// The marks, in the order of their start tags.
    private(set) var marks: [Mark] = []
    /// The elements beside the text, in the order of the file.
    private(set) var elements: [Element] = []
    private let file: String
    private let layout: XMLRecordLayout
    private var textBytes: [UInt8]?
    private var depth = 0
    private var isInText = false
    private var openMarks: [Int] = []
    private var fragment = XMLFragment()

    init(file: String, layout: XMLRecordLayout) {
        self.file = file
        self.layout = layout
    }

    /// The text, if there is the element for it.
    var text: String? { textBytes.map { String(decoding: $0, as: UTF8.self) } }

    func start(_ element: XMLElementEvent) throws {
        depth += 1
        if depth == 1 {
            attributes = element.attributes
        } else if isInText {
            try startMark(element)
        } else if depth == 2, element.isNamed(layout.text) {
            guard textBytes == nil else { throw malformed(element.line, "a second \(layout.text) element; keep one") }
            textBytes = []
            isInText = true
        } else {
            if depth == 2 {
                fragment = XMLFragment()
                elements.append(
                    Element(name: element.name, attributes: element.attributes, line: element.line, xml: ""))
            }
            fragment.start(element)
        }
    }

    func end() {
        if isInText {
            if depth == 2 { isInText = false } else if let mark = openMarks.popLast() { marks[mark].end = length }
        } else if depth > 1 {
            fragment.end()
            if depth == 2 { elements[elements.count - 1].xml = fragment.xml }
        }
        depth -= 1
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        if isInText { textBytes?.append(contentsOf: bytes) } else if depth > 1 { fragment.text(bytes) }
    }

    private var length: Int { textBytes?.count ?? 0 }

    private func startMark(_ element: XMLElementEvent) throws {
        guard let mark = layout.mark, element.isNamed(mark) else {
            let rule = layout.mark.map { "this format has only \($0) there" } ?? "this format has none there"
            throw malformed(element.line, "an element within \(layout.text); \(rule)")
        }
        openMarks.append(marks.count)
        marks.append(Mark(attributes: element.attributes, line: element.line, start: length, end: length))
    }

    private func malformed(_ line: Int, _ problem: String) -> CorpusError {
        .malformed(file: file, line: line, problem: problem)
    }
}
