import ClinicalText
import Essentials
import Evaluation
import Models

/// How sure a tagger is of what it finds in the dev notes, and how right it is to be: `tagger/calibration.json`.
struct CalibrationReport: Codable {
    /// What was found.
    var calibration: Calibration
    /// Confidences as they come from the network.
    var before: Reliability
    /// Confidences at the temperature found, each note at that found on the notes of the other four fifths.
    var after: Reliability
    /// The same for each type.
    var types: [String: Reliability]
    /// The same by the entities' words: `1`, `2`, `3`, `4+`.
    var words: [String: Reliability]

    private static let folds = 5

    /// Calibrates a tagger on notes with gold.
    ///
    /// - Throws: `InterruptedError` when the user asks to stop.
    init(of tagger: NeuralTagger, on notes: [SegmentedDocument], seed: UInt64) throws {
        let decoded = try tagger.decoded(notes)
        let temperature = tagger.temperature(of: decoded, in: notes)
        let outcomes = tagger.outcomes(of: decoded, in: notes, temperature: temperature)
        let gold = Dictionary(
            notes.flatMap { $0.document.entities.map { ($0.type, 1) } }, uniquingKeysWith: +)
        calibration = Calibration(
            temperature: temperature, thresholds: NeuralTagger.thresholds(outcomes, gold: gold))
        before = Self.reliability(tagger.outcomes(of: decoded, in: notes, temperature: 1))
        // Notes that a temperature was chosen on do not tell what it is worth on others.
        var generator = SeededGenerator(seed: seed).derived("calibration")
        let order = notes.indices.shuffled(using: &generator)
        let unseen = (0..<Self.folds).flatMap { fold in
            let parts = [false, true].map { isHeldOut in
                order.indices.filter { ($0 % Self.folds == fold) == isHeldOut }.map { order[$0] }
            }
            let found = tagger.temperature(of: parts[0].map { decoded[$0] }, in: parts[0].map { notes[$0] })
            return tagger.outcomes(
                of: parts[1].map { decoded[$0] }, in: parts[1].map { notes[$0] }, temperature: found)
        }
        after = Self.reliability(unseen)
        types = Dictionary(grouping: unseen, by: \.type).mapValues(Self.reliability)
        words = Dictionary(grouping: unseen) { $0.words < 4 ? "\($0.words)" : "4+" }.mapValues(Self.reliability)
    }

    private static func reliability(_ outcomes: [NeuralTagger.Outcome]) -> Reliability {
        Reliability(outcomes.map { (confidence: $0.confidence, isCorrect: $0.isCorrect) })
    }
}
