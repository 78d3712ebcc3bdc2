import ClinicalText
import CorpusIO
import Essentials
import Foundation

extension Run {
    /// What the label step wrote.
    ///
    /// - Throws: `FileError` with the hint where it has not written yet; what reading throws.
    func silverDocuments(hint: String) throws -> [Document] {
        guard FileManager.default.fileExists(atPath: folder.silver) else {
            throw FileError.missing(path: folder.silver, hint: hint)
        }
        var options = ReadOptions()
        options.format = .jsonl
        return try CorpusReader.read(folder.silver, name: "silver", options: options).corpus.documents
    }
}
