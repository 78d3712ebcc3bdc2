import ClinicalText
import Essentials
import WeakLabeling

/// Says why a span of a note has the silver entity it has, or none.
public struct ExplainJob {
    private let run: Run
    private let note: String
    private let span: SpanArgument

    /// A job on a run's notes; `note` is a document's id.
    public init(run: Run, note: String, span: SpanArgument) {
        self.run = run
        self.note = note
        self.span = span
    }

    /// The explanation, of several lines; it shows text of the note.
    ///
    /// - Throws: ``WorkflowError/unknownNote(id:nearest:)`` and what reading and labeling the notes throws.
    public func text() throws -> String {
        let loader = try run.loader()
        let train = loader.hasTrain ? try loader.train(for: "explain") : []
        let types = try loader.entityTypes(train: train)
        let unlabeled = try loader.unlabeled(for: "explain")
        let labeler = try run.labeler(types: types)
        // Train notes are labeled apart, as in the label step.
        let notes = unlabeled.contains { $0.document.id == note } ? unlabeled : train
        guard let index = notes.firstIndex(where: { $0.document.id == note }) else {
            let ids = (unlabeled + train).map(\.document.id)
            throw WorkflowError.unknownNote(id: note, nearest: NearestName.of(note, in: ids))
        }
        let document = notes[index].document
        let span = try span.span(in: document)
        let explanation = try labeler.explain(
            span, of: index, in: notes, anchors: Array(train.prefix(run.experiment.label.anchorNotes)))
        return lines(explanation, of: span, in: document, labeler: labeler).joined(separator: "\n")
    }

    private func lines(
        _ explanation: SpanExplanation, of span: TextSpan, in document: Document, labeler: SilverLabeler
    ) -> [String] {
        let offsets = TextOffsets(document.text)
        func place(_ span: TextSpan) -> String {
            let range = offsets.codePoints(of: span)
            return "\(range.lowerBound)-\(range.upperBound)"
        }
        func words(_ span: TextSpan) -> String { "“\(ExplainJob.oneLine(document.text(of: span)))”" }
        var lines = ["\(document.id) \(place(span)) \(words(span))", "", "Votes:"]
        if explanation.voices.isEmpty { lines.append("  none; no function speaks about these words") }
        for voice in explanation.voices {
            let source = labeler.source(ofEvidence: voice.evidence)
            let believed =
                explanation.estimatedAccuracies[voice.function].map { ", believed \(Self.rounded($0))" } ?? ""
            lines.append(
                "  \(Self.name(of: voice.claim)) \(place(voice.span)) \(words(voice.span)): \(voice.evidence)"
                    + (source.map { " (\($0.place)\($0.term.map { " `\($0)`" } ?? ""))" } ?? "")
                    + ", strength \(Self.rounded(voice.strength))\(believed)"
                    + (voice.counts ? "" : "; not counted, it lies within a longer vote for something else"))
        }
        lines += ["", "The label model (\(run.experiment.label.labelModel.rawValue)):"]
        for token in explanation.tokens {
            let labels = ["outside"] + labeler.types
            let probable = zip(labels, token.probabilities).filter { $1 >= 0.005 }.sorted { $0.1 > $1.1 }
                .map { "\($0) \(Self.rounded($1))" }.joined(separator: ", ")
            lines.append(
                "  \(words(token.span)) " + (token.isUnknown ? "unknown, taken as outside" : probable))
        }
        lines += ["", "Silver entities:"]
        if explanation.entities.isEmpty {
            lines.append(
                "  none; they need a type that is more probable than outside and at least "
                    + "\(Self.rounded(run.experiment.label.minimumProbability)) (label.minimumProbability)")
        }
        for entity in explanation.entities {
            let attributes = entity.attributes.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }.joined()
            let codes = entity.codes.isEmpty ? "" : ", \(entity.codes.joined(separator: " "))"
            lines.append(
                "  \(entity.type) \(place(entity.hull)) \(words(entity.hull)), probability "
                    + "\(Self.rounded(entity.provenance.probability ?? 1))\(attributes)\(codes)")
            lines.append("    from \(entity.evidence.joined(separator: ", "))")
        }
        return lines
    }

    private static func name(of claim: Vote.Claim) -> String {
        switch claim {
        case .type(let type): "for \(type)"
        case .outside: "for outside"
        case .against(let type): "against \(type)"
        }
    }

    static func rounded(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

    /// A surface without line breaks.
    static func oneLine(_ text: Substring) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
