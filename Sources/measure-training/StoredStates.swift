import Foundation
import Models
import Tokenization
import Torch
import TorchNN

/// What a model folder gives for lists of pieces, as a file that `transformers`' results are compared with.
///
/// `LISTS.json` holds lists of ids without `[CLS]` and `[SEP]`; `OUTPUT` gets `hidden` of every piece and, by `kind`,
/// `logits` of the masked-LM head (`mlm`) or of the tags (`tagger`); all lists one below the other.
enum StoredStates {
    static func run(model folder: String, lists path: String, _ options: MeasureOptions) throws {
        let lists = try JSONDecoder().decode([[Int32]].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        let special = SpecialPieces(try Vocabulary(folder: folder))
        let batch = PackedBatch(
            lists.map { PackedBatch.Sequence(pieces: $0, firstPieces: Array($0.indices)) }, special: special)
        var tensors: [(name: String, tensor: Tensor)] = []
        try withoutGradients {
            if options["kind", "mlm"] == "tagger" {
                let network = try TaggerNetwork(taggerFolder: folder)
                tensors.append(("hidden", network.words(batch, .evaluation)))
                tensors.append(("logits", network.emissions(batch, .evaluation)))
            } else {
                let model = try BertForMaskedLM(folder: folder, seed: 1)
                let probe = try TaggerNetwork(probing: model, types: ["X"], seed: 1)
                tensors.append(("hidden", probe.words(batch, .evaluation)))
                tensors.append(
                    ("logits", model.logits(batch, rows: batch.firstPieces.map { Int($0) }, .evaluation)))
            }
        }
        try SafetensorsWriter.write(tensors, to: options["output", "states.safetensors"])
    }
}
