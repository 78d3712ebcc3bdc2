import Foundation
import Models

/// What a tagger's folder says of itself to people: `README.md`, laid out as Hugging Face's model cards are.
///
/// It holds no text of notes.
struct ModelCard {
    let run: Run
    let types: [String]
    /// What the tagger is made of, in words.
    let architecture: String
    let summary: TrainSummary
    let calibration: CalibrationReport?

    var text: String {
        let best = summary.history.last { $0.isBest }
        func figure(_ name: String) -> String { best?.scores[name].map { percent($0) } ?? "–" }
        var lines = [
            "---", "library_name: clinner", "tags: [token-classification, clinical]", "---", "",
            "# \(run.experiment.title.isEmpty ? run.experiment.name : run.experiment.title)", "",
            "A named-entity recognizer for clinical notes: \(architecture).", "", "## Entity types", "",
        ]
        lines += types.map { "- \($0)" }
        lines += [
            "",
            "Tags are BIO. Long notes are cut into windows of \(run.experiment.windows.maxPieces) pieces that share up to "
                + "\(run.experiment.windows.overlap); `clinner.json` has what tagging repeats.",
            "", "## What it was made from", "",
            "- run `\(run.experiment.name)`, seed \(run.experiment.seed), clinner \(clinnerVersion)",
            "- stages: " + run.experiment.train.stages.map(Self.words).joined(separator: ", then "),
        ]
        lines += run.inputs.sorted { $0.key < $1.key }.map { "- `\($0.key)`: SHA-256 `\($0.value)`" }
        lines += [
            "", "## How good it is", "",
            "Strict scores on the dev notes, by which it was chosen, so they flatter a little: precision "
                + "\(figure("precision")), recall \(figure("recall")), F1 \(figure("f1")).",
        ]
        if let calibration {
            lines += [
                "",
                String(
                    format:
                        "Confidences are probabilities of whole entities at temperature %.2f; expected calibration error on "
                        + "dev %.3f (each note at the temperature of the others), %.3f without.",
                    calibration.calibration.temperature, calibration.after.expectedCalibrationError,
                    calibration.before.expectedCalibrationError),
            ]
        }
        lines += [
            "", "## What to keep in mind", "",
            "- It was measured on the notes named above and on no others; on notes of another hospital, specialty or year, "
                + "score it again (`clinner evaluate`, `clinner report`).",
            "- It finds mentions. Whether the patient has what is mentioned is for the attributes `assertion` and "
                + "`temporality`, which come from cues and sections, and for the reader.",
            "- The weights were learned from clinical text and may give parts of it away: keep them as you keep the notes.",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    private static func words(_ stage: TrainStage) -> String {
        let labels: String =
            switch stage.data {
            case .silver: "silver labels"
            case .gold: "gold labels"
            case .mixed: "gold and silver labels"
            case .teacher: "gold labels and those of a teacher"
            }
        let targets = (stage.data == .silver || stage.data == .mixed) && stage.targets != .hard
        return "\(labels)\(targets ? " (\(stage.targets.rawValue))" : ""), \(stage.epochs) epochs"
    }
}
