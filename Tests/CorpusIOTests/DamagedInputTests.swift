import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

/// Files of every format damaged at random: each is either read, keeping the rules of documents, or refused with an
/// error of ours. A crash would end the test run.
@Suite struct DamagedInputTests {
    private static let pieces: [[UInt8]] =
        [[], [0x00], [0xFF], [0xC3], [0x0D], [0x0A], [0x09], [0xEF, 0xBB, 0xBF], [0x1F, 0x8B], [0xFF, 0xFE]]
        + [
            "<", "&", "\"", "]]>", "99999999999999999999", "-1", ";", " ", "😷", "[[[", "}", "\\ud800", "|", "||", ":",
            ",", "B-", "<!DOCTYPE a [", "<?xml version='1.0'?>", "null", "{}", "1e999", "e\u{301}", "</",
        ].map { Array($0.utf8) }

    @Test(arguments: CorpusReader.formats)
    func damagedFilesAreReadOrRefused(_ format: CorpusFormat) throws {
        let inputs = try FixtureInputs.inputs(of: format).filter { $0.bytes.count < 6_000 }
        try #require(!inputs.isEmpty, "no fixture of \(format.rawValue)")
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for index in 0..<120 {
            var files = inputs[index % inputs.count].files
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<files.count, using: &generator)
                Self.damage(&files[place].bytes, using: &generator)
            }
            let check = InputCheck(files, format: format)
            let mode = ReadMode.allCases[index % 4]
            #expect(check.violation(mode) == nil, "input \(index), \(mode)")
            if try check.documents(.strict) == nil { refused += 1 }
        }
        #expect(refused > 0)
    }

    @Test(arguments: CorpusReader.formats)
    func whatFuzzersFoundStaysFixed(_ format: CorpusFormat) throws {
        for (index, input) in try FixtureInputs.findings(of: format).enumerated() {
            let check = InputCheck(input.files, format: format)
            for mode in ReadMode.allCases { #expect(check.violation(mode) == nil, "finding \(index), \(mode)") }
            #expect(check.roundTripViolation(allowsCountedLosses: true) == nil, "finding \(index)")
        }
    }

    @Test(arguments: CorpusReader.formats)
    func fixturesComeBackFromWriting(_ format: CorpusFormat) throws {
        for (index, input) in try FixtureInputs.inputs(of: format).enumerated() {
            let check = InputCheck(input.files, format: format)
            #expect(check.violation(.standard) == nil)
            #expect(check.roundTripViolation() == nil, "input \(index) \(input.files.map(\.name))")
        }
    }

    @Test(arguments: ["a.tar", "a.tar.gz"]) func damagedArchivesAreReadOrRefused(_ name: String) throws {
        try withTemporaryFolder { folder in
            try "no pain".write(toFile: "\(folder)/a.txt", atomically: true, encoding: .utf8)
            try run("tar", "-caf", "\(folder)/\(name)", "--format=pax", "-C", folder, "a.txt")
            let path = "\(folder)/\(name)"
            let original = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
            #expect(try CorpusReader.read(path, name: "test").corpus.documents.map(\.text) == ["no pain"])
            var generator = SeededGenerator(seed: 12)
            for _ in 0..<200 {
                var bytes = original
                Self.damage(&bytes, using: &generator)
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                do {
                    _ = try CorpusReader.read(path, name: "test", options: ReadOptions(format: .text, mode: .warn))
                } catch is any UserFacingError {}
            }
        }
    }

    private static func damage(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        let start = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes.removeSubrange(start...)
        case 1:
            let other = Int.random(in: 0...bytes.count, using: &generator)
            bytes.insert(contentsOf: Array(bytes[min(start, other)..<max(start, other)].prefix(80)), at: start)
        default:
            let end = min(bytes.count, start + Int.random(in: 0...4, using: &generator))
            bytes.replaceSubrange(start..<end, with: pieces.randomElement(using: &generator) ?? [])
        }
    }
}
