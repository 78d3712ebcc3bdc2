import ClinicalText

/// Finds the spans of one annotation file's mentions, whichever way its author counted tokens.
///
/// A place means what agrees with the text given with it: tokens as runs without white space or, where that does not
/// agree, pieces between single blanks. If both agree, the way that agrees more often in the file decides. If none does,
/// the place wins over the text, and that is noted.
struct LineTokenAlignment {
    private struct Candidate {
        let spans: [TextSpan]
        let agreement: Surface.Agreement
    }

    private let file: String
    private let document: String
    private let text: String
    private let offsets: TextOffsets
    private let ignoresCase: Bool
    private let isRepairing: Bool
    private let runs: LineTokenOffsets
    /// Nothing if every text agrees without it.
    private let blanks: LineTokenOffsets?
    private let prefersBlanks: Bool
    private var searchBudget = 1 << 24
    private var asRuns = 0
    private var asBlanks = 0
    private var exceptPunctuation = 0
    private var different = 0
    /// What is odd about the mentions.
    private(set) var faults: [CorpusFault] = []

    /// Prepares the alignment of all `mentions` of `file` with the text that `check` is for.
    init(_ mentions: [LineTokenMention], file: String, ignoringCase: Bool, check: MentionCheck, isRepairing: Bool) {
        self.file = file
        document = check.document ?? ""
        let text = check.text
        self.text = text
        offsets = check.offsets
        ignoresCase = ignoringCase
        self.isRepairing = isRepairing
        let runs = LineTokenOffsets(text)
        self.runs = runs
        func agreeing(_ offsets: LineTokenOffsets) -> Int {
            mentions.count {
                Self.candidate(for: $0, offsets, text: text, ignoringCase: ignoringCase)?.agreement == .same
            }
        }
        let agreeingAsRuns = agreeing(runs)
        if agreeingAsRuns < mentions.count {
            let blanks = LineTokenOffsets(text, tokens: .singleSpace)
            self.blanks = blanks
            prefersBlanks = agreeing(blanks) > agreeingAsRuns
        } else {
            blanks = nil
            prefersBlanks = false
        }
    }

    /// The spans of a mention, in the order of the text.
    ///
    /// - Throws: ``CorpusError/fault(_:)`` for a place that the note does not have, unless a repair finds the right one.
    mutating func spans(of mention: LineTokenMention, check: inout MentionCheck) throws -> [TextSpan] {
        let asRuns = candidate(for: mention, runs)
        let asBlanks = blanks.flatMap { candidate(for: mention, $0) }
        guard let best = best(asRuns, asBlanks) else { return [try foundElsewhere(mention)] }
        switch best.agreement {
        case .same where best.spans == asRuns?.spans: self.asRuns += 1
        case .same: self.asBlanks += 1
        case .exceptPunctuation: exceptPunctuation += 1
        case .different:
            different += 1
            if let place = movedPlace(of: mention, from: best.spans) { return [place] }
        }
        guard best.spans.count > 1 else { return best.spans }
        return check.ordered(best.spans, id: mention.description, line: mention.line)
    }

