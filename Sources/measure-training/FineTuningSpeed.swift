import ClinicalText
import Essentials
import Foundation
import Models
import Tokenization
import Torch
import TorchNN

/// Fine-tuning with a linear head on a token-per-line corpus, sentence by sentence, as the peers' script does it: batches
/// of random sentences, no weight decay, gradients clipped to 1, a rate that falls to 0.
enum FineTuningSpeed {
    /// The first steps prepare kernels and are left out.
    private static let warmup = 2

    static func run(model folder: String, corpus: String, _ options: MeasureOptions) throws {
        let tokenizer = try WordPieceTokenizer(folder: folder)
        let special = SpecialPieces(tokenizer.vocabulary)
        let scheme = TagScheme(types: options["types", "Disease"].split(separator: ",").map(String.init))
        let train = try TaggedSentences.read("\(corpus)/train.tsv", tokenizer, scheme)
        let seed = UInt64(options.integer("seed", 1))
        let model = try TaggerNetwork(
            encoderFolder: folder, types: scheme.types,
            architecture: .init(lstmUnits: 0, dropout: 0.1, decoder: .softmax), seed: seed)
        let (size, limit) = (options.integer("batch", 16), options.integer("steps", 60))
        let optimizer = AdamW(
            model.parameters, groups: [.init(names: model.parameters.names, learningRate: 5e-5, weightDecay: 0)])
        // A rate that falls to 0 over the three epochs of the peers' script.
        let schedule = LinearSchedule(warmupSteps: 0, totalSteps: 3 * ((train.count + size - 1) / size))
        var random = SeededGenerator(seed: seed).derived("order")
        let order = train.indices.shuffled(using: &random)
        precondition(order.count >= (limit + Self.warmup) * size, "fewer sentences than the steps take")
        var (pieces, loss, start) = (0, 0.0, Date())
        for step in 0..<limit + Self.warmup {
            if step == Self.warmup { (pieces, loss, start) = (0, 0, Date()) }
            let chosen = order[step * size..<(step + 1) * size].map { train[$0] }
            let batch = PackedBatch(chosen.map(\.window), special: special)
            loss += model.addGradients(
                of: batch, tags: chosen.flatMap(\.tags), .training(seed: seed, step: UInt32(step)))
            optimizer.step(scale: schedule.factor(at: step), maximumGradientNorm: 1)
            pieces += batch.pieceCount
        }
        let seconds = Date().timeIntervalSince(start)
        try MeasureOptions.report([
            "pieces_per_second": (Double(pieces) / seconds).rounded(), "seconds": seconds, "steps": limit,
            "loss": loss / Double(limit), "peak_mb": Int(peakMemoryMegabytes().rounded()),
            "products": productPath.rawValue, "precision": productPrecision.rawValue,
        ])
    }
}
