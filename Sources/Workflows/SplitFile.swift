import Essentials
import Foundation

/// A TSV that says which note belongs to which split: the columns `doc` and `split`, with a header line.
enum SplitFile {
    /// The ids of the notes of `split`.
    static func read(_ path: String, split: String) throws -> Set<String> {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "`splitFile` must name a TSV with the columns doc and split")
        }
        var lines = String(decoding: data, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }[...]
        let header = lines.popFirst()?.split(separator: "\t", omittingEmptySubsequences: false) ?? []
        guard let document = header.firstIndex(of: "doc"), let column = header.firstIndex(of: "split") else {
            throw WorkflowError.badSplitFile(
                path: path, line: 1,
                reason: "the first line must name the columns `doc` and `split`, separated by a tab")
        }
        var members: Set<String> = []
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count > max(document, column) else {
                throw WorkflowError.badSplitFile(path: path, line: index + 2, reason: "too few columns")
            }
            if cells[column] == split { members.insert(String(cells[document])) }
        }
        return members
    }
}
