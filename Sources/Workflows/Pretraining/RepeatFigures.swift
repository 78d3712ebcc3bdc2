import Training

/// How much of the text stands in several of the notes.
struct RepeatFigures: Codable {
    /// Train notes of which most text stands in another one too.
    var notes = 0
    /// The share of the train notes' pieces that their copies make up.
    var share: Double { pieces > 0 ? 1 - weighed / pieces : 0 }
    /// The share of the held-out notes' runs of five words that stand in train notes: what perplexity flatters.
    var heldOutShare: Double { heldOutRuns > 0 ? Double(heldOutKnown) / Double(heldOutRuns) : 0 }
    private var pieces = 0.0
    private var weighed = 0.0
    private var heldOutRuns = 0
    private var heldOutKnown = 0

    mutating func add(note windows: [PretrainingWindow]) {
        let all = windows.reduce(0) { $0 + Double($1.pieceCount) }
        let own = windows.reduce(0) { $0 + Double($1.pieceCount) * $1.weight }
        pieces += all
        weighed += own
        // Two copies weigh a half each, and cut at other places a little more.
        if all > 0, own / all < 0.6 { notes += 1 }
    }

    mutating func add(heldOut share: (known: Int, all: Int)) {
        heldOutKnown += share.known
        heldOutRuns += share.all
    }
}
