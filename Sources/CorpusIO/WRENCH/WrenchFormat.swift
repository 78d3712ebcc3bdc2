import ClinicalText
import Essentials
import Foundation

/// WRENCH's and CHMM's JSON: documents of tokens with gold labels and those of labeling functions; `meta.json` beside
/// them names the functions.
///
/// Formats: Zhang et al., "WRENCH: A Comprehensive Benchmark for Weak Supervision", NeurIPS 2021; Li et al., "BERTifying
/// the Hidden Markov Model for Multi-Source Weakly Supervised Named Entity Recognition", ACL 2021.
enum WrenchFormat: WritableFormat {
    static let format = CorpusFormat.wrench
    static let contents = "WRENCH files (.json)"
    static let extensions = ["json"]
    static let writesFolder = true

    static func recognizes(_ head: FileHead) -> Bool {
        guard head.firstByte == UInt8(ascii: "{"), head.ending == "json" || head.ending.isEmpty else { return false }
        func has(_ member: String) -> Bool { head.bytes.firstRange(of: "\"\(member)\"".utf8) != nil }
        if head.name.hasPrefix("meta.") { return has("lf") && has("num_lf") }
        return has("label") && has("data") && (has("weak_labels") || head.bytes.count >= 1 << 16)
    }

    /// Every file with those that describe the data set.
    static func units(of files: [InputSource]) throws -> [FileUnit] {
        var described: [String: [String: InputSource]] = [:]
        for file in files where isCompanion(file) && files.count > 1 {
            described[file.folder, default: [:]][file.stem] = file
        }
        return files.filter { !isCompanion($0) || files.count == 1 }.map { file in
            var companions = described[file.folder] ?? [:]
            if files.count == 1, case .file = file.storage {
                for name in WrenchKeys.companions { companions[name] = beside(file, name) }
            }
            return FileUnit(main: file, companions: companions)
        }
    }

    private static func isCompanion(_ file: InputSource) -> Bool { WrenchKeys.companions.contains(file.stem) }

    private static func beside(_ file: InputSource, _ name: String) -> InputSource? {
        [".json", ".json.gz"].map { file.folder + name + $0 }
            .first { $0 != file.path && FileManager.default.fileExists(atPath: $0) }.map { InputSource(path: $0) }
    }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        try WrenchReader.documents(of: unit, context: &context)
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        var writer = WrenchWriter(context: context)
        try feed { try writer.add($0) }
        try AtomicFile.makeFolder(path)
        for (name, content) in writer.files() { try AtomicFile.write(content, to: "\(path)/\(name).json") }
    }
}
