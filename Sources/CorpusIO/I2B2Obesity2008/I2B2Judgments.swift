import ClinicalText

/// The judgments of all files of a folder, by document; training judgments are spread over a base file and addenda.
struct I2B2Judgments: Sendable {
    /// A judgment and where it was read.
    private struct Placed: Sendable {
        let judgment: I2B2Judgment
        let file: String
        let line: Int
    }

    private var judgments: [String: [I2B2Judgment.Subject: Placed]] = [:]

    /// The documents that are judged, in the order of their ids.
    var documents: [String] { judgments.keys.sorted() }

    /// The labels of a document, in the order of sources and diseases, whatever file they come from.
    func labels(of document: String) -> [DocumentLabel] {
        (judgments[document] ?? [:]).sorted { $0.key < $1.key }.map(\.value.judgment.label)
    }

    /// Where a document is judged first, and how often.
    func mention(of document: String) -> (file: String, line: Int, count: Int)? {
        guard let judged = judgments[document],
            let first = judged.values.min(by: { ($0.file, $0.line) < ($1.file, $1.line) })
        else { return nil }
        return (first.file, first.line, judged.count)
    }

    /// Adds the judgments of a file; of two that differ the first one stays.
    ///
    /// - Throws: ``CorpusError``.
    mutating func add(_ file: InputFile, context: inout ReadContext) throws {
        let content = I2B2JudgmentContent()
        do {
            try XMLEventParser.parse(file.bytes, file: file.path, maxDepth: context.options.maxDepth, sink: content)
        } catch let error as XMLSyntaxError {
            throw error.corpusError
        }
        for element in content.unknownElements {
            context.note(
                CorpusFault(
                    .notInterpreted, file: file.path, line: element.line,
                    message: "the element \(element.name) among the judgments is not read"))
            context.leaveOut(.label)
        }
        for entry in content.entries {
            try context.attempt(.label, document: entry.document) { context in
                try add(entry, file: file.path, context: &context)
            }
        }
    }

    private mutating func add(
        _ entry: I2B2JudgmentContent.Entry, file: String, context: inout ReadContext
    ) throws {
        let needed = [
            ("id", entry.document), ("judgment", entry.judgment), ("source", entry.source), ("name", entry.disease),
        ]
        if let missing = needed.first(where: { ($0.1 ?? "").isEmpty }) {
            throw CorpusError.malformed(
                file: file, line: entry.line,
                problem: "a judgment without \(missing.0), its own or of the elements around it")
        }
        let subject = I2B2Judgment.Subject(source: entry.source ?? "", disease: entry.disease ?? "")
        let judgment = I2B2Judgment(subject: subject, value: entry.judgment ?? "")
        let document = entry.document ?? ""
        guard let first = judgments[document]?[subject] else {
            judgments[document, default: [:]][subject] = Placed(judgment: judgment, file: file, line: entry.line)
            return
        }
        guard first.judgment != judgment else { return }
        context.note(
            CorpusFault(
                .conflict, file: file, line: entry.line, document: document,
                message: "the \(subject.source) judgment on \(subject.disease) differs from that in "
                    + "\(place(InputFile.name(of: first.file), first.line)), which is kept",
                fix: "remove one of the two"))
        context.leaveOut(.label)
    }
}
