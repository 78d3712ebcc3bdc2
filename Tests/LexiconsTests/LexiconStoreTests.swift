import Essentials
import Foundation
import TestSupport
import Testing

@testable import Lexicons

@Suite struct LexiconStoreTests {
    static let entries: [LexiconEntry] = [
        LexiconEntry(
            term: "renal cell carcinoma", type: "Disease", code: "DOID:4450", preferred: "renal cell carcinoma",
            source: "DO", status: .preferred, crossReferences: ["MESH:D002292", "NCI:C9385"], line: 7),
        LexiconEntry(
            term: "RCC", type: "Disease", code: "DOID:4450", preferred: "renal cell carcinoma", isCaseSensitive: true,
            source: "DO", status: .abbreviation, crossReferences: ["MESH:D002292", "NCI:C9385"], line: 8),
        LexiconEntry(term: "Sjögren's", type: nil, preferred: "Sjögren syndrome", status: .synonym, line: 9),
        LexiconEntry(term: "Lopressor", type: "Medication", code: "RXNORM:202693", status: .brand, line: 12),
        LexiconEntry(term: "...", type: "Medication", line: 13),
    ]

    @Test func entriesComeBackAsTheyWere() throws {
        try withTemporaryFolder { folder in
            let lexicon = try mapped(Lexicon(name: "l", entries: Self.entries), in: folder)
            #expect(Array(lexicon.entries) == Self.entries)
            #expect(lexicon.store?.types == ["Disease", "Medication"])
            #expect(lexicon.store?.conceptCount == 4)
            #expect(lexicon.store?.origin == "tests")
            let typed = Lexicon(name: "l", store: try LexiconStore(path: "\(folder)/l.lexicon"), type: "Other")
            #expect(typed.entries.map(\.type) == ["Disease", "Disease", "Other", "Medication", "Medication"])
            #expect(
                typed.entries.indices.map { typed.entries.types[typed.entries.typeNumber(of: $0)] }
                    == typed.entries.map(\.type))
        }
    }

    @Test func theSameEntriesMakeTheSameBytes() throws {
        try withTemporaryFolder { folder in
            for name in ["a", "b"] { _ = try mapped(Lexicon(name: name, entries: Self.entries), in: folder) }
            let contents = ["a", "b"].map { FileManager.default.contents(atPath: "\(folder)/\($0).lexicon") }
            #expect(contents[0] == contents[1])
        }
    }

    @Test func anEmptyLexiconIsOne() throws {
        try withTemporaryFolder { folder in
            let lexicon = try mapped(Lexicon(name: "l", entries: []), in: folder)
            #expect(lexicon.entries.isEmpty)
            #expect(found(LexiconMatcher([lexicon], options: .allVariants), "nothing to find here") == [])
        }
    }

    /// Opens the file and uses all of it.
    private static func use(_ path: String) throws -> ([LexiconEntry], [FoundTerm]) {
        let store = try LexiconStore(path: path)
        let lexicon = Lexicon(name: "l", store: store)
        let text = "RCC, carcinomas, renal cell; Sjögren and lopresor, lopressor"
        return (Array(lexicon.entries), found(LexiconMatcher([lexicon], options: .allVariants), text))
    }

    @Test func aFileThatIsCutAnywhereIsNamedAndSoIsALongerOne() throws {
        try withTemporaryFolder { folder in
            _ = try mapped(Lexicon(name: "l", entries: Self.entries), in: folder)
            let whole = try #require(FileManager.default.contents(atPath: "\(folder)/l.lexicon"))
            let path = "\(folder)/cut.lexicon"
            for count in 0..<whole.count {
                try whole.prefix(count).write(to: URL(fileURLWithPath: path))
                let error = #expect(throws: LexiconStoreError.self) { try Self.use(path) }
                #expect(
                    count < 8
                        ? error == .noLexicon(path: path)
                        : "\(error ?? .noLexicon(path: ""))".contains("bytes instead of"))
            }
            try (whole + Data([0])).write(to: URL(fileURLWithPath: path))
            #expect(message { _ = try Self.use(path) }.contains("bytes instead of"))
        }
    }

    @Test func aByteThatChangedIsFoundAndWhatIsNotUsedHarmsNothing() throws {
        try withTemporaryFolder { folder in
            _ = try mapped(Lexicon(name: "l", entries: Self.entries), in: folder)
            let whole = try #require(FileManager.default.contents(atPath: "\(folder)/l.lexicon"))
            let path = "\(folder)/flipped.lexicon"
            let expected = try Self.use("\(folder)/l.lexicon")
            var caught = 0
            for place in 0..<whole.count {
                var bytes = whole
                bytes[place] ^= UInt8(1 << (place % 8))
                try bytes.write(to: URL(fileURLWithPath: path))
                do {
                    let (entries, matches) = try Self.use(path)
                    // Only what fills the sections up to their multiples of 64 bytes is in no check sum.
                    #expect(entries == expected.0 && matches == expected.1)
                    #expect(place >= StoreHeader.size && whole[place] == 0)
                } catch let error as LexiconStoreError {
                    caught += 1
                    #expect("\(error)".hasPrefix(path))
                }
            }
            #expect(caught > StoreHeader.size)
        }
    }

    /// Recomputes the check sums of a damaged file, as nobody but a vandal would.
    @Test func valuesThatLieNeverCrash() throws {
        var generator = SeededGenerator(seed: 5)
        var compiler = LexiconCompiler()
        for entry in Self.entries { try compiler.add(entry) }
        let pieces = try compiler.file(origin: "")
        for _ in 0..<400 {
            var sections = StoreSection.allCases.map { pieces[1 + 2 * $0.rawValue] }
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let section = Int.random(in: 0..<sections.count, using: &generator)
                guard !sections[section].isEmpty else { continue }
                let place = Int.random(in: 0..<sections[section].count, using: &generator)
                sections[section][place] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let store = try? LexiconStore(StoreBytes(StoreHeader.file(of: sections)), path: "x") else { continue }
            let lexicon = Lexicon(name: "l", store: store)
            _ = Array(lexicon.entries)
            _ = found(
                LexiconMatcher([lexicon], options: .allVariants),
                "RCC, carcinomas, renal cell; Sjögren lopresor, lopressor")
        }
    }

    @Test func otherFilesAreNamed() throws {
        try withTemporaryFolder { folder in
            try write(["table.lexicon": "term\tcode\nfever\tX:1\n"], to: folder)
            #expect(
                message { _ = try LexiconStore(path: "\(folder)/table.lexicon") }
                    == "\(folder)/table.lexicon: not a compiled lexicon; `clinner lexicon build` makes one from tables "
                    + "and ontologies")
            #expect(throws: FileError.self) { try LexiconStore(path: "\(folder)/none.lexicon") }
            #expect(throws: FileError.self) { try LexiconStore(path: folder) }
        }
    }
}
