import ClinicalText
import CorpusIO

/// Puts right what reading in mode `repair` leaves: mixed line ends, control characters, damaged characters that can
/// be known, relations that lead nowhere. Mentions move with the text.
public enum DocumentRepair {
    /// What was done to a document.
    public struct Result: Sendable {
        /// The document as it should be.
        public var document: Document
        /// How much of each kind was put right.
        public var repaired: [FaultKind: Int] = [:]
        /// Mentions and relations of which nothing was left.
        public var removed: [CorpusPart: Int] = [:]
    }

    /// The repaired document.
    public static func repaired(_ document: Document) -> Result {
        var edits = TextEdits()
        var result = Result(document: document)
        if LineEndings(of: document.text).areMixed {
            replaceLineEnds(of: document.text, in: &edits)
            result.repaired[.mixedLineEndings] = 1
        }
        for finding in OddCharacters.find(in: document.text) {
            guard let replacement = finding.replacement else { continue }
            edits.replace(finding.span, by: replacement)
            result.repaired[finding.kind == .mojibake ? .encoding : .oddCharacter, default: 0] += 1
        }
        if !edits.isEmpty {
            let (edited, removed) = edits.applied(to: document)
            result.document = edited
            if removed > 0 { result.removed[.entity] = removed }
        }
        return result
    }

    /// Makes every line end a line feed.
    private static func replaceLineEnds(of text: String, in edits: inout TextEdits) {
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() where byte == 0x0D {
            let isPair = index + 1 < bytes.count && bytes[index + 1] == 0x0A
            edits.replace(TextSpan(start: index, end: index + 1), by: isPair ? "" : "\n")
        }
    }
}
