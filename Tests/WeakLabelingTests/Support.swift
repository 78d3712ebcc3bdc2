import ClinicalText
import Foundation
import Lexicons
import TestSupport
import TextProcessing

@testable import WeakLabeling

/// The document of a text with inline marks (see `document(marked:)`), divided; `headers` are lines of a header table.
func segmented(_ marked: String, id: String = "note", headers: [String] = []) throws -> SegmentedDocument {
    let note = document(marked: marked, id: id)
    guard !headers.isEmpty else { return DocumentSegmenter(sectionHeaders: .none).segment(note) }
    return try withTemporaryFolder { folder in
        let path = "\(folder)/headers.tsv"
        try ("header\tsection\n" + headers.joined(separator: "\n") + "\n").write(
            toFile: path, atomically: true, encoding: .utf8)
        return DocumentSegmenter(sectionHeaders: try SectionHeaders(contentsOf: path)).segment(note)
    }
}

/// A lexicon of terms of one type; a term that begins with `=` is case-sensitive.
func lexicon(_ name: String, _ type: String?, _ terms: [String]) -> Lexicon {
    Lexicon(
        name: name,
        entries: terms.enumerated().map { index, term in
            LexiconEntry(
                term: term.hasPrefix("=") ? String(term.dropFirst()) : term, type: type,
                isCaseSensitive: term.hasPrefix("="), line: index + 2)
        })
}

/// The surfaces of token ranges in a document.
func surfaces(_ ranges: [Range<Int>], in document: SegmentedDocument) -> [String] {
    ranges.map { range in
        let tokens = document.segmentation.tokens
        return String(
            document.document.text(of: tokens[range.lowerBound].span.union(tokens[range.upperBound - 1].span)))
    }
}

/// `Type:surface` of a document's entities.
func found(_ document: Document) -> [String] {
    document.entities.map { "\($0.type):\(document.surface(of: $0))" }
}
