import ClinicalText
import Essentials
import Foundation
import Tokenization
import TorchNN

extension TaggerNetwork {
    /// Writes the network as a tagger folder: Hugging Face's layout, our settings, and the tokenizer's files copied
    /// from `source`. `transformers` loads the encoder in it as it is, and BERT-linear as a whole.
    ///
    /// - Parameter files: more files to copy into the folder: their paths, by their names there.
    /// - Throws: ``FileError`` when the disk is full; a folder that stood there before is then unchanged.
    public func save(
        to path: String, tokenizerFrom source: String, windows: WindowLayout,
        training: [String: String] = [:], copying files: [String: String] = [:]
    ) throws {
        let settings = TaggerSettings(
            entityTypes: types, architecture: architecture, windows: windows, training: training)
        let names = chains.flatMap { chain in
            (0..<chain.scheme.count).map { tag in
                // Several chains have an outside tag each.
                chains.count > 1 && tag == TagScheme.outside
                    ? "O-\(chain.scheme.types[0])" : chain.scheme.name(of: tag)
            }
        }
        let labels = [
            "id2label": Dictionary(uniqueKeysWithValues: names.enumerated().map { ("\($0)", $1 as Any) }),
            "label2id": Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 as Any) }),
        ]
        try AtomicFile.replaceFolder(path) { folder in
            try SafetensorsWriter.write(parameters.all, to: "\(folder)/model.safetensors")
            try AtomicFile.write(
                configuration.encoded(architecture: architecture.name, additions: labels), to: "\(folder)/config.json")
            try AtomicFile.write(settings.encoded(), to: "\(folder)/\(TaggerSettings.fileName)")
            try EncoderFolder(path: source).copyTokenizer(to: folder)
            try AtomicFile.copy(files, into: folder)
        }
    }
}
