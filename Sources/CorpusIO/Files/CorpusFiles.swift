import Essentials
import Foundation

/// The files of a corpus: one, those of a folder in the order of their names, or those of an archive.
struct CorpusFiles {
    /// The path as the user named it.
    let path: String
    /// In the order of their paths.
    let sources: SourceList
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
            return CorpusFiles(
                path: path, sources: try SourceList.files(in: folder, subfolders: Formats.subfolders),
                isSingleFile: false)
        }
        let source = InputSource(path: path)
        let names = [".tar", ".tar.gz", ".tgz"]
        guard names.contains(where: path.lowercased().hasSuffix) else {
            return CorpusFiles(path: path, sources: .sources([source]), isSingleFile: true)
        }
        let file = try archive(source, limit: options.maxArchiveBytes)
        guard TarArchive.isTar(file.bytes) else {
            throw CorpusError.malformed(file: path, line: nil, problem: "not a tar archive, as its name says")
        }
        let members = try TarArchive.members(of: file.bytes, path: path)
        return CorpusFiles(path: path, members: members)
    }

    /// An archive's bytes, decompressed.
    private static func archive(_ source: InputSource, limit: Int) throws -> InputFile {
        do {
            return try InputFile(undecoded: source, limit: limit)
        } catch CorpusError.tooLarge {
            throw CorpusError.malformed(
                file: source.path, line: nil,
                problem: "larger than \(limit) bytes; unpack it into a folder, or raise maxArchiveBytes")
        }
    }

    /// Files that are in memory, in the order of their paths.
    init(path: String, members: [InputSource]) {
        self.init(path: path, sources: .sources(members.sorted { $0.path < $1.path }), isSingleFile: false)
    }

    private init(path: String, sources: SourceList, isSingleFile: Bool) {
        self.path = path
        self.sources = sources
        self.isSingleFile = isSingleFile
    }

    /// The files that belong to a corpus in `format`.
    func sources(in format: any DocumentFormat.Type) -> SourceList {
        isSingleFile ? sources : sources.filtered { Self.belongs($0, to: format) }
    }

    private static func belongs(_ source: InputSource, to format: any DocumentFormat.Type) -> Bool {
        format.accepts(source) && source.subfolder.map(format.subfolders.contains) != false
    }

    /// The format that the first file of each ending, in each folder, shows.
    ///
    /// - Throws: ``CorpusError`` when they show none or several, ``FileError`` for a folder without any.
    func recognizedFormat(_ options: ReadOptions) throws -> any DocumentFormat.Type {
        var first: [String: InputSource] = [:]
        var endings: [String: Set<String>] = [:]
        for source in sources {
            let subfolder = source.subfolder ?? ""
            if first["\(subfolder)/\(source.endings)"] == nil { first["\(subfolder)/\(source.endings)"] = source }
            endings[subfolder, default: []].formUnion(source.endings)
        }
        if isSingleFile { endings = ["": companions] }
        var found: [any DocumentFormat.Type] = []
        for source in first.values.sorted(by: { $0.path < $1.path }) {
            guard let format = try recognizedFormat(of: source, endings: endings, options),
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

    /// The first format that takes a file for its own; in a folder it must be one that would read it.
    ///
    /// `endings` are those of the files in each subfolder, under an empty name those of the other files.
    private func recognizedFormat(
        of source: InputSource, endings: [String: Set<String>], _ options: ReadOptions
    ) throws -> (any DocumentFormat.Type)? {
        let candidates = isSingleFile ? Formats.all : Formats.all.filter { Self.belongs(source, to: $0) }
        guard !candidates.isEmpty else { return nil }
        var head: FileHead
        do {
            head = try source.head(neighbours: [], encoding: options.encoding)
        } catch  where !isSingleFile && !Formats.extensions.contains(source.ending) {
            // It is nobody's by its name, so it need not be readable.
            return nil
        }
        return candidates.first { format in
            head.neighbours = ([""] + format.subfolders).reduce(into: []) { $0.formUnion(endings[$1] ?? []) }
            return format.recognizes(head)
        }
    }

    /// The endings of files beside the single file that are called the same, also in the folders that formats with a
    /// folder for each kind of file have beside its own.
    private var companions: Set<String> {
        let stem = InputFile.stem(of: InputFile.name(of: path))
        let folder = (path as NSString).deletingLastPathComponent
        var folders = [folder.isEmpty ? "." : folder]
        if Formats.subfolders.contains((folder as NSString).lastPathComponent) {
            let root = (folder as NSString).deletingLastPathComponent
            folders += Formats.subfolders.map { (root as NSString).appendingPathComponent($0) }
        }
        return folders.reduce(into: []) { endings, folder in
            guard let files = try? SourceList.files(in: folder, subfolders: []) else { return }
            for file in files where file.stem == stem { endings.formUnion(file.endings) }
        }
    }
}
