import Essentials
import Foundation

/// The files of a corpus, in order; those of a folder take few bytes each.
enum SourceList: RandomAccessCollection, Sendable {
    /// Files that are held themselves.
    case sources([InputSource])
    /// Names within a folder on disk.
    case names(NameList, folder: String)

    var startIndex: Int { 0 }

    var endIndex: Int {
        switch self {
        case .sources(let sources): sources.count
        case .names(let names, _): names.count
        }
    }

    subscript(index: Int) -> InputSource {
        switch self {
        case .sources(let sources): sources[index]
        case .names(let names, let folder): Self.source(names[index], in: folder)
        }
    }

    /// The files for which `isIncluded` holds.
    func filtered(_ isIncluded: (InputSource) -> Bool) -> SourceList {
        switch self {
        case .sources(let sources): .sources(sources.filter(isIncluded))
        case .names(let names, let folder):
            .names(names.filtered { isIncluded(Self.source($0, in: folder)) }, folder: folder)
        }
    }

    /// A name may begin with a subfolder.
    private static func source(_ name: String, in folder: String) -> InputSource {
        let subfolder = name.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(name[..<$0]) }
        return InputSource(path: "\(folder)/\(name)", subfolder: subfolder)
    }

    /// The files directly in `folder`, and those directly in its `subfolders`; hidden and half-written files and other
    /// folders do not count.
    ///
    /// - Throws: ``FileError/unreadable(path:reason:)``.
    static func files(in folder: String, subfolders: Set<String>) throws -> SourceList {
        var names = NameList()
        var inner: [String] = []
        try forEachEntry(of: folder) { name, isFolder in
            if !isFolder { names.append(name.utf8) } else if subfolders.contains(name) { inner.append(name) }
        }
        for subfolder in inner {
            try forEachEntry(of: "\(folder)/\(subfolder)") { name, isFolder in
                if !isFolder { names.append("\(subfolder)/\(name)".utf8) }
            }
        }
        names.sort()
        return .names(names, folder: folder)
    }

    /// Hands out what a folder holds, in no order.
    private static func forEachEntry(of folder: String, _ body: (_ name: String, _ isFolder: Bool) -> Void) throws {
        guard let directory = opendir(folder) else {
            throw FileError.unreadable(path: folder, reason: String(cString: strerror(errno)))
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix("."), !name.hasSuffix(".partial") else { continue }
            var isFolder = Int(entry.pointee.d_type) == Int(DT_DIR)
            if !isFolder, Int(entry.pointee.d_type) != Int(DT_REG) {
                // A link, or a file system that does not say.
                var status = stat()
                isFolder = stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            }
            body(name, isFolder)
        }
    }
}
