import ClinicalText

/// Decides what the offsets of a document count.
enum BioCUnitChoice {
    /// The text laid out in the unit in which the most annotations have their own text at their offsets; code points if
    /// there is nothing to choose.
    ///
    /// Without annotations, the unit in which the fewest passages begin before the end of the one before them.
    ///
    /// - Throws: ``CorpusError`` for passages that have no place in any unit.
    static func laidText(of document: BioCDocument, file: String) throws -> BioCLaidText {
        let plain = try BioCLaidText(document, unit: .codePoints, file: file)
        guard plain.text.utf8.contains(where: { $0 >= 0x80 }) else { return plain }
        var best = plain
        var bestScore = score(of: plain, document)
        for unit in [BioCOffsetUnit.utf8, .utf16] {
            guard let laid = try? BioCLaidText(document, unit: unit, file: file) else { continue }
            let score = score(of: laid, document)
            if score > bestScore {
                best = laid
                bestScore = score
            }
        }
        return best
    }

    private static func score(of laid: BioCLaidText, _ document: BioCDocument) -> (matches: Int, fits: Int) {
        let offsets = TextOffsets(laid.text)
        func matches(_ annotations: [BioCDocument.Annotation], _ container: String) -> Int {
            annotations.count { annotation in
                guard let surface = annotation.text, !annotation.locations.isEmpty else { return false }
                let spans = annotation.locations.compactMap { location -> TextSpan? in
                    let end = location.start.addingReportingOverflow(location.length)
                    guard !end.overflow, let first = laid.codePoint(of: location.start, in: container),
                        let last = laid.codePoint(of: end.partialValue, in: container)
                    else { return nil }
                    return offsets.span(ofCodePoints: first, last)
                }
                return spans.count == annotation.locations.count
                    && Surface.matches(surface, text: laid.text, spans: spans)
            }
        }
        var count = matches(document.annotations, BioCKeys.document)
        for (number, passage) in document.passages.enumerated() {
            count += matches(passage.annotations, String(number))
            for (index, sentence) in passage.sentences.enumerated() {
                count += matches(sentence.annotations, "\(number).\(index)")
            }
        }
        return (count, -laid.moved.count)
    }
}
