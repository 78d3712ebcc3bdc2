import Essentials
import Foundation
import TestSupport
import Testing

@testable import Lexicons

@Suite struct ImportTests {
    /// What an import keeps, as `term|type|code|preferred|status|line`.
    private static func lines(
        _ path: String, _ change: (inout LexiconImport) -> Void = { _ in }
    ) throws -> (entries: [String], summary: LexiconImport.Summary) {
        var options = LexiconImport()
        change(&options)
        var entries: [String] = []
        let summary = try options.read(path) { entry in
            entries.append(
                "\(entry.term)|\(entry.type ?? "-")|\(entry.code)|\(entry.preferred)|\(entry.status)|\(entry.line)"
                    + (entry.isCaseSensitive ? "|case" : ""))
        }
        #expect(summary.entries == entries.count)
        return (entries, summary)
    }

    private static func fixture(_ name: String) -> String { SharedData.fixture("lexicons/\(name)") }

    @Test func readsAnOntologyWithItsEscapesCommentsAndQualifiers() throws {
        let (entries, summary) = try Self.lines(Self.fixture("small.obo")) { $0.typeMapping = ["MADE:1": "Disease"] }
        let name = "MADE:2|renal cell carcinoma"
        #expect(
            entries == [
                "disease|Disease|MADE:1|disease|preferred|7",
                "renal cell carcinoma|Disease|\(name)|preferred|11",
                "RCC|Disease|\(name)|abbreviation|15|case",
                "carcinoma, renal cell|Disease|\(name)|synonym|16",
                "adenocarcinoma of \"kidney\"|Disease|\(name)|narrow|17",
                "kidney growth|Disease|\(name)|related|18",
                "clear cell {type} tumour|Disease|\(name)|broad|19",
                "KCA|Disease|\(name)|abbreviation|20|case",
                "walk ing test|-|MADE:4|walk ing test|preferred|32",
            ])
        #expect(summary.leftOut == ["obsolete": 1])
        let lexicon = try Lexicon.read(Self.fixture("small.obo"), LexiconImport())
        #expect(lexicon.entries[1].crossReferences == ["MADE:0002", "MESH:D1"])
        #expect(lexicon.entries[1].source == "MADE")
    }

    @Test func filtersAnOntologyByScopeAndByNamespaceSubsetAndAncestor() throws {
        let exact = try Self.lines(Self.fixture("small.obo")) { $0.termTypes = ["EXACT"] }
        #expect(exact.entries.map { $0.prefix { $0 != "|" } }.count == 6)
        for (category, count) in [("made_ontology", 8), ("other", 1), ("cancers", 7), ("MADE:1", 8), ("MADE:2", 7)] {
            let kept = try Self.lines(Self.fixture("small.obo")) { $0.categories = [category] }
            #expect(kept.entries.count == count, "\(category)")
        }
        let all = try Self.lines(Self.fixture("small.obo")) { $0.keepsSuppressed = true }
        #expect(all.entries.contains("old name|-|MADE:3|old name|obsolete|26"))
    }

    @Test func namesTheLinesOfAnOntologyThatAreWrong() throws {
        let path = Self.fixture("bad.obo")
        #expect(
            message { _ = try Self.lines(path) } == """
                \(path):3: name: the term MADE:1 has no name
                \(path):5: synonym: unknown scope `SOME`; one of EXACT, NARROW, BROAD, RELATED
                \(path):6: synonym: the synonym is not in closed quotes
                \(path):7: line: neither a stanza's head nor `tag: value`
                \(path):9: id: the stanza has no id
                """)
        let lenient = try Self.lines(path) { $0.mode = .warn }
        #expect(lenient.entries == [])
        #expect(lenient.summary.faults?.count == 5)
    }

    @Test func readsTheUMLSByLanguageSourceTypeAndSuppression() throws {
        let path = Self.fixture("umls/MRCONSO.RRF")
        let all = try Self.lines(path)
        let name = "UMLS:C9000001|Heart failure"
        #expect(
            all.entries == [
                "Heart failure|-|\(name)|preferred|1", "Cardiac insufficiency|-|\(name)|synonym|2",
                "HF|-|\(name)|abbreviation|3|case", "Lopinal|-|UMLS:C9000002|Lopinal|preferred|7",
                "Lopinex|-|UMLS:C9000002|Lopinal|brand|8",
                "Übelkeit-like nausea|-|UMLS:C9000003|Übelkeit-like nausea|preferred|9",
            ])
        #expect(all.summary.leftOut == ["language": 1, "suppressed": 1, "the same string": 1])
        #expect(
            try Lexicon.read(path, LexiconImport()).entries[0].crossReferences == ["MADE:100", "OTHER:hf-1"])
        let typed = try Self.lines(path) {
            $0.typeMapping = ["T047": "Disease", "Organic Chemical": "Medication"]
            $0.categories = ["T047", "T121"]
        }
        #expect(
            typed.entries.map { $0.split(separator: "|")[1] } == [
                "Disease", "Disease", "Disease", "Medication", "Medication",
            ])
        let german = try Self.lines(path) { $0.languages = ["GER"] }
        #expect(german.entries == ["Herzinsuffizienz|-|UMLS:C9000001|Herzinsuffizienz|preferred|5"])
        let one = try Self.lines(path) {
            $0.sources = ["OTHER"]
            $0.termTypes = ["AB"]
        }
        #expect(one.entries == ["HF|-|\(name)|abbreviation|3|case"])
        let suppressed = try Self.lines(path) { $0.keepsSuppressed = true }
        #expect(suppressed.entries.contains("Dropsy of the heart|-|\(name)|obsolete|6"))
    }

    @Test func readsRxNormWithItsNormalFormsAsPreferredNames() throws {
        let path = Self.fixture("RXNCONSO.RRF")
        let all = try Self.lines(path) { $0.type = "Medication" }
        #expect(
            all.entries == [
                "lopinal|Medication|RXNORM:900001|lopinal|preferred|1",
                "lopinal base|Medication|RXNORM:900001|lopinal|synonym|2",
                "LOPinal|Medication|RXNORM:900001|lopinal|synonym|3",
                "Lopinex|Medication|RXNORM:900002|Lopinex|brand|4",
                "lopinal 25 MG Oral Tablet|Medication|RXNORM:900003|lopinal 25 MG Oral Tablet|preferred|5",
                "lopinal 25 MG tablet|Medication|RXNORM:900003|lopinal 25 MG Oral Tablet|synonym|6",
            ])
        let names = try Self.lines(path) { $0.termTypes = ["IN", "BN"] }
        #expect(names.entries.count == 2)
    }

    @Test func namesTheLinesOfRRFThatAreCut() throws {
        try withTemporaryFolder { folder in
            let good = "900001|ENG||||||1|900001||900001|RXNORM|IN|900001|lopinal||N|4096|"
            try write(
                ["RXNCONSO.RRF": (["a|b"] + (0..<30).map { _ in "x|ENG|y|" } + [good]).joined(separator: "\n")],
                to: folder)
            let path = "\(folder)/RXNCONSO.RRF"
            let text = message { _ = try Self.lines(path) }
            #expect(
                text.hasPrefix(
                    "\(path):1: columns: 1 columns instead of 18\n\(path):2: columns: 3 columns instead of 18"))
            #expect(text.hasSuffix("and 21 more lines like these"))
            #expect(try Self.lines(path) { $0.mode = .warn }.entries.count == 1)
        }
    }

    @Test func theUMLSWithCategoriesNeedsItsSemanticTypes() throws {
        try withTemporaryFolder { folder in
            try write(["MRCONSO.RRF": ""], to: folder)
            #expect(
                message { _ = try Self.lines("\(folder)/MRCONSO.RRF") { $0.categories = ["T047"] } }
                    == "\(folder)/MRSTY.RRF: no such file or folder; categories and type mapping of the UMLS need it")
        }
    }

    @Test(arguments: ["snomed", "snomed/sct2_Description_Snapshot-en_TEST_20240101.txt"])
    func readsActiveDescriptionsOfSNOMED(_ path: String) throws {
        let all = try Self.lines(Self.fixture(path)) {
            $0.format = .snomed
            $0.typeMapping = ["disorder": "Disease"]
        }
        #expect(
            all.entries == [
                "Heart attack|Disease|SNOMEDCT:9001|Myocardial infarction|synonym|2",
                "Myocardial infarction|Disease|SNOMEDCT:9001|Myocardial infarction|preferred|3",
                "Appendectomy|-|SNOMEDCT:9002|Appendectomy|preferred|6",
            ])
        #expect(all.summary.leftOut == ["inactive": 2, "language": 1, "description type": 1])
        let procedures = try Self.lines(Self.fixture(path)) {
            $0.format = .snomed
            $0.categories = ["procedure"]
        }
        #expect(procedures.entries.count == 1)
        let spanish = try Self.lines(Self.fixture(path)) {
            $0.format = .snomed
            $0.languages = ["es"]
        }
        #expect(spanish.entries == ["Infarto de miocardio|-|SNOMEDCT:9001||synonym|5"])
    }

    @Test func readsInventoriesOfAbbreviations() throws {
        let senses = try Self.lines(Self.fixture("senses.tsv")) {
            $0.format = .abbreviationSenses
            $0.minimumShare = 0.1
        }
        #expect(
            senses.entries == [
                "po|-||by mouth|abbreviation|1", "MS|-||morphine sulfate|abbreviation|2|case",
                "MS|-||multiple sclerosis|abbreviation|3|case",
            ])
        let lines = try Self.lines(Self.fixture("lines.txt")) {
            $0.format = .abbreviationLines
            $0.mode = .warn
        }
        #expect(
            lines.entries == [
                "AFI|-||Amniotic fluid index|abbreviation|1|case", "D&C|-||Dilation and curettage|abbreviation|2|case",
            ])
        #expect(lines.summary.faults?.faults.map(\.line) == [4])
    }

    @Test func readsTablesWhoseColumnsAreCalledOtherwise() throws {
        let table = try Self.lines(Self.fixture("columns.csv")) {
            $0.columns = ["term": "name", "code": "rxcui", "status": "kind"]
            $0.codePrefix = "RXNORM"
            $0.type = "Medication"
        }
        #expect(
            table.entries == [
                "lopinal|Medication|RXNORM:900001||preferred|2",
                "Lopinex \"forte\"|Medication|RXNORM:900002||brand|3",
            ])
        let path = Self.fixture("columns.csv")
        #expect(
            message { _ = try Self.lines(path) { $0.columns = ["term": "nam"] } }
                == "\(path):1: nam: the header lacks this column")
        #expect(message { _ = try Self.lines(path) { $0.columns = ["trem": "name"] } }.contains("did you mean `term`?"))
        #expect(message { _ = try Self.lines(path) }.contains("\(path):1: kind: unknown column"))
    }

    @Test(.enabled(if: SharedData.has("lexicons"), "needs lexicons below CLINNER_DATA"))
    func readsTheStagedSources() throws {
        let data = SharedData.path("lexicons")
        let rare = try Self.lines("\(data)/disease-ontology/obo/DO_rare_slim.obo.gz") { $0.keepsSuppressed = true }
        // 3,460 terms and 8,661 synonyms, as the data's README counts them.
        #expect(rare.entries.count == 3460 + 8661)
        let terms = try Self.lines("\(data)/disease-ontology/do-terms.tsv.gz") {
            $0.columns = ["term": "term", "code": "doid", "status": "kind"]
        }
        #expect(terms.entries.count == 25_057)
        let human = try Self.lines("\(data)/disease-ontology/HumanDO.tsv.gz") {
            $0.columns = ["term": "label", "code": "id"]
        }
        #expect(human.entries.count == 12_296)
        let ingredients = try Self.lines("\(data)/rxnorm/ingredients.tsv") {
            $0.columns = ["term": "name", "code": "rxcui", "status": "tty"]
        }
        #expect(ingredients.entries.count == 4008)
        let senses = try Self.lines("\(data)/abbreviations/stetson-signout-448.tsv") { $0.format = .abbreviationSenses }
        #expect(senses.entries.count == 765)
        let lines = try Self.lines("\(data)/abbreviations/columbia-obgyn.txt") { $0.format = .abbreviationLines }
        #expect(lines.entries.count == 219)
        for name in ["AGR", "CFDE", "MGI", "RAD", "IEDB"] {
            #expect(try Self.lines("\(data)/disease-ontology/obo/DO_\(name)_slim.obo").entries.count > 20)
        }
    }
}
