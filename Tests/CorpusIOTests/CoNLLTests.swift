import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct CoNLLTests {
    private func mentions(_ document: Document) -> [String] {
        document.entities.map { "\($0.type):\(document.surface(of: $0))" }
    }

    private func options(_ change: (inout CoNLLOptions) -> Void) -> ReadOptions {
        var options = ReadOptions(format: .conll)
        change(&options.conll)
        return options
    }

    @Test func buildsTheTextOfTokensAndSentences() throws {
        let result = try read("a.conll", "naïve\tO\n😷\tB-X\ncells\tI-X\n\n\n.\tO\n")
        let document = result.corpus.documents[0]
        #expect(document.id == "a")
        #expect(document.text == "naïve 😷 cells\n.")
        #expect(mentions(document) == ["X:😷 cells"])
        #expect(document.metadata == ["file": "a.conll", "tokens.spans": "blanks"])
        #expect(result.faults.isEmpty)
        try expectRoundTrips(result.corpus.documents, .conll)
    }

    @Test(arguments: [
        // BIO, IOB1, IO, BIOES, BILOU, BMEW, bare letters, bare types.
        (["B-A", "I-A", "B-A", "O", "B-B"], ["A:a b", "A:c", "B:e"]),
        (["I-A", "I-A", "B-A", "O", "I-B"], ["A:a b", "A:c", "B:e"]),
        (["I-A", "I-A", "I-B", "O", "I-B"], ["A:a b", "B:c", "B:e"]),
        (["B-A", "E-A", "S-A", "O", "S-B"], ["A:a b", "A:c", "B:e"]),
        (["B-A", "L-A", "U-A", "O", "U-B"], ["A:a b", "A:c", "B:e"]),
        (["B-A", "M-A", "E-A", "O", "W-B"], ["A:a b c", "B:e"]),
        (["B", "I", "B", "O", "B"], ["Mention:a b", "Mention:c", "Mention:e"]),
        (["Drug", "Drug", "O", "O", "Sign"], ["Drug:a b", "Sign:e"]),
    ])
    func understandsTheTagsOfAllSchemes(_ tags: [String], _ expected: [String]) throws {
        let rows = zip(["a", "b", "c", "d", "e"], tags).map { "\($0)\t\($1)\n" }.joined()
        let result = try read("a.conll", rows)
        #expect(mentions(result.corpus.documents[0]) == expected)
        #expect(result.faults.isEmpty)
        for tagging in WriteOptions.Tagging.allCases {
            var options = WriteOptions()
            options.tagging = tagging
            try expectRoundTrips(result.corpus.documents, .conll, options)
        }
    }

    @Test func readsTagsThatCannotStandAsConllevalDoes() throws {
        let result = try read("a.conll", "a\tB-X\nb\tI-Y\nc\tO\nd\tI-X\n\ne\tI-X\nf\tB-X\n")
        #expect(mentions(result.corpus.documents[0]) == ["X:a", "Y:b", "X:d", "X:e", "X:f"])
        #expect(result.faults.map(\.line) == [2, 4, 6])
        #expect(result.faults.allSatisfy { $0.kind == .invalidTag && $0.isRepaired })
        #expect(
            "\(result.faults[1])".hasSuffix(
                "a.conll:4: offset 6: the tag cannot stand here; mentions are read as conlleval reads them"))
        let closed = try read("a.conll", "a\tB-X\nb\tO\nc\tE-X\nd\tS-X\n")
        #expect(mentions(closed.corpus.documents[0]) == ["X:a", "X:c", "X:d"])
        #expect(closed.faults.map(\.line) == [1, 3])
        #expect(throws: CorpusError.self) {
            try read("a.conll", "a\tB-X\nb\tI-Y\n", ReadOptions(mode: .strict))
        }
    }

    /// The plain reading of the shared tasks' evaluation script, `conlleval`, to compare with.
    private func chunks(_ tags: [(letter: Character, type: String)]) -> [String] {
        var chunks: [String] = []
        var open: (start: Int, type: String)?
        for index in 0...tags.count {
            let tag = index < tags.count ? tags[index] : ("O", "")
            let previous = index > 0 ? tags[index - 1] : ("O", "")
            let starts =
                "BS".contains(tag.0)
                || "IE".contains(tag.0)
                    && ("OES".contains(previous.0) || previous.1 != tag.1)
            let ends =
                "BIES".contains(previous.0)
                && ("ES".contains(previous.0) || "OBS".contains(tag.0) || previous.1 != tag.1)
            if ends, let last = open {
                chunks.append("\(last.type) \(last.start) \(index)")
                open = nil
            }
            if starts { open = (index, tag.1) }
        }
        return chunks
    }

    @Test func agreesWithThePlainReadingOnRandomTags() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<40 {
            let tags = (0..<30).map { _ -> (letter: Character, type: String) in
                let letter = "OBIES".randomElement(using: &generator) ?? "O"
                return (letter, letter == "O" ? "" : Bool.random(using: &generator) ? "X" : "Y")
            }
            let rows = tags.map { "t\t\($0.letter)\($0.type.isEmpty ? "" : "-" + $0.type)\n" }.joined()
            let document = try read("a.conll", rows).corpus.documents[0]
            let found = document.entities.map { "\($0.type) \($0.hull.start / 2) \(($0.hull.end + 1) / 2)" }
            #expect(found == chunks(tags))
        }
    }

    @Test(arguments: [
        "He\t0\t2\tO\nhad\t3\t6\tO\n\nflu\t9\t12\tB-X\n.\t12\t13\tO\n",
        "O\t0\t2\tHe\nO\t3\t6\thad\n\nB-X\t9\t12\tflu\nO\t12\t13\t.\n",
        "d1 He 0 2 O\nd1 had 3 6 O\n\nd1 flu 9 12 B-X\nd1 . 12 13 O\n",
    ])
    func laysTokensAtTheirOffsets(_ content: String) throws {
        let result = try read("a.conll", content)
        let document = result.corpus.documents[0]
        #expect(document.text == "He had\n  flu.")
        #expect(mentions(document) == ["X:flu"])
        #expect(document.metadata["tokens.spans"] == "0:2 3:6 9:12 12:13")
        #expect(result.faults.isEmpty)
        try expectRoundTrips(result.corpus.documents, .conll)
    }

    @Test func countsOffsetsInCodePoints() throws {
        let document = try read("a.conll", "😷\t1\t2\tO\ne\u{301}\t4\t6\tS-X\n").corpus.documents[0]
        #expect(document.text == " 😷  e\u{301}")
        #expect(mentions(document) == ["X:e\u{301}"])
    }

    @Test func keepsFurtherColumns() throws {
        let content =
            "-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\n-DOCSTART- -X- -X- O\n\n. . O O\n"
        let documents = try read("eng.txt", content).corpus.documents
        #expect(documents.map(\.id) == ["eng-1", "eng-2"])
        #expect(documents[0].metadata["conll.column.1"] == "NNP\tVBZ")
        #expect(documents[0].metadata["conll.column.2"] == "B-NP\tB-VP")
        #expect(documents.map(mentions) == [["ORG:EU"], []])
        try expectRoundTrips(documents, .conll)
        #expect(
            try written(documents, .conll) == """
                -DOCSTART- (eng-1)\t-X-\t-X-\t-X-\t-X-\tO

                EU\t0\t2\tNNP\tB-NP\tB-ORG
                rejects\t3\t10\tVBZ\tB-VP\tO

                -DOCSTART- (eng-2)\t-X-\t-X-\t-X-\t-X-\tO

                .\t0\t1\t.\tO\tO


                """)
    }

    @Test func findsTheEndsOfDocuments() throws {
        let content = "a\tO\n\nb\tB-X\n\n\nc\tO\n\nd\tO\n"
        #expect(try read("n.conll", content).corpus.documents.map(\.text) == ["a\nb", "c\nd"])
        let sentences = try read("n.conll", content, options { $0.boundary = .blankLines(1) }).corpus.documents
        #expect(sentences.map(\.text) == ["a", "b", "c", "d"])
        #expect(sentences.map(\.id) == ["n-1", "n-2", "n-3", "n-4"])
        #expect(
            try read("n.conll", content, options { $0.boundary = .file }).corpus.documents.map(\.text) == ["a\nb\nc\nd"]
        )
        let onto = "#begin document (wb/c2e_0001); part 000\na\tO\n#end document\n#begin document (x)\nb\tB-X\n"
        #expect(try read("n.conll", onto).corpus.documents.map(\.id) == ["wb/c2e_0001", "x"])
    }

    @Test func takesTheColumnsItIsTold() throws {
        let content = "x\tB-A\tfever\tO\ty\nx\tO\tcold\tB-C\ty\n"
        let document = try read(
            "a.conll", content,
            options {
                $0.tokenColumn = 3
                $0.tagColumn = 2
            }
        ).corpus.documents[0]
        #expect(document.text == "fever cold")
        #expect(mentions(document) == ["A:fever"])
        #expect(document.metadata["conll.column.2"] == "O\tB-C")
    }

    @Test func keepsComments() throws {
        let result = try read("a.conll", "# source = x\na\tO\n#\tO\nb\tB-X\n")
        #expect(result.corpus.documents[0].text == "a # b")
        #expect(result.corpus.documents[0].uninterpreted == ["# source = x"])
        #expect(result.faults.map(\.message) == ["comment lines that are kept but not interpreted: 1"])
        try expectRoundTrips(result.corpus.documents, .conll)
    }

    @Test func keepsTokensWithBlanks() throws {
        let documents = try read("a.conll", "1 1/2\tB-X\ncups\tI-X\n").corpus.documents
        #expect(documents[0].metadata["tokens.spans"] == "0:5 6:10")
        try expectRoundTrips(documents, .conll)
        var options = WriteOptions()
        options.columnOffsets = false
        try expectRoundTrips(documents, .conll, options)
    }

    @Test func writesDocumentsWithoutTokensAndCountsWhatTagsCannotSpell() throws {
        let text = "No fever,\n\nsore-throat or\u{A0}5mg x"
        let document = Document(
            id: "a", text: text, metadata: ["file": "x", "year": "2019"],
            entities: [
                try entity("1", "Sign", "fever", in: text), try entity("2", "Sign", "sore-throat", in: text),
                try entity("3", "Sign", "throat", in: text), try entity("4", "Sign", "No", "throat", in: text),
                try entity("5", "Dose", "5", in: text), try entity("6", "Gap", " ", in: text),
            ],
            relations: [Relation(id: "R", type: "X", arguments: [.init(role: "a", entityID: "1")])])
        let lost: [CorpusPart: Int] = [
            .entity: 3, .boundary: 1, .relation: 1, .metadata: 1, .whiteSpace: 2,
        ]
        let read = try again([document], .conll, losing: lost)[0]
        #expect(read.text == "No fever,\n sore-throat or 5mg x")
        #expect(mentions(read) == ["Sign:fever", "Sign:sore-throat", "Dose:5mg"])
        try expectRoundTrips([read], .conll)
    }

    @Test func dividesTextsAsTheCallerSays() throws {
        var options = WriteOptions()
        options.columnOffsets = false
        options.tagging = .bioes
        options.tokens = TokenSplitter(name: "halves") { text in
            let half = text.utf8.count / 2
            return [TextSpan(start: 0, end: half), TextSpan(start: half, end: text.utf8.count)]
        }
        let document = Document(
            id: "a", text: "abcd", entities: [Entity(type: "X", spans: [TextSpan(start: 0, end: 4)])])
        #expect(try written([document], .conll, options) == "-DOCSTART- (a)\tO\n\nab\tB-X\ncd\tE-X\n\n")
    }

    @Test func doesNotCutAMentionAtALineBreak() throws {
        let text = "had chest\npain today"
        let document = Document(id: "a", text: text, entities: [try entity("1", "Sign", "chest\npain", in: text)])
        let read = try again([document], .conll, losing: [.whiteSpace: 1])[0]
        #expect(mentions(read) == ["Sign:chest pain"])
    }

    @Test(arguments: [
        ("a\tO\nb\n", "a.conll:2: 1 columns instead of 2"),
        ("a\tO\nb\tI-X\tz\n", "a.conll:2: 3 columns instead of 2"),
        ("a\tB-X\n\tO\n", "a.conll:2: an empty token"),
        (
            "a\t0\t1\tO\nbc\t2\t3\tO\n",
            "a.conll:2: the offsets are 1 apart, but the token has 2 code points"
        ),
        ("a\t0\t1\tO\nb\t0\t1\tO\n", "a.conll:2: the token begins before the end of the one before it"),
        (
            "a\t0\t1\tO\nb\t99999999999999999\t100000000000000000\tO\n",
            "a.conll:2: the token begins far behind the one before it; check its offsets"
        ),
        (
            "word\tlemma\nother\tthing\n",
            "a.conll: no column of tags such as B-TYPE, I-TYPE and O; set tagColumn to the one that holds them"
        ),
    ])
    func saysWhatIsWrongWithALine(_ content: String, _ expected: String) throws {
        // The offsets of the first lines decide that there are offsets; the wrong ones come later.
        let options = options { if content.hasPrefix("a\t0") { $0.startColumn = 2 } }
        #expect(try message("a.conll", content, options) == expected)
    }

    @Test func saysWhatIsWrongBehindTheFirstLines() throws {
        let good = String(repeating: "a\tO\n", count: 20_000)
        #expect(
            try message("a.conll", good + "b\tDisease\n")
                == "a.conll:20001: the tag is none of O, B-TYPE, I-TYPE, E-TYPE, S-TYPE and their like")
        #expect(
            try message("a.conll", Array(good.utf8) + Array("b".utf8) + [0xFF, 0x09] + Array("O\n".utf8))
                == "a.conll: not UTF-8 at byte 80001; name the encoding, one of "
                + "utf-8, utf-16, utf-16le, utf-16be, latin-1, windows-1252")
    }

    @Test func leavesOutBadLinesWhereAsked() throws {
        let result = try read("a.conll", "a\tO\nb\nc\tB-X\n", ReadOptions(mode: .warn))
        #expect(result.corpus.documents[0].text == "a c")
        #expect(result.summary.leftOut == [.line: 1])
    }

    @Test func refusesTypesWithTabs() throws {
        let document = Document(id: "a", text: "x", entities: [try entity("1", "A\tB", "x", in: "x")])
        let error = #expect(throws: CorpusError.self) { try again([document], .conll) }
        #expect(
            error?.description
                == "document a: conll cannot hold the name A\tB: a type has no tab or line break and is not empty")
    }
}
