import ClinicalText
import Training

/// What the train step leaves for the report.
struct TrainSummary: Codable {
    var types: [String]
    var history: [EpochRecord]
    /// Pieces trained on, all epochs, `[CLS]` and `[SEP]` counted.
    var pieces: Int
    /// Seconds of training, validation and checkpoints not counted.
    var seconds: Double
    var bestF1: Double
    var productPath: String
    var alignment: AlignmentCounts

    var piecesPerSecond: Double { seconds > 0 ? Double(pieces) / seconds : 0 }
}

/// What became of the training entities when they were written as tags, all stages together.
struct AlignmentCounts: Codable {
    var exact: Int
    var widened: Int
    var overlapping: Int
    var discontinuous: Int
    var empty: Int

    init(_ alignment: TagAlignment) {
        exact = alignment.exact
        widened = alignment.widened
        overlapping = alignment.overlapping
        discontinuous = alignment.discontinuous
        empty = alignment.empty
    }
}
