import ClinicalText
import Essentials
import Foundation
import Models
import SequenceInference
import Tokenization
import Torch
import TorchNN

/// Fine-tuning with a linear head on a token-per-line corpus, sentence by sentence, as the peers' script does it: batches
/// of random sentences, no weight decay, gradients clipped to 1, a rate that falls to 0.
enum FineTuningSpeed {
    private struct Sentence {
        var window: PackedBatch.Sequence
        var tags: [Int]
        var pieces: Int { window.pieces.count + 2 }
    }

    static func run(model folder: String, corpus: String, _ options: MeasureOptions) throws {
        let tokenizer = try WordPieceTokenizer(folder: folder)
        let special = SpecialPieces(tokenizer.vocabulary)
        let scheme = TagScheme(types: options["types", "Disease"].split(separator: ",").map(String.init))
        let train = try sentences("\(corpus)/train.tsv", tokenizer, scheme)
        let seed = UInt64(options.integer("seed", 1))
        let model = try BertBiLSTMCRF(
            encoderFolder: folder, scheme: scheme,
            head: BertBiLSTMCRF.Head(lstmUnits: 0, dropout: 0.1, decoder: .softmax), seed: seed)
        let (epochs, size) = (options.integer("epochs", 1), options.integer("batch", 16))
        let optimizer = AdamW(
            model.parameters,
            groups: [.init(names: model.parameters.names, learningRate: options.number("lr", 5e-5), weightDecay: 0)])
        let steps = (train.count + size - 1) / size * epochs
        let schedule = LinearSchedule(warmupSteps: 0, totalSteps: steps)
        // A limited run leaves out the first two steps, which prepare kernels.
        let warmup = options["steps", ""].isEmpty ? 0 : 2
        let limit = options.integer("steps", steps) + warmup
        var (step, pieces, loss) = (0, 0, 0.0)
        let generator = SeededGenerator(seed: seed)
        var start = Date()
        for epoch in 0..<epochs {
            var random = generator.derived("epoch \(epoch)")
            let order = train.indices.shuffled(using: &random)
            for first in stride(from: 0, to: order.count, by: size) where step < limit {
                if step == warmup { (pieces, loss, start) = (0, 0, Date()) }
                let chosen = order[first..<min(first + size, order.count)].map { train[$0] }
                let batch = PackedBatch(chosen.map(\.window), special: special)
                loss += model.addGradients(
                    of: batch, tags: chosen.flatMap(\.tags), .training(seed: seed, step: UInt32(step)))
                optimizer.step(scale: schedule.factor(at: step), maximumGradientNorm: 1)
                pieces += batch.pieceCount
                step += 1
            }
        }
        let seconds = Date().timeIntervalSince(start)
        var figures: [String: Any] = [
            "pieces_per_second": (Double(pieces) / seconds).rounded(), "seconds": seconds, "steps": step - warmup,
            "loss": loss / Double(max(1, step - warmup)), "peak_mb": MeasureOptions.peakMegabytes,
            "products": productPath.rawValue, "precision": productPrecision.rawValue,
        ]
        for split in options["score", ""].split(separator: ",") {
            let sentences = try sentences("\(corpus)/\(split).tsv", tokenizer, scheme)
            figures["\(split)_f1"] = f1(model, sentences, special)
        }
        try MeasureOptions.report(figures)
    }

    private static func sentences(
        _ path: String, _ tokenizer: WordPieceTokenizer, _ scheme: TagScheme
    ) throws -> [Sentence] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var result: [Sentence] = []
        var current = Sentence(window: PackedBatch.Sequence(pieces: [], firstPieces: []), tags: [])
        func finish() {
            if !current.tags.isEmpty { result.append(current) }
            current = Sentence(window: PackedBatch.Sequence(pieces: [], firstPieces: []), tags: [])
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let tab = line.lastIndex(of: "\t") else {
                finish()
                continue
            }
            let word = line.prefix { $0 != "\t" }
            let name = line[line.index(after: tab)...]
            let ids = tokenizer.encode(word).ids
            // The peers cut a sentence at 256 pieces.
            if ids.isEmpty || current.window.pieces.count + ids.count > 254 { continue }
            let type = name.dropFirst(2).isEmpty ? scheme.types[0] : String(name.dropFirst(2))
            let index = scheme.index(of: type) ?? 0
            current.window.firstPieces.append(current.window.pieces.count)
            current.window.pieces += ids
            current.tags.append(
                name.hasPrefix("B") ? scheme.begin(index) : name.hasPrefix("I") ? scheme.inside(index) : 0)
        }
        finish()
        return result
    }

    private static func f1(_ model: BertBiLSTMCRF, _ sentences: [Sentence], _ special: SpecialPieces) -> Double {
        struct Span: Hashable { var sentence: Int, type: Int, words: Range<Int> }
        var (gold, found): (Set<Span>, Set<Span>) = ([], [])
        let chain = model.chain()
        let count = model.scheme.count
        for first in stride(from: 0, to: sentences.count, by: 32) {
            let chosen = Array(sentences[first..<min(first + 32, sentences.count)])
            let batch = PackedBatch(chosen.map(\.window), special: special)
            let emissions = withoutGradients { model.emissions(batch, .evaluation).floats() }
            var word = 0
            for (place, sentence) in chosen.enumerated() {
                let scores = Array(emissions[word * count..<(word + sentence.tags.count) * count])
                word += sentence.tags.count
                for run in model.scheme.runs(in: chain.decode(emissions: scores)) {
                    found.insert(Span(sentence: first + place, type: run.typeIndex, words: run.tokens))
                }
                for run in model.scheme.runs(in: sentence.tags) {
                    gold.insert(Span(sentence: first + place, type: run.typeIndex, words: run.tokens))
                }
            }
        }
        return 200 * Double(gold.intersection(found).count) / Double(max(1, gold.count + found.count))
    }
}
