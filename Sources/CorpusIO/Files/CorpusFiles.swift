import Essentials
import Foundation

/// The files of a corpus: one, those of a folder in the order of their names, or those of an archive.
struct CorpusFiles {
    /// The path as the user named it.
    let path: String
    /// In the order of their paths.
    let sources: [InputSource]
    /// Whether a file was named itself, so that it is taken whatever it is called.
    let isSingleFile: Bool

    /// The file at `path`, the files directly in the folder there and in its subfolders of some formats, or the members
    /// of the archive there; hidden and half-written files do not count.
    ///
    /// - Throws: ``FileError``, ``CorpusError`` for a damaged archive.
    static func list(_ path: String, options: ReadOptions) throws -> CorpusFiles {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FileError.missing(path: path, hint: "check the path of the corpus")
        }
        if isFolder.boolValue {
            let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
            return CorpusFiles(path: path, sources: try visible(in: folder), isSingleFile: false)
        }
        let source = InputSource(path: path)
        let names = [".tar", ".tar.gz", ".tgz"]
        guard names.contains(where: path.lowercased().hasSuffix) else {
            return CorpusFiles(path: path, sources: [source], isSingleFile: true)
        }
        let file = try InputFile(undecoded: source, limit: options.maxArchiveBytes)
        guard TarArchive.isTar(file.bytes) else {
            throw CorpusError.malformed(file: path, line: nil, problem: "not a tar archive, as its name says")
        }
        let members = try TarArchive.members(of: file.bytes, path: path)
        return CorpusFiles(path: path, sources: members.sorted { $0.path < $1.path }, isSingleFile: false)
    }

    /// The files directly in `folder`, and those in folders below it that some format puts its files into.
    private static func visible(in folder: String) throws -> [InputSource] {
        var sources: [InputSource] = []
        for name in try names(in: folder) {
            var status = stat()
            let isFolder = stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            if !isFolder {
                sources.append(InputSource(path: "\(folder)/\(name)"))
            } else if Formats.subfolders.contains(name) {
                for inner in try names(in: "\(folder)/\(name)") {
                    sources.append(InputSource(path: "\(folder)/\(name)/\(inner)"))
                }
            }
        }
        return sources
    }

    private static func names(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".partial") }.sorted()
        } catch {
            throw FileError.unreadable(path: folder, reason: error.localizedDescription)
        }
    }

    /// The files that belong to a corpus in `format`.
    func sources(in format: any DocumentFormat.Type) -> [InputSource] {
        if isSingleFile { return sources }
        let subfolders = Formats.subfolders.subtracting(format.subfolders)
        return sources.filter { source in
            format.extensions.contains(source.ending)
                && !subfolders.contains(InputFile.name(of: source.folder))
        }
    }

    /// The format that the first file of each ending shows.
    ///
    /// - Throws: ``CorpusError`` when they show none or several, ``FileError`` for a folder without any.
    func recognizedFormat(_ options: ReadOptions) throws -> any DocumentFormat.Type {
        var neighbours = Set(sources.map(\.ending))
        if isSingleFile { neighbours.formUnion(Self.companions(of: path)) }
        var found: [any DocumentFormat.Type] = []
        var seen: Set<String> = []
        for source in sources where seen.insert(source.ending).inserted {
            guard isSingleFile || Formats.extensions.contains(source.ending) || source.ending.isEmpty else { continue }
            let head = try source.head(neighbours: neighbours, encoding: options.encoding)
            guard let format = Formats.all.first(where: { $0.recognizes(head) }),
                !found.contains(where: { $0.format == format.format })
            else { continue }
            found.append(format)
        }
        // Files of one ending may be companions of another one's: the `.txt` of a brat folder.
        let whole = found.filter { format in
            !found.contains { other in
                other.format != format.format && Set(other.extensions).isStrictSuperset(of: format.extensions)
            }
        }
        if whole.count == 1 { return whole[0] }
        if whole.count > 1 { throw CorpusError.severalFormats(path: path, formats: whole.map { $0.format }.sorted()) }
        if isSingleFile { throw CorpusError.unknownFormat(path: path) }
        throw FileError.emptyFolder(path: path, expected: "notes in a format that clinner reads")
    }

    /// The endings of files beside `path` that are called the same.
    private static func companions(of path: String) -> Set<String> {
        let folder = (path as NSString).deletingLastPathComponent
        let stem = InputFile.stem(of: InputFile.name(of: path))
        let names = (try? names(in: folder.isEmpty ? "." : folder)) ?? []
        return Set(names.filter { InputFile.stem(of: $0) == stem }.map(InputFile.ending))
    }
}
