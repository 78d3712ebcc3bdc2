import ClinicalText
import ErrorAnalysis
import Essentials
import Evaluation
import Reporting
import TestSupport

/// A run that never was: invented notes, predictions that err in every way, figures that fit together.
enum MadeUpRun {
    static let types = ["Disease", "Symptom", "Medication", "Dosage", "Frequency", "Route", "Procedure", "Test"]

    private static let sentences = [
        "Presents with [shortness of breath|Symptom] and [CP|Symptom] for two days.",
        "Hx of [COPD|Disease], [type 2 diabetes mellitus|Disease] and [HTN|Disease].",
        "Started [metoprolol|Medication] [25 mg|Dosage] [PO|Route] [BID|Frequency].",
        "Denies [nausea|Symptom], [vomiting|Symptom] or [fevers & chills|Symptom] overnight.",
        "[CT of the abdomen|Test] showed [acute on chronic systolic heart failure exacerbation|Disease].",
        "Underwent [right total knee arthroplasty|Procedure] without complication.",
        "[CBC|Test] and [BMP|Test] unremarkable; [troponin|Test] pending.",
        "Continue [insulin glargine|Medication] [10 units|Dosage] [subcutaneously|Route] [at bedtime|Frequency].",
        "Ongoing [pain out of proportion to the findings on exam|Symptom], worse with movement.",
        "[Lap chole|Procedure] planned once [INR|Test] < 1.5.",
        "Discharged on [lisinopril|Medication] [10 mg|Dosage] [daily|Frequency] and [ASA|Medication] [81 mg|Dosage].",
        "No [edema|Symptom]; [chest x-ray|Test] with [left lower lobe pneumonia|Disease].",
    ]

    /// Notes of a header line and sentences, with what a mediocre tagger would have made of them.
    static func notes(_ count: Int, seed: UInt64) -> (gold: [SegmentedDocument], predicted: [Document]) {
        var generator = SeededGenerator(seed: seed)
        var gold: [SegmentedDocument] = []
        var predicted: [Document] = []
        for id in 0..<count {
            var lines: [String] = []
            for header in ["HPI", "ASSESSMENT AND PLAN"] {
                lines.append("\(header):")
                lines += (0..<4).map { _ in sentences[Int(generator.next(upperBound: UInt64(sentences.count)))] }
            }
            let note = segmented(document(marked: lines.joined(separator: "\n"), id: "note-\(id + 101)"))
            var tagged = note.document
            tagged.entities = note.document.entities.flatMap { err($0, in: note, with: &generator) }
            gold.append(note)
            predicted.append(tagged)
        }
        return (gold, predicted)
    }

    private static func err(
        _ entity: Entity, in note: SegmentedDocument, with generator: inout SeededGenerator
    ) -> [Entity] {
        let tokens = note.segmentation.tokens(overlapping: entity.hull)
        var found = entity
        found.provenance = .predicted(confidence: 0.4 + 0.59 * generator.unit())
        let difficulty = min(0.75, 0.08 + 0.11 * Double(tokens.count)) * (entity.type == "Symptom" ? 1.4 : 1)
        if generator.unit() > difficulty { return [found] }
        switch Int(generator.next(upperBound: UInt64(6))) {
        case 0, 1: return []
        case 2:
            found.type = entity.type == "Test" ? "Procedure" : entity.type == "Symptom" ? "Disease" : "Symptom"
            return [found]
        case 3 where tokens.count > 1:
            let first = note.segmentation.tokens[tokens.lowerBound + 1].span
            found.spans = [TextSpan(start: first.start, end: entity.hull.end)]
            return [found]
        case 4 where tokens.upperBound < note.segmentation.tokens.count:
            let next = note.segmentation.tokens[tokens.upperBound].span
            var extra = found
            extra.type = "Procedure"
            extra.spans = [next]
            return [found, extra]
        default:
            let before = note.segmentation.tokens[max(tokens.lowerBound - 1, 0)].span
            found.spans = [TextSpan(start: min(before.start, entity.hull.start), end: entity.hull.end)]
            return [found]
        }
    }

    /// One sentence a line, tokens at white space and before punctuation; a line such as `PLAN:` begins a section.
    private static func segmented(_ document: Document) -> SegmentedDocument {
        var sections: [Section] = []
        var sentences: [Sentence] = []
        var tokens: [Token] = []
        var start: Int?
        var first = 0
        var lineStart = 0
        func isWord(_ byte: UInt8) -> Bool { ![10, 32, UInt8(ascii: ","), UInt8(ascii: "."), 58, 59].contains(byte) }
        for (offset, byte) in (Array(document.text.utf8) + [10]).enumerated() {
            if isWord(byte) {
                start = start ?? offset
                continue
            }
            if let begun = start { tokens.append(Token(span: TextSpan(start: begun, end: offset))) }
            start = nil
            if byte != 10, byte != 32 { tokens.append(Token(span: TextSpan(start: offset, end: offset + 1))) }
            guard byte == 10 else { continue }
            let line = document.text(of: TextSpan(start: lineStart, end: offset))
            if line.hasSuffix(":") {
                let name = line.dropLast().lowercased().split(separator: " ").joined(separator: "_")
                sections.append(
                    Section(name: name, header: nil, span: TextSpan(start: lineStart, end: document.text.utf8.count)))
                if sections.count > 1 { sections[sections.count - 2].span.end = lineStart }
            }
            if tokens.count > first {
                sentences.append(
                    Sentence(
                        span: tokens[first].span.union(tokens[tokens.count - 1].span), tokens: first..<tokens.count))
            }
            first = tokens.count
            lineStart = offset + 1
        }
        return SegmentedDocument(
            document: document,
            segmentation: Segmentation(sections: sections, sentences: sentences, tokens: tokens))
    }

