import ClinicalText
import Essentials
import Foundation
import Models
import SequenceInference
import Tokenization
import Torch
import TorchNN

/// Tagging the sentences of a token-per-line file with an encoder and a linear head: sorted by length, so many pieces at
/// once, or one sentence at a time.
enum TaggingSpeed {
    static func run(model folder: String, file: String, _ options: MeasureOptions) throws {
        let tokenizer = try WordPieceTokenizer(folder: folder)
        let special = SpecialPieces(tokenizer.vocabulary)
        let scheme = TagScheme(types: options["types", "Disease"].split(separator: ",").map(String.init))
        let sequences = try TaggedSentences.read(file, tokenizer, scheme).map(\.window).sorted {
            $0.pieces.count < $1.pieces.count
        }
        let network = try TaggerNetwork(
            encoderFolder: folder, types: scheme.types,
            architecture: .init(lstmUnits: 0, dropout: 0, decoder: .softmax), seed: 1)
        let chain = network.chains[0].inference()
        var batches: [[PackedBatch.Sequence]] = []
        let most = options.integer("pieces", 1024)
        var pieces = 0
        for sequence in sequences {
            pieces += sequence.pieces.count + 2
            if batches.isEmpty || pieces > most {
                batches.append([])
                pieces = sequence.pieces.count + 2
            }
            batches[batches.count - 1].append(sequence)
        }
        // Kernels are prepared for each number of rows once.
        for _ in 0..<options.integer("warmup", 1) { for batch in batches { tag(batch, network, chain, special) } }
        var times: [Double] = []
        for batch in batches {
            let start = DispatchTime.now().uptimeNanoseconds
            tag(batch, network, chain, special)
            times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
        }
        let all = sequences.reduce(0) { $0 + $1.pieces.count + 2 }
        times.sort()
        try MeasureOptions.report([
            "pieces_per_second": (1000 * Double(all) / times.reduce(0, +)).rounded(), "batches": batches.count,
            "p50_ms": times[times.count / 2], "p99_ms": times[min(times.count - 1, times.count * 99 / 100)],
            "peak_mb": Int(peakMemoryMegabytes().rounded()), "products": productPath.rawValue,
            "precision": productPrecision.rawValue,
        ])
    }

    @discardableResult
    private static func tag(
        _ batch: [PackedBatch.Sequence], _ network: TaggerNetwork, _ chain: LinearChainCRF, _ special: SpecialPieces
    ) -> [Int] {
        let packed = PackedBatch(batch, special: special)
        let scores = withoutGradients { network.emissions(packed, .evaluation).floats() }
        return chain.decode(emissions: scores)
    }
}
