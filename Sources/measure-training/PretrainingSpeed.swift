import Essentials
import Foundation
import Models
import Tokenization
import Torch
import TorchNN
import Training

/// Masked-LM steps on windows of one length, cut from a file of text.
enum PretrainingSpeed {
    static func run(model folder: String, notes: String, _ options: MeasureOptions) throws {
        let tokenizer = try WordPieceTokenizer(folder: folder)
        let special = SpecialPieces(tokenizer.vocabulary)
        let seed = UInt64(options.integer("seed", 1))
        let (length, size, limit) = (
            options.integer("length", 128), options.integer("batch", 16), options.integer("steps", 20)
        )
        let text = try String(contentsOfFile: notes, encoding: .utf8)
        let ids = tokenizer.encode(text[...]).ids
        let capacity = length - 2
        let windows = stride(from: 0, to: ids.count - capacity, by: capacity).map { first in
            PretrainingWindow(
                PackedBatch.Sequence(pieces: Array(ids[first..<first + capacity]), firstPieces: Array(0..<capacity)))
        }
        let model = try BertForMaskedLM(folder: folder, seed: seed)
        let optimizer = AdamW(
            model.parameters,
            groups: AdamW.Group.split(names: model.parameters.names, learningRate: 1e-4, weightDecay: 0.01))
        let masking = DynamicMasking(
            share: 0.15, maskID: tokenizer.vocabulary.maskID, replacements: 0..<Int32(tokenizer.vocabulary.count))
        let generator = SeededGenerator(seed: seed)
        let task = MaskedLanguageTask(
            name: "masked LM", model: model, windows: windows, heldOut: [], masking: masking, special: special,
            batchPieces: size * length, generator: generator)
        _ = task.layOut(epoch: 0)
        var (pieces, loss) = (0, 0.0)
        // The first steps prepare kernels for the batch's size.
        var start = Date()
        for step in 0..<limit + 2 {
            if step == 2 {
                start = Date()
                (pieces, loss) = (0, 0)
            }
            let outcome = try task.accumulate(
                task.preparation(ofBatch: step)(),
                mode: .training(
                    seed: seed, step: UInt32(step), recomputesLayers: options.integer("recompute", 0) == 1))
            optimizer.step(maximumGradientNorm: 1)
            pieces += outcome.pieces
            loss += outcome.loss
        }
        try MeasureOptions.report([
            "pieces_per_second": (Double(pieces) / Date().timeIntervalSince(start)).rounded(), "steps": limit,
            "loss": loss / Double(limit), "peak_mb": Int(peakMemoryMegabytes().rounded()),
            "products": productPath.rawValue,
            "precision": productPrecision.rawValue,
        ])
    }
}
