import ClinicalText

/// Which places of a changed text belong to which places of the original.
///
/// Only the changed places are kept; between two of them the texts run in parallel.
struct TextAlignment: Sendable {
    /// A changed place: a range of the original and what stands for it; either may be empty, not both.
    struct Edit: Hashable, Sendable {
        var original: Range<Int>
        var changed: Range<Int>

        // A key path would ask the runtime for its types at each access.
        @inline(__always)
        fileprivate subscript(side: Side) -> Range<Int> { side == .original ? original : changed }
    }

    fileprivate enum Side {
        case original
        case changed
    }

    /// In the order of the text, not overlapping.
    private(set) var edits: [Edit]

    init(edits: [Edit] = []) { self.edits = edits }

    /// Adds an edit behind all others.
    mutating func append(_ edit: Edit) { edits.append(edit) }

    /// Lets the last edit's changed range end at `end`.
    mutating func extendLast(to end: Int) {
        guard let last = edits.last else { return }
        edits[edits.count - 1].changed = last.changed.lowerBound..<end
    }

    func original(of span: TextSpan) -> TextSpan { map(span, from: .changed, to: .original) }

    func changed(of span: TextSpan) -> TextSpan { map(span, from: .original, to: .changed) }

    func originalOffset(of offset: Int) -> Int { mapStart(offset, from: .changed, to: .original) }

    func changedOffset(of offset: Int) -> Int { mapStart(offset, from: .original, to: .changed) }

    /// The smallest span of the other text that holds all of `span`; an edit that `span` cuts counts whole.
    private func map(_ span: TextSpan, from source: Side, to target: Side) -> TextSpan {
        if edits.isEmpty { return span }
        let start = mapStart(span.start, from: source, to: target)
        if span.isEmpty { return TextSpan(start: start, end: start) }
        // What was removed right after the span is not part of it: only edits that begin before its end count.
        guard let edit = lastEdit(where: { $0[source].lowerBound < span.end }) else {
            return TextSpan(start: start, end: span.end)
        }
        let past = max(0, span.end - edit[source].upperBound)
        return TextSpan(start: start, end: max(start, edit[target].upperBound + past))
    }

    private func mapStart(_ start: Int, from source: Side, to target: Side) -> Int {
        guard let edit = lastEdit(where: { $0[source].lowerBound <= start }) else { return start }
        if start < edit[source].upperBound { return edit[target].lowerBound }
        return edit[target].upperBound + start - edit[source].upperBound
    }

    private func lastEdit(where holds: (Edit) -> Bool) -> Edit? {
        var low = 0
        var high = edits.count
        while low < high {
            let middle = (low + high) / 2
            if holds(edits[middle]) { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? edits[low - 1] : nil
    }

    /// The alignment of two changes one after the other; `next` starts from this one's changed text.
    func followed(by next: TextAlignment) -> TextAlignment {
        if next.edits.isEmpty { return self }
        if edits.isEmpty { return next }
        // Where each edit lies in the middle text, and how far it moves what follows in one of the outer texts.
        let steps =
            edits.map {
                (middle: $0.changed, isFirst: true, shift: $0.original.upperBound - $0.changed.upperBound)
            }
            + next.edits.map {
                (middle: $0.original, isFirst: false, shift: $0.changed.upperBound - $0.original.upperBound)
            }
        let sorted = steps.sorted {
            ($0.middle.lowerBound, $0.middle.upperBound) < ($1.middle.lowerBound, $1.middle.upperBound)
        }
        var result = TextAlignment()
        var originalShift = 0
        var changedShift = 0
        var index = 0
        while index < sorted.count {
            let start = sorted[index].middle.lowerBound
            let originalStart = start + originalShift
            let changedStart = start + changedShift
            // Edits that overlap in the middle text become one.
            var end = start
            repeat {
                let step = sorted[index]
                if step.isFirst { originalShift = step.shift } else { changedShift = step.shift }
                end = max(end, step.middle.upperBound)
                index += 1
            } while index < sorted.count && sorted[index].middle.lowerBound < end
            result.append(
                Edit(original: originalStart..<end + originalShift, changed: changedStart..<end + changedShift))
        }
        return result
    }
}
