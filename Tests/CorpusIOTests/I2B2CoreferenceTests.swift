import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct I2B2CoreferenceTests {
    private func note(_ concepts: String?, chains: String? = nil, pairs: String? = nil) -> [String: String] {
        var files = ["a.txt": "Mrs. X saw it .\nShe took it .\n"]
        files["a.txt.con"] = concepts
        files["a.txt.chains"] = chains
        files["a.txt.pairs"] = pairs
        return files
    }

    private static let concepts = """
        c="mrs. x" 1:0 1:1||t="person"
        c="it" 1:3 1:3||t="pronoun"
        c="she" 2:0 2:0||t="person"
        c="it" 2:2 2:2||t="pronoun"

        """

    private func fixture() throws -> ReadResult {
        try CorpusReader.read(
            SharedData.fixture("i2b2/2011-coref"), name: "f", options: ReadOptions(format: .i2b2Coreference2011))
    }

    @Test func findsTheMentionsAndChainsOfTheFixture() throws {
        let result = try fixture()
        #expect(result.faults.isEmpty)
        let document = try #require(result.corpus.documents.first)
        let rows = try FixtureRow.read("2011-coref")
        #expect(document.entities.map(\.type) == rows.map { $0["type"] })
        #expect(document.entities.map(document.codePointSpans) == rows.map { $0["spans"] })
        #expect(document.entities.map(document.escapedSurface) == rows.map { $0["text"] })
        let chains = document.relations.filter { $0.id.hasPrefix("C") }
        #expect(chains.map(\.type) == ["coref person", "coref problem", "coref person"])
        for (entity, row) in zip(document.entities, rows) {
            let numbers = chains.indices.filter { chains[$0].arguments.contains { $0.entityID == entity.id } }
            #expect(numbers.map { "{\"chain\": \($0 + 1)}" } == [row["attrs"]])
        }
        #expect(chains.allSatisfy { $0.arguments.allSatisfy { $0.role == "mention" } })
    }

    @Test func findsThePairsOfTheFixture() throws {
        let document = try fixture().corpus.documents[0]
        let pairs = document.relations.filter { $0.id.hasPrefix("P") }
        let surfaces = pairs.map { pair in
            pair.arguments.map { argument in
                document.entities.first { $0.id == argument.entityID }.map(document.surface) ?? ""
            }
        }
        #expect(
            surfaces == [
                ["Mrs. Iona Marlow", "her"], ["her", "the patient"], ["a foot ulcer", "The ulcer"],
                ["The ulcer", "It"],
                ["Dr. Vane", "who"],
            ])
        #expect(pairs.allSatisfy { $0.arguments.map(\.role) == ["antecedent", "anaphor"] })
        #expect(pairs[2].type == "coref problem")
    }

    @Test func writesTheFilesAsTheyWere() throws {
        let documents = try fixture().corpus.documents
        let path = SharedData.fixture("i2b2/2011-coref")
        try withTemporaryFolder { folder in
            var options = WriteOptions()
            options.subfolders = true
            try CorpusWriter.write(documents, to: folder, format: .i2b2Coreference2011, options: options)
            for name in ["docs/X", "concepts/X.con", "chains/X.chains", "pairs/X.pairs"] {
                let name = name.replacing("X", with: "clinical-901.txt")
                let expected = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
                #expect(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) == expected)
            }
        }
        try expectFolderRoundTrips(documents, .i2b2Coreference2011)
    }

    @Test func givesTheMentionsOfOnePlaceToAChainOneAfterTheOther() throws {
        let twins = Self.concepts + "c=\"it\" 2:2 2:2||t=\"pronoun\"\nc=\"it\" 2:2 2:2||t=\"problem\"\n"
        let chains = """
            c="it" 2:2 2:2||c="it" 1:3 1:3||c="it" 2:2 2:2||c="it" 2:2 2:2||t="coref pronoun"
            c="it" 1:3 1:3||c="it" 2:2 2:2||t="coref problem"
            """
        let result = try readFolder(note(twins, chains: chains))
        let document = result.corpus.documents[0]
        #expect(
            document.relations.map { $0.arguments.map(\.entityID) } == [["E3", "E1", "E4", "E4"], ["E1", "E5"]])
        #expect(result.faults.map(\.kind) == [.duplicateEntity])
        try expectFolderRoundTrips(result.corpus.documents, .i2b2Coreference2011)
        let repaired = try readFolder(note(twins, chains: chains), ReadOptions(mode: .repair)).corpus.documents
        #expect(
            repaired[0].relations.map { $0.arguments.map(\.entityID) } == [["E3", "E1", "E3", "E3"], ["E1", "E4"]])
        try expectFolderRoundTrips(repaired, .i2b2Coreference2011)
    }

    @Test func addsMentionsThatOnlyAChainNames() throws {
        let files = note(nil, chains: "c=\"mrs. x\" 1:0 1:1||c=\"she\" 2:0 2:0||t=\"coref person\"")
        let document = try readFolder(files).corpus.documents[0]
        #expect(document.entities.map(\.type) == ["person", "person"])
        #expect(
            try faults(files) == [
                "a.txt.chains:1: the mention at 1:0 1:1 is not in the .con file; it is added; add it to the .con file",
                "a.txt.chains:1: the mention at 2:0 2:0 is not in the .con file; it is added; add it to the .con file",
            ])
        try expectFolderRoundTrips([document], .i2b2Coreference2011)
    }

    @Test(arguments: [
        (
            "a.txt.chains", "c=\"she\" 2:0 2:0||c=\"it\" 2:2 2:2",
            "a chain must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN for each mention, joined by ||, and ||t=\"TYPE\" at the end"
        ),
        (
            "a.txt.chains", "t=\"coref person\"",
            "a chain must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN for each mention, joined by ||, and ||t=\"TYPE\" at the end"
        ),
        (
            "a.txt.pairs", "c=\"she\" 2:0 2:0||c=\"it\" 2:2 2:2||t=\"coref person\"",
            "a pair must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\"||c=\"TEXT\" LINE:TOKEN LINE:TOKEN"
        ),
        (
            "a.txt.con", "c=\"she\" 2:0 2:0", "a concept must read c=\"TEXT\" LINE:TOKEN LINE:TOKEN||t=\"TYPE\""
        ),
    ])
    func saysWhatIsWrongWithALine(_ file: String, _ line: String, _ problem: String) throws {
        var files = note(Self.concepts, chains: "", pairs: "")
        files[file] = line
        #expect(try message(ofFolder: files) == "\(file):1: \(problem)")
        #expect(try readFolder(files, ReadOptions(mode: .warn)).summary.leftOut.count == 1)
    }

    @Test func leavesOutALinkOfAMentionThatCouldNotBeRead() throws {
        let files = note(
            Self.concepts + "c=\"x\" 9:0 9:0||t=\"person\"",
            chains: "c=\"she\" 2:0 2:0||c=\"x\" 9:0 9:0||t=\"coref person\"")
        let result = try readFolder(files, ReadOptions(mode: .warn))
        #expect(result.summary.leftOut == [.entity: 1, .relation: 1])
        #expect(result.faults.last?.message == "the mention at 9:0 9:0 could not be read, so neither can its link")
    }

    @Test func countsRelationsThatAreNeitherChainsNorPairs() throws {
        let text = "a b"
        let document = Document(
            id: "a", text: text,
            entities: [try entity("T1", "x", "a", in: text), try entity("T2", "x", "b", in: text)],
            relations: [
                Relation(
                    id: "R1", type: "TrIP",
                    arguments: [.init(role: "Arg1", entityID: "T1"), .init(role: "Arg2", entityID: "T2")]),
                Relation(id: "R2", type: "coref x", arguments: []),
                Relation(id: "R3", type: "coref x", arguments: [.init(role: "mention", entityID: "T9")]),
            ])
        try withTemporaryFolder { folder in
            let lost = try CorpusWriter.write([document], to: folder, format: .i2b2Coreference2011)
            #expect(lost == [.relation: 3])
            let names = try contents(of: folder).keys.sorted()
            #expect(names == ["a.txt", "a.txt.chains", "a.txt.con", "a.txt.pairs"])
        }
    }
}
