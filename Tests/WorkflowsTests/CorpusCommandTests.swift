import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

/// The corpus commands of the built program: arguments, messages, exit codes.
@Suite(.enabled(if: ClinnerProcess.isBuilt, "needs .build/debug/clinner, which swift build makes"))
struct CorpusCommandTests {
    /// Runs `clinner` on a folder of two notes; `@` stands for the folder.
    private func run(_ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
        try withTemporaryFolder { folder in
            try AtomicFile.makeFolder("\(folder)/notes")
            try AtomicFile.write("Has fever.\n", to: "\(folder)/notes/a.txt")
            try AtomicFile.write("T1\tproblem 4 9\tfever\n", to: "\(folder)/notes/a.ann")
            try AtomicFile.write("No cough.\n", to: "\(folder)/notes/b.txt")
            try AtomicFile.write("T1\tproblem 3 80\tcough\n", to: "\(folder)/notes/b.ann")
            let result = try ClinnerProcess(arguments.map { $0.replacing("@", with: folder) }).end()
            return (
                result.status, result.output.replacing(folder, with: "@"), result.errors.replacing(folder, with: "@")
            )
        }
    }

    @Test func convertsAndTellsWhatWasLeftOut() throws {
        let (status, output, errors) = try run(
            "convert", "--to", "jsonl", "--map", "problem=Disease", "--quiet", "@/notes", "@/all.jsonl")
        #expect(status == 65)
        #expect(
            output == """
                @/notes/b.ann:1: error: offset 3: entity T1 spans 3-80, but the text has 10 code points; check that the \
                annotations belong to this text and count code points
                convert: 2 documents with 1 entity from brat to jsonl in @/all.jsonl; left out while reading: 1 entity; \
                lost in jsonl: nothing

                """)
        #expect(
            errors == "clinner: left out while reading: 1 entity; `clinner check` says where, "
                + "--mode repair puts right what it can\n")
    }

    @Test func strictStopsWithTheFault() throws {
        let (status, output, errors) = try run("convert", "--to", "jsonl", "--mode", "strict", "@/notes", "@/all.jsonl")
        #expect(status == 65 && output.isEmpty)
        #expect(errors.hasSuffix("annotations belong to this text and count code points\n"))
        #expect(errors.hasPrefix("clinner: @/notes/b.ann:1: "))
    }

    @Test(arguments: [
        (
            ["convert", "--to", "jsonl", "--map", "problem", "@/notes", "@/out"],
            "Error: --map takes TYPE=NAME, such as problem=Disease; `problem` is not of that form"
        ),
        (["check"], "Error: name notes to check"),
        (["check", "@/notes", "@/notes", "--fix", "@/x"], "Error: --fix takes one corpus at a time"),
        (
            ["split", "@/notes", "@/x", "--patient-key", "k"],
            "Error: --patient-key and --patient-pattern need --by patient"
        ),
        (
            ["split", "@/notes", "@/x", "--train", "0.9"],
            "clinner: the shares of train, dev and test must be between 0 and 1 and add up to 1, and add up to 1.1"
        ),
        (
            ["convert", "--to", "brat", "--quiet", "@/notes", "@/notes"],
            "clinner: @/notes: is or joins the input, which is never written over; name another place"
        ),
    ]) func wrongUsageEndsWith64(arguments: [String], message: String) throws {
        let (status, output, errors) = try withTemporaryFolder { folder in
            try AtomicFile.makeFolder("\(folder)/notes")
            try AtomicFile.write("Has fever.\n", to: "\(folder)/notes/a.txt")
            let result = try ClinnerProcess(arguments.map { $0.replacing("@", with: folder) }).end()
            return (result.status, result.output, result.errors.replacing(folder, with: "@"))
        }
        #expect(status == 64 && output.isEmpty)
        #expect(errors.split(separator: "\n").first.map(String.init) == message)
    }

    @Test func checkEndsWith65AndStatsCount() throws {
        let check = try run("check", "@/notes", "--json", "--min-examples", "1")
        #expect(check.status == 65)
        #expect(check.output.split(separator: "\n").count == 2)
        #expect(
            check.errors == "clinner: 1 error in the corpus; --fix OUT writes a copy without what can be put right\n")
        let stats = try run("stats", "@/notes", "--json", "--mode", "warn")
        #expect(stats.status == 65 && stats.output.hasPrefix(#"{"format":"brat","leftOut":{"entity":1},"#))
    }
}
