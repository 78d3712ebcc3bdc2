import CorpusIO
import Foundation
import TestSupport
import Testing

/// Files of many lines, some made to cost much. Work that grew with the square of the lines would take minutes.
@Suite struct LineTokenScaleTests {
    private static let count = 4_000

    @Test(.timeLimit(.minutes(1)))
    func readsAndWritesManyConcepts() throws {
        let text = String(repeating: "took aspirin for pain\n", count: Self.count)
        let concepts = (1...Self.count).map { "c=\"for pain\" \($0):2 \($0):3||t=\"problem\"\n" }.joined()
        let relations = (1...Self.count).map { "c=\"for pain\" \($0):2 \($0):3||r=\"PIP\"||c=\"for pain\" 1:2 1:3\n" }
            .joined()
        let documents = try readFolder(["a.txt": text, "a.con": concepts, "a.rel": relations]).corpus.documents
        #expect(documents[0].entities.count == Self.count)
        #expect(documents[0].relations.count == Self.count)
        try withTemporaryFolder { folder in
            try CorpusWriter.write(documents, to: folder, format: .i2b2Concepts2010)
            #expect(try String(contentsOfFile: "\(folder)/a.con", encoding: .utf8) == concepts)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            // All in one place, all over the whole text, all with a text that stands elsewhere, all beyond the text.
            "c=\"took\" 1:0 1:0||t=\"x\"\n", "c=\"took x\" 1:0 4000:3||t=\"x\"\n", "c=\"for\" 1:3 1:3||t=\"x\"\n",
            "c=\"for\" 9999999:3 1:3||t=\"x\"\n",
        ])
    func readsLinesThatAreMadeToCostMuch(_ line: String) throws {
        let files = [
            "a.txt": String(repeating: "took aspirin for pain\n", count: Self.count),
            "a.con": String(repeating: line, count: Self.count),
            "a.ast": String(repeating: line.replacing("\n", with: "||a=\"present\"\n"), count: Self.count / 10),
        ]
        let result = try readFolder(files, ReadOptions(mode: .warn))
        let leftOut = result.summary.leftOut[.entity] ?? 0
        #expect(result.corpus.documents[0].entities.count + leftOut == Self.count)
    }

    @Test(.timeLimit(.minutes(1)))
    func readsALineOfManyQuotationMarks() throws {
        let long = String(repeating: "\" 1:0 1:0 ", count: Self.count)
        #expect(
            try message(ofFolder: ["a.txt": "x", "a.con": "c=\"\(long)x||t=\"y\""])
                == "a.con:1: the place of field c must read LINE:TOKEN LINE:TOKEN")
    }
}
