import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct DigestTests {
    // The published vectors (FIPS 180-2, appendix B), and `head -c 3000000 /dev/zero | sha256sum`.
    @Test(arguments: [
        (Data(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (Data("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (Data(count: 3_000_000), "35bce4eae54ec8e6cc2868baa8d157914d6ae2858811b4cc0c078c94460fa26f"),
    ])
    func agreesWithTheStandardInMemoryAndOnDisk(_ data: Data, _ expected: String) throws {
        #expect(Digest.sha256(data) == expected)
        try withTemporaryFolder { folder in
            try data.write(to: URL(fileURLWithPath: "\(folder)/a"))
            #expect(try Digest.sha256(fileAt: "\(folder)/a") == expected)
        }
    }

    @Test func aFolderChangesWithContentsAndNamesOnly() throws {
        func digest(_ files: [(String, String)]) throws -> String {
            try withTemporaryFolder { folder in
                for (name, content) in files {
                    let path = "\(folder)/\(name)"
                    let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
                    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
                    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
                }
                return try Digest.sha256(folderAt: folder)
            }
        }
        let base = try digest([("a", "1"), ("sub/b", "2")])
        #expect(try digest([("sub/b", "2"), ("a", "1")]) == base)
        #expect(try digest([("a", "1"), ("sub/b", "3")]) != base)
        #expect(try digest([("a", "1"), ("sub/c", "2")]) != base)
        #expect(try digest([("a", "1")]) != base)
    }

    @Test func saysWhichFileIsMissing() {
        #expect(throws: FileError.missing(path: "no/such", hint: "")) { try Digest.sha256(fileAt: "no/such") }
        #expect(throws: FileError.missing(path: "no/such", hint: "")) { try Digest.sha256(folderAt: "no/such") }
    }
}
