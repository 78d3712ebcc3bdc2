import Foundation

/// The page of an adaptation, laid out: the template only places what stands here.
struct PretrainingView {
    struct DomainRow {
        let name: String
        let kind: String
        let notes: String
        let before: String
        let after: String
        let change: String
    }

    struct EpochRow {
        let stage: String
        let epoch: Int
        let loss: String
        let cells: [String]
    }

    struct WordRow {
        let word: String
        let spelling: String
        let pieceCount: String
        let count: String
        let notes: String
        let cost: String
    }

    struct LengthRow {
        let pieces: String
        let words: String
        let share: String
    }

    let style: String
    let pageTitle: String
    let runName: String
    let basis: String
    let perplexityBefore: String
    let perplexityAfter: String
    let change: String
    let heldOut: String
    /// At most one.
    let probes: [(before: String, after: String)]
    let charts: [LineChart]
    let domainRows: [DomainRow]
    let hasDomains: Bool
    let scoreNames: [String]
    let epochRows: [EpochRow]
    let repeats: String
    let vocabularyLine: String
    let lengthRows: [LengthRow]
    let shatteredRows: [WordRow]
    let hasShattered: Bool
    let addedRows: [WordRow]
    let hasAdded: Bool
    let addedCount: String

    init(_ report: PretrainingReport, style: String) {
        self.style = style
        pageTitle = report.title
        runName = report.runName
        let rate = report.seconds > 0 ? Double(report.pieces) / report.seconds : 0
        basis =
            "\(Figures.count(report.trainNotes, "note")), \(Figures.count(report.pieces, "piece")) in "
            + "\(Figures.duration(report.seconds)), \(Figures.count(Int(rate), "piece")) a second"
        perplexityBefore = Self.perplexity(report.perplexityBefore)
        perplexityAfter = Self.perplexity(report.perplexityAfter)
        change = Self.change(report.perplexityBefore, report.perplexityAfter)
        heldOut = Figures.count(report.heldOutNotes, "held-out note")
        probes = report.probe.map { [(Figures.score($0.before), Figures.score($0.after))] } ?? []
        charts = [Self.lossChart(report), Self.probeChart(report)].compactMap { $0 }
        hasDomains = report.domains.count > 1
        domainRows = report.domains.map { domain in
            DomainRow(
                name: domain.name, kind: domain.isTrainedOn ? "trained on" : "only measured",
                notes: Figures.count(domain.notes), before: Self.perplexity(domain.before),
                after: Self.perplexity(domain.after), change: Self.change(domain.before, domain.after))
        }
        let names = Set(report.epochs.flatMap { $0.scores.keys }).sorted()
        scoreNames = names.map { $0 == "probe f1" ? "Probe’s F1" : $0.prefix(1).uppercased() + $0.dropFirst() }
        epochRows = report.epochs.map { epoch in
            EpochRow(
                stage: epoch.stage, epoch: epoch.number, loss: Figures.score(epoch.loss),
                cells: names.map { name in
                    epoch.scores[name].map { name == "probe f1" ? Figures.score($0) : Self.perplexity($0) } ?? "–"
                })
        }
        repeats = Self.repeats(report)
        let vocabulary = report.vocabulary
        let fertility = vocabulary.words > 0 ? Double(vocabulary.pieces) / Double(vocabulary.words) : 0
        vocabularyLine =
            "\(Figures.count(vocabulary.words, "word")) take \(String(format: "%.2f", fertility)) pieces each; "
            + (vocabulary.unknownWords == 0
                ? "every one can be spelled." : "\(Figures.count(vocabulary.unknownWords)) cannot be spelled at all.")
        let longest = 6
        lengthRows = vocabulary.wordsByPieces.prefix(longest).indices.map { index in
            let isLast = index == longest - 1 && vocabulary.wordsByPieces.count > longest
            let words = isLast ? vocabulary.wordsByPieces[index...].reduce(0, +) : vocabulary.wordsByPieces[index]
            return LengthRow(
                pieces: isLast ? "\(index + 1) or more" : "\(index + 1)", words: Figures.count(words),
                share: Figures.percent(Double(words) / Double(max(1, vocabulary.words))))
        }
        shatteredRows = vocabulary.shattered.map(Self.row)
        hasShattered = !vocabulary.shattered.isEmpty
        addedRows = vocabulary.added.prefix(40).map(Self.row)
        hasAdded = !vocabulary.added.isEmpty
        addedCount = Figures.count(vocabulary.added.count, "word")
    }

    private static func row(_ word: PretrainingReport.Word) -> WordRow {
        WordRow(
            word: word.text, spelling: word.pieces.joined(separator: " "), pieceCount: Figures.count(word.pieces.count),
            count: Figures.count(word.count), notes: Figures.count(word.notes),
            cost: Figures.count(word.count * (word.pieces.count - 1)))
    }

    private static func perplexity(_ value: Double) -> String {
        value.isFinite ? String(format: value < 1000 ? "%.2f" : "%.0f", value) : "–"
    }

    private static func change(_ before: Double, _ after: Double) -> String {
        guard before.isFinite, after.isFinite, before > 0 else { return "–" }
        let change = after / before - 1
        return (change > 0 ? "+" : "−") + Figures.percent(abs(change))
    }

    private static func repeats(_ report: PretrainingReport) -> String {
        let copies =
            report.repeatedShare < 0.005
            ? "Hardly any text stands in more than one note."
            : "Copies make up \(Figures.percent(report.repeatedShare)) of the notes’ text"
                + (report.repeatedNotes == 0
                    ? ", here and there a passage."
                    : "; of \(Figures.count(report.repeatedNotes, "note")) most stands in other notes too.")
        let flattered =
            report.heldOutRepeatedShare < 0.005
            ? ""
            : " Of the held-out notes’ text, \(Figures.percent(report.heldOutRepeatedShare)) also stands in notes that "
                + "were trained on, which makes the perplexity look better than it is."
        return copies + flattered
    }

    private static func lossChart(_ report: PretrainingReport) -> LineChart? {
        LineChart(
            title: "Masked-LM loss", xTitle: "optimizer step", yTitle: "nats a masked piece",
            series: [.init(name: "Loss at step", values: report.curve.map { (Double($0.step), $0.loss) })], decimals: 1)
    }

    private static func probeChart(_ report: PretrainingReport) -> LineChart? {
        let values = report.epochs.enumerated().compactMap { place, epoch in
            epoch.scores["probe f1"].map { (x: Double(place + 1), y: $0) }
        }
        return LineChart(
            title: "Probe", xTitle: "epoch, one stage after the other", yTitle: "dev F1 of a linear head",
            series: [.init(name: "F1 after epoch", values: values)], decimals: 2)
    }
}
