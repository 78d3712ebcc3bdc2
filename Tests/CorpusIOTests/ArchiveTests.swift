import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Gzip files and tar archives are read as they are.
@Suite struct ArchiveTests {
    private static let xml =
        "<r><TEXT>took aspirin</TEXT><TAGS><Drug id=\"E0\" start=\"5\" end=\"12\" text=\"aspirin\"/></TAGS></r>"
    private static let line = "{\"text\":\"took aspirin\",\"label\":[[5,12,\"Drug\"]]}\n"

    /// Packs files with the system's tar and hands `body` the archive's path.
    private func withArchive<Result>(
        _ files: [String: String], name: String = "a.tar.gz", format: String = "pax", body: (String) throws -> Result
    ) throws -> Result {
        try withTemporaryFolder { folder in
            for (path, content) in files {
                let url = URL(fileURLWithPath: "\(folder)/in/\(path)")
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(content.utf8).write(to: url)
            }
            let compress = name.hasSuffix("gz") ? "-czf" : "-cf"
            try run("tar", "--format=\(format)", compress, "\(folder)/\(name)", "-C", "\(folder)/in", ".")
            return try body("\(folder)/\(name)")
        }
    }

    @Test(arguments: ["a.tar", "a.tar.gz", "a.tgz"]) func readsPairsXMLAndJSONLines(_ name: String) throws {
        let pairs = ["n1.txt": "took aspirin", "n1.ann": "T1\tDrug 5 12\taspirin\n", "n2.txt": "none", "n2.ann": ""]
        try withArchive(pairs, name: name) { path in
            let result = try CorpusReader.read(path, name: "a")
            #expect(result.format == .brat)
            #expect(result.corpus.documents.map(\.id) == ["n1", "n2"])
            #expect(result.corpus.documents[0].entities.count == 1)
        }
        try withArchive(["x/y/n1.xml": Self.xml, "x/n2.xml": Self.xml], name: name) { path in
            let result = try CorpusReader.read(path, name: "a")
            #expect(result.format == .i2b2)
            #expect(result.corpus.documents.map(\.id).sorted() == ["n1", "n2"])
        }
        try withArchive(["all.jsonl": Self.line + Self.line], name: name) { path in
            let result = try CorpusReader.read(path, name: "a")
            #expect(result.format == .doccano)
            #expect(result.corpus.documents.map(\.id) == ["all-1", "all-2"])
        }
    }

    @Test(arguments: ["ustar", "gnu", "pax", "oldgnu"]) func readsNamesOfAnyLength(_ format: String) throws {
        let long = String(repeating: "n", count: 90)
        let folder = String(repeating: "d", count: format == "ustar" ? 40 : 150)
        var files = ["\(folder)/\(long).txt": "took aspirin", "\(folder)/\(long).ann": "T1\tDrug 5 12\taspirin\n"]
        if format != "ustar" { files["\(folder)/\(long)\(long)é.txt"] = "none" }
        try withArchive(files, format: format) { path in
            var options = ReadOptions(format: .brat)
            options.mode = .strict
            let documents = try CorpusReader.read(path, name: "a", options: options).corpus.documents
            #expect(documents.map(\.id).contains(long))
            #expect(documents.count == (format == "ustar" ? 1 : 2))
            #expect(documents.first { $0.id == long }?.entities.count == 1)
        }
    }

    @Test func readsMembersThatAreGzipThemselves() throws {
        try withTemporaryFolder { folder in
            try Data(Self.line.utf8).write(to: URL(fileURLWithPath: "\(folder)/a.jsonl"))
            try run("gzip", "\(folder)/a.jsonl")
            try run("tar", "-cf", "\(folder)/all.tar", "-C", folder, "a.jsonl.gz")
            #expect(try CorpusReader.read("\(folder)/all.tar", name: "a").corpus.documents.map(\.id) == ["a-1"])
            let gzip = try CorpusReader.read("\(folder)/a.jsonl.gz", name: "a")
            #expect(gzip.format == .doccano)
            #expect(gzip.corpus.documents[0].entities.count == 1)
        }
    }

