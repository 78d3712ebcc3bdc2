import Essentials
import Foundation

extension Run {
    /// The folder of the encoder to fine-tune: the adapted one if the run makes or has one, else the configured one.
    var fineTunedEncoder: String {
        experiment.pretrain.enabled ? folder.encoder : resolver.encoder(experiment.encoder)
    }
}
