import Models

extension TrainConfiguration {
    /// What the network is made of.
    ///
    /// - Parameter features: the names of the lexicon features.
    func architecture(features: [String]) -> TaggerArchitecture {
        var architecture = TaggerArchitecture()
        architecture.layers = layers
        architecture.pooling = pooling
        architecture.characterUnits = characterSize
        architecture.features = features
        architecture.lstmUnits = lstmSize
        architecture.dropout = dropout
        architecture.chains = chains
        switch model {
        case .bertLinear:
            architecture.lstmUnits = 0
            architecture.decoder = .softmax
        case .bertCRF: architecture.lstmUnits = 0
        case .bertBiLSTM: architecture.decoder = .softmax
        case .bertBiLSTMCRF, .featureCRF: break
        case .biLSTMCRF:
            // A word's pieces have no other way to come together.
            architecture.encoder = .embeddings
            architecture.layers = .last
            architecture.pooling = .mean
        }
        return architecture
    }
}
