import Essentials
import Foundation
import Tokenization
import TorchNN

extension BertBiLSTMCRF {
    /// Writes the network as a tagger folder: Hugging Face's layout, our settings, and the tokenizer's files copied
    /// from `source`. `transformers` loads the encoder in it as it is, and a network of a plain linear head as a whole.
    ///
    /// - Parameter files: more files to copy into the folder: their paths, by their names there.
    /// - Throws: ``FileError`` when the disk is full; a folder that stood there before is then unchanged.
    public func save(
        to path: String, tokenizerFrom source: String, windows: WindowLayout,
        training: [String: String] = [:], copying files: [String: String] = [:]
    ) throws {
        let settings = TaggerSettings(entityTypes: scheme.types, head: head, windows: windows, training: training)
        let names = (0..<scheme.count).map(scheme.name(of:))
        let labels = [
            "id2label": Dictionary(uniqueKeysWithValues: names.enumerated().map { ("\($0)", $1 as Any) }),
            "label2id": Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 as Any) }),
        ]
        // Of a plain linear head `transformers` makes the same use as we.
        let isPlain = head.lstmUnits == 0 && head.decoder == .softmax
        let architecture = isPlain ? "BertForTokenClassification" : "BertBiLSTMCRF"
        try AtomicFile.replaceFolder(path) { folder in
            try SafetensorsWriter.write(parameters.all, to: "\(folder)/model.safetensors")
            try AtomicFile.write(
                configuration.encoded(architecture: architecture, additions: labels), to: "\(folder)/config.json")
            try AtomicFile.write(settings.encoded(), to: "\(folder)/\(TaggerSettings.fileName)")
            try EncoderFolder(path: source).copyTokenizer(to: folder)
            for (name, path) in files.sorted(by: { $0.key < $1.key }) {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw FileError.missing(path: path, hint: "expected to copy it into \(folder)")
                }
                try AtomicFile.write(data, to: "\(folder)/\(name)")
            }
        }
    }
}
