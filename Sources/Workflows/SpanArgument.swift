import ClinicalText
import Essentials

/// A span as the command line writes it: `120-134` in code points, or the words themselves.
public struct SpanArgument: Sendable {
    private let text: String

    /// Takes what was written.
    public init(_ text: String) { self.text = text }

    /// The span in a document; words stand for their first occurrence.
    ///
    /// - Throws: ``WorkflowError/unknownSpan(document:)``, which does not repeat the words.
    func span(in document: Document) throws -> TextSpan {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        if ends.count == 2, let start = ends[0], let end = ends[1] {
            guard start < end, let span = TextOffsets(document.text).span(ofCodePoints: start, end) else {
                throw WorkflowError.unknownSpan(document: document.id)
            }
            return span
        }
        let wanted = Array(text.utf8)
        let bytes = Array(document.text.utf8)
        guard !wanted.isEmpty, bytes.count >= wanted.count,
            let start = (0...bytes.count - wanted.count).first(where: {
                bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
            })
        else { throw WorkflowError.unknownSpan(document: document.id) }
        return TextSpan(start: start, end: start + wanted.count)
    }
}
