import Foundation

/// Guards the input of a job against its output.
enum OutputPath {
    /// Refuses an output that would replace or join the files of the input.
    ///
    /// - Throws: ``WorkflowError/outputIsInput(path:)``.
    static func refuse(_ output: String, over input: String, isFolder: Bool) throws {
        let source = resolved(input)
        let target = resolved(output)
        let folder = (source as NSString).deletingLastPathComponent
        var sourceIsFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: source, isDirectory: &sourceIsFolder)
        // Files in the folder of the input may be called as those that are written.
        let joins =
            sourceIsFolder.boolValue
            ? (target as NSString).deletingLastPathComponent == source && FileManager.default.fileExists(atPath: target)
            : isFolder && target == folder
        if target == source || joins { throw WorkflowError.outputIsInput(path: output) }
    }

    /// The path without links, also where its last parts do not exist yet.
    private static func resolved(_ path: String) -> String {
        var rest: [String] = []
        var known = URL(fileURLWithPath: path).standardizedFileURL.path
        while known != "/", !FileManager.default.fileExists(atPath: known) {
            rest.insert((known as NSString).lastPathComponent, at: 0)
            known = (known as NSString).deletingLastPathComponent
        }
        let base = realpath(known, nil).map { pointer -> String in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        return ([base ?? known] + rest).joined(separator: "/")
    }
}
