import ClinicalText
import Essentials
import Foundation

/// The files of a note in one of the i2b2 line formats: its text and what stands beside it under the same name, in the
/// same folder or in a folder for each kind.
struct LineTokenFiles {
    /// A kind of file.
    struct Kind {
        /// Its last ending, which is also what a unit's companion is called.
        let ending: String
        /// What follows the note's name.
        let suffix: String
        /// The folder that holds the kind, where there is one for each; nothing if the format has none.
        let folder: String?
    }

    /// The note's text.
    let text: Kind
    /// The annotations.
    let annotations: [Kind]

    private var kinds: [Kind] { [text] + annotations }

    /// Groups the files of a folder or an archive, or what stands beside a single file.
    ///
    /// - Throws: ``CorpusError`` for annotations without a text, or two files of a kind for one note.
    func units(of files: [InputSource]) throws -> [FileUnit] {
        if files.count == 1, case .file = files[0].storage { return [try unit(around: files[0])] }
        var companions: [String: [String: InputSource]] = [:]
        for file in files where file.ending != text.ending {
            if let first = companions[key(of: file), default: [:]].updateValue(file, forKey: file.ending) {
                throw CorpusError.malformed(
                    file: file.path, line: nil, problem: "a second .\(file.ending) file beside \(first.path); keep one")
            }
        }
        let units = files.filter { $0.ending == text.ending }.map { file in
            FileUnit(main: file, companions: companions.removeValue(forKey: key(of: file)) ?? [:])
        }
        if let lonely = companions.values.flatMap(\.values).min(by: { $0.path < $1.path }) {
            throw CorpusError.missingText(file: lonely.path, expected: lonely.stem + text.suffix)
        }
        return units
    }

    /// Writes the documents of `feed` below `path`, each as its text and what `annotations` makes of it, by ending.
    ///
    /// - Throws: ``CorpusError`` for an id that is no file's name, `FileError`, what `annotations` throws.
    func write(
        to path: String, format: CorpusFormat, context: WriteContext, from feed: DocumentFeed,
        annotations: @escaping (Document, WriteContext) throws -> [String: String]
    ) throws {
        var folder = OutputFolder(path, format: format)
        try feed { document in
            let paths = try paths(of: document, in: &folder, context: context)
            var content = try annotations(document, context)
            content[text.ending] = document.text
            for (ending, path) in paths { try AtomicFile.write(content[ending] ?? "", to: path) }
        }
    }

    /// The paths of a document's files, by their endings, in `folder` or, if asked for, in folders below it.
    ///
    /// - Throws: ``CorpusError`` for an id that is no file's name, `FileError`.
    private func paths(
        of document: Document, in folder: inout OutputFolder, context: WriteContext
    ) throws -> [String: String] {
        let path = try folder.stem(for: document)
        var paths: [String: String] = [:]
        for kind in kinds {
            if context.options.subfolders, let subfolder = kind.folder {
                let inner = "\(path.dropLast(document.id.utf8.count))\(subfolder)"
                try AtomicFile.makeFolder(inner)
                paths[kind.ending] = "\(inner)/\(document.id)\(kind.suffix)"
            } else {
                paths[kind.ending] = path + kind.suffix
            }
        }
        return paths
    }

    /// What files of one note share: the folder above those of the format, and the name.
    private func key(of file: InputSource) -> String { Self.root(of: file, kinds.compactMap(\.folder)) + file.stem }

    private func unit(around file: InputSource) throws -> FileUnit {
        let folders = kinds.compactMap(\.folder)
        let root = Self.root(of: file, folders)
        func find(_ kind: Kind) -> InputSource? {
            if file.ending == kind.ending { return file }
            let places = [file.folder] + (root == file.folder ? [] : kind.folder.map { ["\(root)\($0)/"] } ?? [])
            return places.lazy.flatMap { ["\($0)\(file.stem)\(kind.suffix)", "\($0)\(file.stem)\(kind.suffix).gz"] }
                .first { FileManager.default.fileExists(atPath: $0) }.map { InputSource(path: $0) }
        }
        // A file that was named by hand may be called anything: then it is the text.
        let main = kinds.contains { $0.ending == file.ending } ? find(text) : file
        guard let main else { throw CorpusError.missingText(file: file.path, expected: file.stem + text.suffix) }
        var companions: [String: InputSource] = [:]
        for kind in annotations { companions[kind.ending] = find(kind) }
        return FileUnit(main: main, companions: companions)
    }

    /// The folder of a file, or the one above if it is one of `subfolders`.
    static func root(of file: InputSource, _ subfolders: [String]) -> String {
        for subfolder in subfolders where file.folder.hasSuffix("/\(subfolder)/") || file.folder == "\(subfolder)/" {
            return String(file.folder.dropLast(subfolder.count + 1))
        }
        return file.folder
    }
}
