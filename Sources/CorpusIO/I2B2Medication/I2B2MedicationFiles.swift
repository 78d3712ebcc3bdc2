import Essentials
import Foundation

/// Which files of i2b2 2009 belong together: `NAME` or `NAME.txt` is a note, its entries are in a file whose name begins
/// with `NAME` and goes on with neither letter nor digit.
enum I2B2MedicationFiles {
    private static let usualEnding = "_gold.entries"

    /// Notes, each with its entries.
    ///
    /// - Throws: ``CorpusError`` for entries without a note, or two files of entries for one note.
    static func units(of files: [InputSource]) throws -> [FileUnit] {
        var files = files
        if files.count == 1, case .file = files[0].storage { files = try withSiblings(files[0]) }
        var notes: [String: InputSource] = [:]
        var entries: [InputSource] = []
        for file in files {
            if try isEntries(file) { entries.append(file) } else { notes[name(of: file)] = file }
        }
        var annotations: [String: InputSource] = [:]
        for file in entries {
            // As the corpus has it and as it is written: `b_gold.entries` is of `b`, also beside a note `b_gold`.
            let usual = file.name.hasSuffix(usualEnding) ? [String(file.name.dropLast(usualEnding.count))] : []
            let candidates = usual + beginnings(of: file.name)
            guard let note = candidates.first(where: { notes[$0] != nil }) else {
                throw CorpusError.missingText(file: file.path, expected: candidates.last ?? file.name)
            }
            if let first = annotations.updateValue(file, forKey: note) {
                throw CorpusError.malformed(
                    file: file.path, line: nil,
                    problem: "a second file of entries for the note \(note), beside \(first.path); keep one")
            }
        }
        return files.filter { file in
            // A file of another ending is a note only if there are entries for it: a table beside them is none.
            notes[name(of: file)]?.path == file.path
                && (["", "txt"].contains(file.ending) || annotations[name(of: file)] != nil)
        }.map { FileUnit(main: $0, companions: annotations[name(of: $0)].map { ["entries": $0] } ?? [:]) }
    }

    /// The name of a note: the file's without `.gz` and `.txt`.
    static func name(of file: InputSource) -> String {
        let name = file.name.hasSuffix(".gz") ? String(file.name.dropLast(3)) : file.name
        return name.hasSuffix(".txt") ? String(name.dropLast(4)) : name
    }

    private static func isEntries(_ file: InputSource) throws -> Bool {
        if ["entries", "m"].contains(file.ending) { return true }
        return I2B2MedicationFormat.isEntries(try file.head(neighbours: [], encoding: nil))
    }

    /// What the note of a file of entries may be called: the beginnings of its name before a character that is neither
    /// letter nor digit, the longest first.
    private static func beginnings(of name: String) -> [String] {
        var beginnings: [String] = []
        for index in name.utf8.indices.reversed() where index > name.utf8.startIndex {
            let byte = name.utf8[index]
            let isLetterOrDigit = byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            if !isLetterOrDigit { beginnings.append(String(name[..<index])) }
        }
        return beginnings
    }

    /// A file that was named alone and what belongs to it, in its folder and in the format's folders beside that.
    private static func withSiblings(_ file: InputSource) throws -> [InputSource] {
        let root = LineTokenFiles.root(of: file, I2B2MedicationFormat.subfolders)
        let folders = root == file.folder ? [root] : I2B2MedicationFormat.subfolders.map { "\(root)\($0)/" }
        guard try !isEntries(file) else {
            for name in beginnings(of: file.name) {
                for path in folders.flatMap({ ["\($0)\(name)", "\($0)\(name).txt", "\($0)\(name).gz"] })
                where FileManager.default.fileExists(atPath: path) {
                    return [InputSource(path: path), file]
                }
            }
            return [file]
        }
        let name = name(of: file)
        let siblings = folders.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []).sorted()
                .filter { $0 != file.name && beginnings(of: $0).contains(name) }.map { InputSource(path: folder + $0) }
        }
        return try [file] + siblings.filter(isEntries)
    }
}