    @Test func leavesOutLinksAndHiddenFiles() throws {
        try withTemporaryFolder { folder in
            try Data("secret".utf8).write(to: URL(fileURLWithPath: "\(folder)/secret.txt"))
            try Data("hidden".utf8).write(to: URL(fileURLWithPath: "\(folder)/.hidden.txt"))
            try Data("note".utf8).write(to: URL(fileURLWithPath: "\(folder)/n.txt"))
            try run("ln", "-s", "\(folder)/secret.txt", "\(folder)/link.txt")
            try run("tar", "-cf", "\(folder)/all.tar", "-C", folder, "link.txt", ".hidden.txt", "n.txt")
            #expect(try CorpusReader.read("\(folder)/all.tar", name: "a").corpus.documents.map(\.id) == ["n"])
        }
    }

    @Test func refusesDamagedArchives() throws {
        try withArchive(["n.txt": "took aspirin", "o.txt": "none"], name: "a.tar") { path in
            let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
            var damaged = bytes
            // The name in the header of the first file, whose checksum then is wrong.
            let place = try #require(bytes.firstRange(of: "n.txt".utf8)?.lowerBound)
            damaged[place] = UInt8(ascii: "m")
            #expect(try message("a.tar", damaged) == "a.tar: the tar archive is damaged; copy the file again")
            #expect(
                try message("a.tar", Array("not a tar archive".utf8)) == "a.tar: not a tar archive, as its name says")
            // The end is cut within a file.
            let content = try #require(bytes.firstRange(of: "took".utf8)?.lowerBound)
            #expect(
                try message("a.tar", Array(bytes[..<(content + 4)]))
                    == "a.tar: the tar archive is damaged; copy the file again")
        }
        try withArchive(["n.txt": String(repeating: "took aspirin ", count: 900)]) { path in
            let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
            #expect(
                try message("a.tar.gz", Array(bytes.dropLast(20)))
                    == "a.tar.gz: the gzip data ends too early; copy the file again")
        }
    }

    @Test func refusesABombBeforeItIsUnpacked() throws {
        // Zeros pack 1000 to 1.
        try withTemporaryFolder { folder in
            try run("truncate", "-s", "60M", "\(folder)/n.txt")
            try run("tar", "-czf", "\(folder)/a.tar.gz", "-C", folder, "n.txt")
            var options = ReadOptions()
            options.maxArchiveBytes = 2 << 20
            let error = #expect(throws: CorpusError.self) {
                try CorpusReader.read("\(folder)/a.tar.gz", name: "a", options: options)
            }
            #expect(
                try #require(error).description.hasSuffix(
                    "/a.tar.gz: larger than 2097152 bytes; unpack it into a folder, or raise maxArchiveBytes"))
            try run("gzip", "\(folder)/n.txt")
            let single = #expect(throws: CorpusError.self) {
                try CorpusReader.read("\(folder)/n.txt.gz", name: "a", options: ReadOptions(maxFileBytes: 2 << 20))
            }
            #expect(
                try #require(single).description.hasSuffix(
                    "/n.txt.gz: larger than 2097152 bytes; split it, or raise maxFileBytes"))
        }
    }

    @Test func survivesArchivesDamagedAtRandom() throws {
        try withArchive(["n.txt": "took aspirin", "n.ann": "T1\tDrug 5 12\taspirin\n"], name: "a.tar", format: "pax") {
            path in
            let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
            var state: UInt64 = 5
            func next(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
            var refused = 0
            for _ in 0..<300 {
                var damaged = bytes
                for _ in 0...next(3) { damaged[next(damaged.count)] = UInt8(next(256)) }
                do {
                    _ = try withFile("a.tar", damaged) { try CorpusReader.read($0, name: "a") }
                } catch {
                    refused += 1
                }
            }
            #expect(refused > 0)
        }
    }
}