    /// The whole summary.
    static func summary(notes count: Int = 24) throws -> RunSummary {
        let (gold, predicted) = notes(count, seed: 4)
        let dev = notes(12, seed: 5)
        let training = TrainingSurfaces([
            ("shortness of breath", "Symptom"), ("COPD", "Disease"), ("HTN", "Disease"), ("metoprolol", "Medication"),
            ("25 mg", "Dosage"), ("PO", "Route"), ("BID", "Frequency"), ("nausea", "Symptom"), ("CBC", "Test"),
            ("edema", "Disease"), ("10 mg", "Dosage"), ("daily", "Frequency"), ("INR", "Procedure"),
        ])
        let test = try Evaluator.evaluate(gold: gold.map(\.document), predicted: predicted, types: types, seed: 1)
        return RunSummary(
            name: "quickstart", title: "Entities in the sample notes", seed: 20_240, encoder: "all-MiniLM-L6-v2",
            corpus: [
                RunSummary.CorpusSplit(name: "train", notes: 12, tokens: 5210, entities: 871),
                RunSummary.CorpusSplit(name: "dev", notes: 6, tokens: 2604, entities: 430),
                RunSummary.CorpusSplit(name: "test", notes: count, tokens: 12_034, entities: test.micro.gold),
                RunSummary.CorpusSplit(name: "unlabeled", notes: 16, tokens: 7350, entities: 0),
            ],
            steps: [
                RunSummary.Step(name: "label", seconds: 2.31), RunSummary.Step(name: "pretrain", seconds: 148.2),
                RunSummary.Step(name: "train", seconds: 201.7), RunSummary.Step(name: "tag", seconds: 6.4),
            ],
            peakMemory: 1_420_000_000,
            labeling: LabelingTable(rows: [
                LabelingTable.Row(
                    function: "lexicon/diseases", types: ["Disease"], votes: 412, coverage: 0.31, overlap: 0.12,
                    conflict: 0.034, estimatedAccuracy: 0.91, precision: 0.88, recall: 0.41),
                LabelingTable.Row(
                    function: "regex/dose_with_unit", types: ["Dosage"], votes: 198, coverage: 0.15, overlap: 0.004,
                    conflict: 0, estimatedAccuracy: 0.97, precision: 0.96, recall: 0.83),
                LabelingTable.Row(
                    function: "section/family_history", types: ["Disease", "Symptom"], votes: 9, coverage: 0.007,
                    overlap: 0.005, conflict: 0.005, estimatedAccuracy: nil),
            ]),
            silver: types.enumerated().map { RunSummary.SilverCount(type: $1, count: 412 - 37 * $0) },
            pretraining: RunSummary.Pretraining(
                perplexityBefore: 18.42, perplexityAfter: 11.07, heldOutNotes: 4,
                curve: (0..<120).map {
                    let wave = 0.08 * Double(($0 * 7919) % 13 - 6) / 6
                    return RunSummary.Pretraining.Point(step: 5 * $0, loss: 2.3 + 0.9 * 30 / Double(30 + $0) + wave)
                }),
            training: (0..<14).map { place in
                let f1 = place < 6 ? 0.42 + 0.03 * Double(place) : 0.74 - 0.2 / Double(place - 4)
                return RunSummary.Epoch(
                    stage: place < 6 ? "silver" : "gold", epoch: place < 6 ? place + 1 : place - 5,
                    loss: 3 / Double(place + 1), devPrecision: f1 + 0.03, devRecall: f1 - 0.03, devF1: f1)
            },
            evaluations: [
                RunSummary.SplitEvaluation(
                    name: "dev",
                    result: try Evaluator.evaluate(
                        gold: dev.gold.map(\.document), predicted: dev.predicted, types: types, seed: 1)),
                RunSummary.SplitEvaluation(name: "test", result: test),
            ],
            errors: try ErrorAnalyzer.analyze(
                gold: gold, predicted: predicted, types: types, trainingSurfaces: training,
                isAbbreviation: { $0.count < 6 && $0.uppercased() == $0 && !$0.contains(" ") }),
            commands: ["make setup", "clinner adapt corpora/quickstart.yml --seed 20240"])
    }
}
