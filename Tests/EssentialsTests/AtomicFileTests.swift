import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct AtomicFileTests {
    private struct Refusal: Error {}

    private func content(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test(arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000])
    func writesEveryByteWhateverTheSizeOfThePieces(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        try withTemporaryFolder { folder in
            try AtomicFile.write(Data(bytes), to: "\(folder)/whole")
            try AtomicFile.write(to: "\(folder)/pieces") { writer in
                var start = 0
                var size = 1
                while start < count {
                    let end = min(count, start + size)
                    try bytes[start..<end].withUnsafeBytes { try writer.write($0) }
                    start = end
                    size = size * 3 % 700_001 + 1
                }
            }
            for name in ["whole", "pieces"] {
                #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")) == Data(bytes))
            }
        }
    }

    @Test func replacesAFileAndLeavesNothingBeside() throws {
        try withTemporaryFolder { folder in
            try AtomicFile.write("old", to: "\(folder)/a")
            try AtomicFile.write("new é", to: "\(folder)/a")
            #expect(try content("\(folder)/a") == "new é")
            #expect(try names(folder) == ["a"])
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/a")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func keepsTheOldFileWhenTheBodyThrows() throws {
        try withTemporaryFolder { folder in
            try AtomicFile.write("old", to: "\(folder)/a")
            #expect(throws: Refusal.self) {
                try AtomicFile.write(to: "\(folder)/a") { writer in
                    try writer.write("half of the new")
                    throw Refusal()
                }
            }
            #expect(try content("\(folder)/a") == "old")
            #expect(try names(folder) == ["a"])
        }
    }

    @Test func aReaderNeverSeesHalfAFile() throws {
        try withTemporaryFolder { folder in
            try AtomicFile.write("old", to: "\(folder)/a")
            try AtomicFile.write(to: "\(folder)/a") { writer in
                try writer.write(String(repeating: "x", count: 3_000_000))
                #expect(try content("\(folder)/a") == "old")
            }
            #expect(try content("\(folder)/a").utf8.count == 3_000_000)
        }
    }

    @Test func saysWhyItCannotWrite() throws {
        let error = #expect(throws: FileError.self) { try AtomicFile.write("x", to: "no/such/folder/a") }
        #expect(
            error?.description
                == "no/such/folder/a: cannot be written: No such file or directory; what was there before is unchanged")
        #expect(error?.exitCode == .inputOutput)
    }

    /// A limit on the size of files stands in for a full disk: `write` fails in the middle in the same way.
    @Test func aFullDiskLeavesTheOldFile() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            try withTemporaryFolder { folder in
                let path = "\(folder)/a"
                try AtomicFile.write("old", to: path)
                var limit = rlimit(rlim_cur: 1_500_000, rlim_max: 1_500_000)
                precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
                do {
                    try AtomicFile.write(Data(count: 4_000_000), to: path)
                    preconditionFailure("the limit did not hold")
                } catch let error as FileError {
                    precondition(error == .unwritable(path: path, reason: "File too large"))
                }
                let content = try String(contentsOfFile: path, encoding: .utf8)
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                precondition(content == "old" && names == ["a"])
            }
        }
    }

    @Test func replacesAFolderInOneStep() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model"
            for version in ["one", "two"] {
                try AtomicFile.replaceFolder(path) { fresh in
                    try AtomicFile.write(version, to: "\(fresh)/\(version)")
                }
                #expect(try names(path) == [version])
            }
            #expect(throws: Refusal.self) {
                try AtomicFile.replaceFolder(path) { fresh in
                    try AtomicFile.write("three", to: "\(fresh)/three")
                    throw Refusal()
                }
            }
            #expect(try names(path) == ["two"])
            #expect(try names(folder) == ["model"])
        }
    }

    @Test func recoversAFolderFromACrashBetweenTheRenames() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model"
            try AtomicFile.replaceFolder(path) { try AtomicFile.write("one", to: "\($0)/one") }
            // What a crash after the first rename leaves, and one before the old folder is removed.
            try FileManager.default.moveItem(atPath: path, toPath: "\(path).old")
            AtomicFile.recoverFolder(path)
            #expect(try names(path) == ["one"])
            try FileManager.default.copyItem(atPath: path, toPath: "\(path).old")
            AtomicFile.recoverFolder(path)
            #expect(try names(folder) == ["model"])
            AtomicFile.recoverFolder("\(folder)/other")
            #expect(try names(folder) == ["model"])
        }
    }

    @Test func foldersAreReadableByTheirOwnerOnly() throws {
        try withTemporaryFolder { folder in
            try AtomicFile.makeFolder("\(folder)/a/b")
            try AtomicFile.makeFolder("\(folder)/a/b")
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/a/b")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            try AtomicFile.write("x", to: "\(folder)/file")
            #expect(throws: FileError.self) { try AtomicFile.makeFolder("\(folder)/file/b") }
        }
    }
}
