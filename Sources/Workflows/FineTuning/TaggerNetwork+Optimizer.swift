import Foundation
import Models
import TorchNN

extension TaggerNetwork {
    /// An optimizer of all weights: the encoder's layers at rates that fall towards the embeddings, what stands above them
    /// at a rate of its own.
    func optimizer(for stage: TrainStage, weightDecay: Double) -> AdamW {
        let names = parameters.names
        var groups = AdamW.Group.split(
            names: names.filter { !Self.isEncoderParameter($0) }, learningRate: stage.headLearningRate,
            weightDecay: weightDecay)
        let encoder = Dictionary(grouping: names.filter(Self.isEncoderParameter), by: layersAbove)
        for (layers, names) in encoder.sorted(by: { $0.key < $1.key }) {
            groups += AdamW.Group.split(
                names: names, learningRate: stage.learningRate * pow(stage.layerDecay, Double(layers)),
                weightDecay: weightDecay)
        }
        return AdamW(parameters, groups: groups)
    }

    /// How many layers of the encoder stand above the one that a parameter belongs to.
    private func layersAbove(_ name: String) -> Int {
        let parts = name.split(separator: ".")
        guard let place = parts.firstIndex(of: "layer"), place + 1 < parts.count, let layer = Int(parts[place + 1])
        else { return configuration.layerCount }
        return configuration.layerCount - 1 - layer
    }
}
