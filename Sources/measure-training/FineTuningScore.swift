import ClinicalText
import Essentials
import Foundation
import Models
import SequenceInference
import Tokenization
import Torch
import TorchNN
import Training

/// What a linear head reaches on a token-per-line corpus after so many epochs of the peers' schedule: strict F1 on dev and
/// test, tagged in float32 and in bfloat16.
enum FineTuningScore {
    static func run(model folder: String, corpus: String, _ options: MeasureOptions) throws {
        let tokenizer = try WordPieceTokenizer(folder: folder)
        let special = SpecialPieces(tokenizer.vocabulary)
        let scheme = TagScheme(types: options["types", "Disease"].split(separator: ",").map(String.init))
        let sets = try Dictionary(
            uniqueKeysWithValues: ["train", "devel", "test"].map {
                ($0, try TaggedSentences.read("\(corpus)/\($0).tsv", tokenizer, scheme))
            })
        let train = sets["train"] ?? []
        let seed = UInt64(options.integer("seed", 1))
        let network = try TaggerNetwork(
            encoderFolder: folder, types: scheme.types,
            architecture: .init(lstmUnits: 0, dropout: 0.1, decoder: .softmax),
            seed: seed)
        let (size, epochs) = (options.integer("batch", 16), options.integer("epochs", 3))
        let optimizer = AdamW(
            network.parameters,
            groups: [
                .init(
                    names: network.parameters.names, learningRate: options.number("rate", 5e-5), weightDecay: 0)
            ])
        let steps = (train.count + size - 1) / size
        let schedule = LinearSchedule(warmupSteps: 0, totalSteps: epochs * steps)
        var random = SeededGenerator(seed: seed).derived("order")
        let start = Date()
        var pieces = 0
        for epoch in 0..<epochs {
            let order = train.indices.shuffled(using: &random)
            for step in 0..<steps {
                let chosen = order[step * size..<min((step + 1) * size, order.count)].map { train[$0] }
                let batch = PackedBatch(chosen.map(\.window), special: special)
                let number = epoch * steps + step
                _ = network.addGradients(
                    of: batch, tags: chosen.flatMap(\.tags), .training(seed: seed, step: UInt32(number)))
                optimizer.step(scale: schedule.factor(at: number), maximumGradientNorm: 1)
                pieces += batch.pieceCount
            }
        }
        let seconds = Date().timeIntervalSince(start)
        var figures: [String: Any] = [
            "seed": Int(seed), "epochs": epochs, "pieces_per_second": (Double(pieces) / seconds).rounded(),
            "precision": productPrecision.rawValue,
        ]
        for precision in Precision.allCases {
            productPrecision = precision
            for set in ["devel", "test"] {
                figures["\(set)_f1_\(precision.rawValue)"] = f1(of: network, on: sets[set] ?? [], special)
            }
        }
        try MeasureOptions.report(figures)
    }

    /// Entities of the right type with the right ends, in percent.
    private static func f1(
        of network: TaggerNetwork, on examples: [TaggedSentences.Sentence], _ special: SpecialPieces
    ) -> Double {
        let (scheme, chain) = (network.chains[0].scheme, network.chains[0].inference())
        var (right, gold, predicted) = (0, 0, 0)
        for example in examples {
            let batch = PackedBatch([example.window], special: special)
            let tags = chain.decode(emissions: withoutGradients { network.emissions(batch, .evaluation).floats() })
            let expected = scheme.runs(in: example.tags).map {
                [$0.typeIndex, $0.tokens.lowerBound, $0.tokens.upperBound]
            }
            let found = scheme.runs(in: tags).map { [$0.typeIndex, $0.tokens.lowerBound, $0.tokens.upperBound] }
            right += Set(expected).intersection(found).count
            gold += expected.count
            predicted += found.count
        }
        return 200 * Double(right) / Double(max(1, gold + predicted))
    }
}
