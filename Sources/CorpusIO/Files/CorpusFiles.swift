import Essentials
import Foundation

/// The files of a corpus: one, or those of a folder in the order of their names.
struct CorpusFiles {
    private let paths: [String]
    private let isFolder: Bool

    /// The file at `path`, or the files directly in the folder there; hidden and half-written ones do not count.
    ///
    /// - Throws: ``FileError``.
    static func list(_ path: String) throws -> CorpusFiles {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError.missing(path: path, hint: "check the path of the corpus")
        }
        guard isFolder.boolValue else { return CorpusFiles(paths: [path], isFolder: false) }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw FileError.unreadable(path: path, reason: error.localizedDescription)
        }
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        let visible = names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".partial") }.sorted()
        return CorpusFiles(paths: visible.map { "\(folder)/\($0)" }, isFolder: true)
    }

    /// The files that hold documents in `format`; a file that was named itself is taken whatever its name.
    func files(in format: CorpusFormat) -> [String] {
        isFolder ? paths.filter { format.extensions.contains(InputFile.ending(of: $0)) } : paths
    }

    /// The format that names and, for a file without a telling name, the first bytes show.
    ///
    /// - Throws: ``CorpusError`` when they show none or several, ``FileError`` for a folder without any.
    static func format(of files: CorpusFiles, in path: String) throws -> CorpusFormat {
        let endings = Set(files.paths.map(InputFile.ending))
        var formats = CorpusFormat.allCases.filter { $0 != .brat && !endings.isDisjoint(with: $0.extensions) }
        let hasAnnotations =
            endings.contains("ann") || !files.isFolder && endings == ["txt"] && files.annotations(beside: path) != nil
        if hasAnnotations { formats = formats.filter { $0 != .text } + [.brat] }
        if formats.count == 1 { return formats[0] }
        if formats.count > 1 { throw CorpusError.severalFormats(path: path, formats: formats) }
        if files.isFolder {
            throw FileError.emptyFolder(path: path, expected: "notes (.xml, .txt, .ann, .jsonl, .csv, .tsv, .json)")
        }
        return try format(ofContentAt: path)
    }

    private static func format(ofContentAt path: String) throws -> CorpusFormat {
        let file = try InputFile(readingFrom: path, limit: .max)
        let first = file.bytes[file.contentStart...].first { !Surface.isSpace($0) }
        switch first {
        case UInt8(ascii: "<"): return .i2b2
        case UInt8(ascii: "{"): return .jsonl
        case nil, 0: throw CorpusError.unknownFormat(path: path)
        default: return .text
        }
    }

    /// Each brat text with its annotations, if it has them.
    ///
    /// - Throws: ``CorpusError/missingText(file:expected:)`` for annotations without a text.
    func bratPairs() throws -> [(text: String, annotations: String?)] {
        guard isFolder else { return try paths.map(pair) }
        let texts = paths.filter { InputFile.ending(of: $0) == "txt" }
        let annotations = paths.filter { InputFile.ending(of: $0) == "ann" }
        var annotated = Dictionary(annotations.map { (InputFile.stem(of: $0), $0) }) { first, _ in first }
        let pairs = texts.map { (text: $0, annotations: annotated.removeValue(forKey: InputFile.stem(of: $0))) }
        if let lonely = annotated.values.min() {
            throw CorpusError.missingText(
                file: lonely, expected: InputFile.stem(of: InputFile.name(of: lonely)) + ".txt")
        }
        return pairs
    }

    /// The pair that one of its two files stands for.
    private func pair(_ path: String) throws -> (text: String, annotations: String?) {
        guard InputFile.ending(of: path) == "ann" else { return (path, annotations(beside: path)) }
        let text = Self.existing(InputFile.stem(of: path) + ".txt")
        guard let text else {
            throw CorpusError.missingText(file: path, expected: InputFile.stem(of: InputFile.name(of: path)) + ".txt")
        }
        return (text, path)
    }

    private func annotations(beside path: String) -> String? { Self.existing(InputFile.stem(of: path) + ".ann") }

    private static func existing(_ path: String) -> String? {
        [path, path + ".gz"].first { FileManager.default.fileExists(atPath: $0) }
    }
}
