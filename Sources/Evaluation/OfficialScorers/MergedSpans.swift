import ClinicalText

/// The spans of a document as MEDDOCAN's sub-track 2 compares them: as they are, and merged with their neighbors where
/// no letter or digit lies between them.
struct MergedSpans {
    /// The spans in the order of the text.
    let spans: [TextSpan]
    /// The same, merged.
    let merged: [TextSpan]

    init(_ document: Document) {
        spans = document.entities.map(\.hull).sorted()
        var merged: [TextSpan] = []
        for span in spans {
            if let last = merged.last, Self.isOpen(document, from: last.end, to: span.start) {
                // As in the script, a span that ends inside the one before it shortens what is merged.
                merged[merged.count - 1] = TextSpan(start: last.start, end: span.end)
            } else {
                merged.append(span)
            }
        }
        self.merged = merged
    }

    /// Counts spans that are equal either way; what lies within something that was found is not wrong or missed.
    func counts(predicted: MergedSpans) -> Counts {
        let (gold, system) = (Set(spans), Set(predicted.spans))
        let found = gold.intersection(system).union(Set(merged).intersection(predicted.merged))
        let cover = Cover(found)
        return Counts(
            truePositives: found.count,
            falsePositives: system.subtracting(gold).count { !cover.contains($0) },
            falseNegatives: gold.subtracting(system).count { !cover.contains($0) })
    }

    /// Whether there is no letter or digit from one place to another; so it is, too, where spans overlap.
    private static func isOpen(_ document: Document, from start: Int, to end: Int) -> Bool {
        guard start < end else { return true }
        return !document.text(of: TextSpan(start: start, end: end)).unicodeScalars.contains(where: isLetterOrNumber)
    }

    /// What Python's `isalnum` calls a letter or digit; combining marks are neither.
    private static func isLetterOrNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: scalar.properties.numericType != nil
        }
    }

    /// Answers whether a span lies within one of a set.
    private struct Cover {
        private let starts: [Int]
        private let furthestEnd: [Int]

        init(_ spans: Set<TextSpan>) {
            let sorted = spans.sorted()
            starts = sorted.map(\.start)
            var furthest = Int.min
            furthestEnd = sorted.map { span in
                furthest = max(furthest, span.end)
                return furthest
            }
        }

        func contains(_ span: TextSpan) -> Bool {
            var (low, high) = (0, starts.count)
            while low < high {
                let middle = (low + high) / 2
                if starts[middle] <= span.start { low = middle + 1 } else { high = middle }
            }
            return low > 0 && furthestEnd[low - 1] >= span.end
        }
    }
}
