import ClinicalText
import Essentials
import Foundation
import SequenceInference
import TestSupport
import Testing
import Tokenization
import Torch

@testable import Models

struct CalibrationTests {
    private typealias Outcome = NeuralTagger.Outcome

    private func outcome(_ confidence: Double, _ isCorrect: Bool, type: String = "A") -> Outcome {
        Outcome(document: 0, type: type, words: 1, confidence: confidence, isCorrect: isCorrect)
    }

    @Test("a threshold leaves out what costs F1, and nothing where nothing does")
    func thresholds() {
        let outcomes =
            [outcome(0.9, true), outcome(0.8, true), outcome(0.3, false), outcome(0.2, false)]
            + [outcome(0.9, true, type: "B"), outcome(0.4, true, type: "B")] + [outcome(0.5, false, type: "C")]
        let found = NeuralTagger.thresholds(outcomes, gold: ["A": 2, "B": 5])
        #expect(found == ["A": 0.8, "B": 0, "C": 0])
        // Entities that are equally sure go together.
        #expect(
            NeuralTagger.thresholds(
                [outcome(0.9, true), outcome(0.5, true), outcome(0.5, false), outcome(0.1, false)], gold: ["A": 2])
                == ["A": 0.5])
    }

    /// Documents of tiny words, and a tagger whose scores are far too sure.
    private func tagger(in folder: String) throws -> (NeuralTagger, [SegmentedDocument]) {
        try TinyModel.writeEncoder(to: "\(folder)/encoder")
        let model = try TaggerNetwork(
            encoderFolder: "\(folder)/encoder", types: TinyModel.scheme.types, architecture: .init(lstmUnits: 6),
            seed: 2)
        for name in ["classifier.weight", "crf.transitions"] {
            try #require(model.parameters[name]).withMutableFloats { for i in $0.indices { $0[i] *= 300 } }
        }
        let reader = WordReader(
            tokenizer: try WordPieceTokenizer(folder: "\(folder)/encoder"), windows: WindowLayout(),
            architecture: model.architecture)
        var generator = SeededGenerator(seed: 3)
        let documents = (0..<12).map { index in
            var (text, tokens): (String, [Token]) = ("", [])
            for _ in 0..<20 {
                if !text.isEmpty { text += " " }
                let start = text.utf8.count
                text += "w\(Int.random(in: 0..<25, using: &generator))"
                tokens.append(Token(span: TextSpan(start: start, end: text.utf8.count)))
            }
            let sentence = Sentence(span: TextSpan(start: 0, end: text.utf8.count), tokens: 0..<20)
            return SegmentedDocument(
                document: Document(id: "d\(index)", text: text),
                segmentation: Segmentation(sections: [], sentences: [sentence], tokens: tokens))
        }
        return (NeuralTagger(model: model, reader: reader), documents)
    }

    @Test("the temperature is that of the least loss, finds the same, and is kept in the folder")
    func temperature() throws {
        try withTemporaryFolder { folder in
            var (tagger, documents) = try tagger(in: folder)
            let found = try tagger.entities(in: documents)
            #expect(found.reduce(0) { $0 + $1.count } > 40)
            // Two of three entities are right, though the network is all but certain of each.
            for index in documents.indices {
                documents[index].document.entities = found[index].enumerated().filter { $0.offset % 3 != 0 }.map(
                    \.element)
            }
            let decoded = try tagger.decoded(documents)
            func loss(_ temperature: Double) -> Double {
                tagger.outcomes(of: decoded, in: documents, temperature: temperature).reduce(0) {
                    let probability = min(max($1.confidence, 1e-6), 1 - 1e-6)
                    return $0 - log($1.isCorrect ? probability : 1 - probability)
                }
            }
            let best = tagger.temperature(of: decoded, in: documents)
            #expect(best > 1.5)
            for other in [0.5 * best, 0.8 * best, 1.25 * best, 2 * best] where other < 8 && other > 0.2 {
                #expect(loss(best) <= loss(other) + 1e-3, "\(best) and \(other)")
            }
            let warm = tagger.outcomes(of: decoded, in: documents, temperature: best)
            let cold = tagger.outcomes(of: decoded, in: documents, temperature: 1)
            #expect(warm.map(\.type) == cold.map(\.type) && warm.map(\.isCorrect) == cold.map(\.isCorrect))
            #expect(zip(warm, cold).count { $0.confidence < $1.confidence } > warm.count / 2)

            try tagger.model.save(
                to: "\(folder)/tagger", tokenizerFrom: "\(folder)/encoder", windows: WindowLayout(maxPieces: 64))
            var settings = try TaggerSettings(contentsOf: "\(folder)/tagger/clinner.json")
            settings.calibration = Calibration(temperature: best, thresholds: ["Disease": 0.25])
            try settings.write(to: "\(folder)/tagger/clinner.json")
            let again = try NeuralTagger(folder: "\(folder)/tagger")
            #expect(again.calibration == settings.calibration)
            let confidences = try again.entities(in: documents).flatMap { $0.compactMap(\.provenance.probability) }
            #expect(zip(confidences, warm).allSatisfy { abs($0 - $1.confidence) < 1e-6 })
        }
    }

    @Test("without entities the temperature is 1")
    func nothingFound() throws {
        try withTemporaryFolder { folder in
            let (tagger, _) = try tagger(in: folder)
            #expect(tagger.temperature(of: [], in: []) == 1)
        }
    }
}