    /// Hands over what is odd about the mentions, and in one fault how many agree with their texts, if not all do.
    mutating func report(to context: inout ReadContext) {
        context.note(faults)
        faults = []
        guard asBlanks + exceptPunctuation + different > 0 else { return }
        let parts = [
            (asBlanks, "only with tokens counted between single blanks"),
            (exceptPunctuation, "but for punctuation at the ends"), (different, "not at all"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let total = asRuns + asBlanks + exceptPunctuation + different
        context.note(
            CorpusFault(
                .surfaceMismatch, file: file, document: document,
                message: "of \(total) quoted texts \(asRuns) agree with the note, \(parts.joined(separator: ", "))"))
    }

    private func best(_ asRuns: Candidate?, _ asBlanks: Candidate?) -> Candidate? {
        guard let asRuns, let asBlanks else { return asRuns ?? asBlanks }
        if asRuns.agreement == asBlanks.agreement {
            // Without agreement the rule of the format decides, not the habit of the file.
            return prefersBlanks && asRuns.agreement == .same ? asBlanks : asRuns
        }
        return asRuns.agreement < asBlanks.agreement ? asRuns : asBlanks
    }

    private func candidate(for mention: LineTokenMention, _ offsets: LineTokenOffsets) -> Candidate? {
        Self.candidate(for: mention, offsets, text: text, ignoringCase: ignoresCase)
    }

    private static func candidate(
        for mention: LineTokenMention, _ offsets: LineTokenOffsets, text: String, ignoringCase: Bool
    ) -> Candidate? {
        let spans = mention.places.compactMap(offsets.span)
        guard spans.count == mention.places.count else { return nil }
        return Candidate(
            spans: spans,
            agreement: Surface.agreement(of: mention.surface, with: spans, of: text, ignoringCase: ignoringCase))
    }

    /// Notes that a mention's text is not the note's, and in a repair moves it to where its text stands nearby.
    private mutating func movedPlace(of mention: LineTokenMention, from spans: [TextSpan]) -> TextSpan? {
        let isPlural = spans.count == 1 && Surface.isBeginning(mention.surface, of: spans[0], of: text)
        let place = spans.count == 1 && !isPlural ? place(of: mention, near: spans[0]) : nil
        let isRepaired = isRepairing && place != nil
        let fix = place.flatMap { runs.place(of: $0) }.map { "move it to \($0.place), where its text stands" }
        faults.append(
            CorpusFault(
                .surfaceMismatch, file: file, line: mention.line,
                offset: offsets.codePointOffset(ofUTF8: spans[0].start), document: document,
                message: "the text given with \(mention.description) differs from the note there",
                fix: fix ?? "correct its place or its text", isRepaired: isRepaired))
        return isRepaired ? place : nil
    }

    /// Where a mention stands whose place the note does not have.
    private mutating func foundElsewhere(_ mention: LineTokenMention) throws -> TextSpan {
        var fault = problem(with: mention)
        guard isRepairing, mention.places.count == 1, let place = reversed(mention) ?? place(of: mention, near: nil)
        else {
            throw CorpusError.fault(fault)
        }
        fault.isRepaired = true
        fault.fix = "move it to \(runs.place(of: place)?.place.description ?? ""), where its text stands"
        faults.append(fault)
        asRuns += 1
        return place
    }

    private func problem(with mention: LineTokenMention) -> CorpusFault {
        var kind = FaultKind.offsetsBeyondText
        let message: String
        var fix = "check that the annotations belong to this note and count "
        switch mention.places.lazy.compactMap(runs.problem).first {
        case .reversed, nil:
            kind = .reversedOffsets
            message = "\(mention.description) ends before it starts"
            fix = "correct its place"
        case .negative(let position):
            message = "\(mention.name) is at \(position), but lines are counted from 1 and tokens from 0"
            fix = "correct its place"
        case .noLine(let position):
            message = "\(mention.name) is at \(position), but the note has \(runs.lineCount) lines"
            fix += "lines from 1"
        case .noToken(let position, let count):
            message = "\(mention.name) is at \(position), but line \(position.line) of the note has \(count) tokens"
            fix += "tokens from 0"
        }
        return CorpusFault(
            kind, severity: .error, file: file, line: mention.line, document: document, message: message, fix: fix)
    }

    /// The span of a place whose ends are exchanged, if its text stands there.
    private func reversed(_ mention: LineTokenMention) -> TextSpan? {
        guard let span = runs.span(of: mention.places[0].reversed),
            Surface.agreement(of: mention.surface, with: [span], of: text, ignoringCase: ignoresCase) < .different
        else { return nil }
        return span
    }

    /// Where a mention's text stands as whole tokens: the only place or, near a span, the nearest one no more than a
    /// line away.
    private mutating func place(of mention: LineTokenMention, near span: TextSpan?) -> TextSpan? {
        let found = Surface.places(
            of: Surface.singleBlanks(mention.surface[...]), in: text, ignoringCase: ignoresCase, budget: &searchBudget)
        // With as many the nearest one may not be among them.
        guard found.count < 100 else { return nil }
        let places = found.filter { runs.place(of: $0)?.isExact == true }
        guard let span else { return places.count == 1 ? places[0] : nil }
        let line = mention.places[0].first.line
        let near = places.filter { place in
            runs.place(of: place).map { abs($0.place.first.line - line) <= 1 } ?? false
        }.sorted { abs($0.start - span.start) < abs($1.start - span.start) }
        guard let nearest = near.first else { return nil }
        let isClear = near.count == 1 || abs(nearest.start - span.start) < abs(near[1].start - span.start)
        return isClear ? nearest : nil
    }
}
