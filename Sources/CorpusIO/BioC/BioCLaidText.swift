import ClinicalText

/// The text of a BioC document: its passages at their offsets, the gaps filled with blanks and a line feed before each
/// passage.
struct BioCLaidText {
    /// How far the passages may lie apart altogether, beyond a multiple of the text.
    private static let freeFilling = 1 << 16

    let unit: BioCOffsetUnit
    private(set) var text = ""
    /// In code points.
    private(set) var structure = BioCStructure()
    /// By how much, in the unit, a passage's or sentence's annotations move: those that begin before the end of the one
    /// before them.
    private(set) var shifts: [String: Int] = [:]
    /// The passages and sentences that had to move.
    private(set) var moved: [(container: String, line: Int?)] = []
    private let table: [Int32]?

    /// Lays out a document whose offsets count `unit`.
    ///
    /// - Throws: ``CorpusError/malformed(file:line:problem:)`` for a passage without an offset, or far away.
    init(_ document: BioCDocument, unit: BioCOffsetUnit, file: String) throws {
        self.unit = unit
        var layer = Layer(unit: unit, file: file)
        for (number, passage) in document.passages.enumerated() {
            let shift = try layer.begin(passage, name: "passage \(number + 1)", isPassage: true)
            var laid = BioCStructure.Passage(
                offset: layer.codePoints, length: nil, infons: passage.infons.values)
            if shift != 0 { moved.append((String(number), passage.line)) }
            shifts[String(number)] = shift
            if let text = passage.text {
                laid.length = text.unicodeScalars.count
                layer.append(text)
            }
            for (index, sentence) in passage.sentences.enumerated() {
                let name = "\(number).\(index)"
                if passage.text == nil {
                    let shift = try layer.begin(
                        sentence, name: "sentence \(index + 1) of passage \(number + 1)", isPassage: false)
                    if shift != 0 { moved.append((name, sentence.line)) }
                    shifts[name] = shift
                    laid.sentences.append(
                        .init(
                            offset: layer.codePoints, length: sentence.text?.unicodeScalars.count,
                            infons: sentence.infons.values))
                    layer.append(sentence.text ?? "")
                } else {
                    shifts[name] = shift
                    laid.sentences.append(
                        try Self.within(laid, passage, sentence, unit: unit, file: file))
                }
            }
            structure.passages.append(laid)
        }
        text = layer.text
        table = unit.table(of: text)
    }

    /// A sentence of a passage that has its text itself.
    private static func within(
        _ laid: BioCStructure.Passage, _ passage: BioCDocument.Passage, _ sentence: BioCDocument.Passage,
        unit: BioCOffsetUnit, file: String
    ) throws -> BioCStructure.Passage {
        let text = passage.text ?? ""
        let local = (sentence.offset ?? -1).subtractingReportingOverflow(passage.offset ?? 0)
        let table = unit.table(of: text)
        let length = sentence.text?.unicodeScalars.count
        let start =
            table.map { !local.overflow && $0.indices.contains(local.partialValue) ? Int($0[local.partialValue]) : -1 }
            ?? local.partialValue
        let count = laid.length ?? 0
        guard !local.overflow, start >= 0, start <= count, start + (length ?? 0) <= count else {
            throw CorpusError.malformed(
                file: file, line: sentence.line, problem: "the sentence lies outside its passage; correct its offset")
        }
        return .init(offset: laid.offset + start, length: length, infons: sentence.infons.values)
    }

    /// The code point that an offset of something in a container means; nothing within a character or outside the text.
    func codePoint(of offset: Int, in container: String) -> Int? {
        let moved = offset.addingReportingOverflow(shifts[container] ?? 0)
        guard !moved.overflow else { return nil }
        guard let table else { return moved.partialValue }
        guard table.indices.contains(moved.partialValue), table[moved.partialValue] >= 0 else { return nil }
        return Int(table[moved.partialValue])
    }

    /// Puts texts one after the other.
    private struct Layer {
        let unit: BioCOffsetUnit
        let file: String
        var text = ""
        var codePoints = 0
        /// In the unit.
        private var position = 0
        private var filled = 0

        init(unit: BioCOffsetUnit, file: String) {
            self.unit = unit
            self.file = file
        }

        /// Goes to where a passage begins, or stays if that lies behind.
        ///
        /// - Returns: how far from its offset it is.
        mutating func begin(_ passage: BioCDocument.Passage, name: String, isPassage: Bool) throws -> Int {
            guard let offset = passage.offset, offset >= 0 else {
                throw CorpusError.malformed(
                    file: file, line: passage.line, problem: "\(name) has no offset that is a whole number from 0 on")
            }
            guard offset > position else { return position - offset }
            let gap = offset - position
            guard gap <= BioCLaidText.freeFilling + 16 * text.utf8.count - filled else {
                throw CorpusError.malformed(
                    file: file, line: passage.line,
                    problem: "\(name) begins far behind the text before it; check its offset")
            }
            text += String(repeating: " ", count: gap - 1) + (isPassage ? "\n" : " ")
            codePoints += gap
            position += gap
            filled += gap
            return 0
        }

        mutating func append(_ more: String) {
            text += more
            codePoints += more.unicodeScalars.count
            position += unit.count(more)
        }
    }
}
