/// Votes for the whole of mentions that stand side by side: `chronic kidney disease` and `stage III`.
public struct MergeFunction: LabelingFunction {
    /// Unique among the functions of a labeler.
    public let name = "merge"
    private let types: Set<String>

    init(types: Set<String>) { self.types = types }

    /// The votes on a document.
    public func votes(on document: LabelingContext) -> [Vote] {
        let segmentation = document.document.segmentation
        var votes: [Vote] = []
        for type in types.sorted() {
            let runs = Set(document.votes.filter { $0.type == type }.map(\.tokens))
                .sorted { ($0.lowerBound, -$0.count) < ($1.lowerBound, -$1.count) }
            var merged: Range<Int>?
            var parts = 0
            func close() {
                if parts > 1, let merged { votes.append(Vote(tokens: merged, type: type, evidence: name)) }
            }
            for run in runs {
                if let last = merged, run.lowerBound < last.upperBound {
                    // A part of what is there, or another reading of its end.
                    merged = last.lowerBound..<max(last.upperBound, run.upperBound)
                } else if let last = merged, run.lowerBound == last.upperBound,
                    segmentation.sentenceIndex(ofToken: run.lowerBound)
                        == segmentation.sentenceIndex(ofToken: last.lowerBound)
                {
                    merged = last.lowerBound..<run.upperBound
                    parts += 1
                } else {
                    close()
                    merged = run
                    parts = 1
                }
            }
            close()
        }
        return votes
    }
}
