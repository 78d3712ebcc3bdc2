import ClinicalText
import CorpusIO
import Foundation
import TestSupport
import Testing

/// Public corpora of abstracts that exist in several formats: all of them must say the same.
///
/// The copies with a token a line have no offsets and no documents; they hold the abstracts in the order of their ids.
/// So mentions are compared by where they stand in the text without its white space.
///
/// NCBI-disease: 5,145, 787 and 960 mentions in train, dev and test. Two of train end a letter before their word in the
/// PubTator file; tags can only hold the word.
///
/// BC5CDR: train has the same 9,385 mentions in both. Dev has 9,591 mentions in PubTator and 9,593 in the columns: two
/// mentions of "St. Anthony's fire" are cut where the sentence splitter of the copy cut after "St.", and ten begin or end
/// within a token of the copy (`Cl` in `2Cl`, `5-HT` in `5-HT6`), which is tagged whole. Test has 9,809 in both, five of
/// them widened in the same way (`Ca` in `Ca2`). BioC, of which the test set is here, has the same 9,809 and beside the
/// 57 composite ones their 119 parts, of which 37 are discontinuous: 9,928 annotations.
@Suite struct BiomedicalCorporaTests {
    /// A mention by its place in the text without white space.
    private struct Place: Hashable, Comparable {
        let start: Int
        let end: Int
        let type: String

        static func < (left: Place, right: Place) -> Bool {
            (left.start, left.end, left.type) < (right.start, right.end, right.type)
        }

        func overlaps(_ other: Place) -> Bool { start < other.end && other.start < end }
    }

    /// A corpus without its white space.
    private struct Squeezed {
        var text: [UInt8] = []
        var places: [Place] = []
        /// The ids of the documents by the ends of their texts.
        var ends: [(end: Int, id: String)] = []
        /// Where tokens end, if the corpus has tokens.
        var tokenEnds: Set<Int> = [0]

        init(_ documents: [Document], type: String? = nil) {
            for document in documents {
                var places: [Int] = []
                var hasSpace = true
                for byte in document.text.utf8 {
                    places.append(text.count)
                    let isSpace = byte == 0x20 || byte == 0x0A
                    if isSpace && !hasSpace { tokenEnds.insert(text.count) }
                    hasSpace = isSpace
                    if !isSpace { text.append(byte) }
                }
                places.append(text.count)
                for entity in document.entities {
                    self.places.append(
                        Place(
                            start: places[entity.hull.start], end: places[entity.hull.end], type: type ?? entity.type))
                }
                ends.append((text.count, document.id))
            }
        }

        func id(at place: Place) -> String { ends.first { $0.end > place.start }?.id ?? "" }
        func surface(_ place: Place) -> String { String(decoding: text[place.start..<place.end], as: UTF8.self) }
    }

    private func documents(_ path: String, _ format: CorpusFormat? = nil) throws -> [Document] {
        let result = try CorpusReader.read(
            SharedData.path(path), name: "corpus", options: ReadOptions(format: format))
        if let format { #expect(result.format == format) }
        return result.corpus.documents
    }

    private func differences(
        _ offsets: [Document], _ tokens: [Document], type: String? = nil
    ) -> (widened: [String], cut: [String], missing: [String]) {
        let left = Squeezed(
            offsets.sorted { Array($0.id.utf8).lexicographicallyPrecedes(Array($1.id.utf8)) }, type: type)
        let right = Squeezed(tokens, type: type)
        #expect(left.text == right.text)
        let onlyLeft = Set(left.places).subtracting(right.places).sorted()
        var onlyRight = Set(right.places).subtracting(left.places)
        var result: (widened: [String], cut: [String], missing: [String]) = ([], [], [])
        for place in onlyLeft {
            let there = onlyRight.filter { $0.overlaps(place) && $0.type == place.type }.sorted()
            onlyRight.subtract(there)
            let name =
                "\(left.id(at: place)) \(left.surface(place)) -> \(there.map(right.surface).joined(separator: " + "))"
            let isWithinToken = !right.tokenEnds.contains(place.start) || !right.tokenEnds.contains(place.end)
            if there.count == 1, isWithinToken, there[0].start <= place.start, there[0].end >= place.end {
                result.widened.append(name)
            } else if there.count > 1, there.first?.start == place.start, there.last?.end == place.end {
                result.cut.append(name)
            } else {
                result.missing.append(name)
            }
        }
        result.missing += onlyRight.sorted().map { "only in columns: \(right.surface($0))" }
        return result
    }

    @Test(
        .enabled(if: SharedData.has("ncbi-disease"), "needs ncbi-disease below CLINNER_DATA"),
        arguments: [
            (
                "NCBItrainset_corpus.txt.gz", "train.tsv.gz", 5_145, 592,
                [
                    "10802668 autosomaldominantdisorde -> autosomaldominantdisorder",
                    "2792129 absenceoftheseventhcomponentofcomplemen -> absenceoftheseventhcomponentofcomplement",
                ]
            ),
            ("NCBIdevelopset_corpus.txt", "devel.tsv", 787, 100, []),
            ("NCBItestset_corpus.txt", "test.tsv", 960, 100, []),
        ] as [(String, String, Int, Int, [String])])
    func ncbiDiseaseIsTheSameInPubTatorAndColumns(
        _ pubtator: String, _ columns: String, _ mentions: Int, _ ids: Int, _ widened: [String]
    ) throws {
        var offsets = try self.documents(inRenamedCopy: "ncbi-disease/pubtator/\(pubtator)")
        #expect(Set(offsets.map { $0.id.split(separator: "#")[0] }).count == ids)
        for index in offsets.indices { offsets[index].id = String(offsets[index].id.split(separator: "#")[0]) }
        let tokens = try documents("ncbi-disease/conll/\(columns)", .conll)
        #expect(offsets.flatMap(\.entities).count == mentions)
        #expect(tokens.flatMap(\.entities).count == mentions)
        let found = differences(offsets, tokens, type: "Disease")
        #expect(found.widened == widened)
        #expect(found.cut.isEmpty)
        #expect(found.missing.isEmpty)
        if mentions < 1_000 { try expectRoundTrips(tokens, .conll) }
    }

    /// The training file has one document twice, which a reader refuses; here the second one gets another id.
    private func documents(inRenamedCopy path: String) throws -> [Document] {
        guard path.contains("train") else {
            let documents = try documents(path, .pubtator)
            try expectRoundTrips(documents, .pubtator)
            return documents
        }
        let error = #expect(throws: CorpusError.self) { try documents(path, .pubtator) }
        #expect(try #require(error).description.contains("the document id 8528200 is already used in"))
        return try withTemporaryFolder { folder in
            try run("sh", "-c", "gzip -dc '\(SharedData.path(path))' > '\(folder)/a.txt'")
            var seen = false
            var isSecond = false
            let lines = try String(contentsOfFile: "\(folder)/a.txt", encoding: .utf8).utf8
                .split(separator: 0x0A, omittingEmptySubsequences: false)
            let renamed = lines.map { line -> String in
                guard line.starts(with: "8528200".utf8) else { return String(Substring(line)) }
                if line.starts(with: "8528200|t|".utf8) {
                    isSecond = seen
                    seen = true
                }
                return (isSecond ? "8528200#2" : "8528200") + String(Substring(line.dropFirst(7)))
            }
            try renamed.joined(separator: "\n").write(toFile: "\(folder)/a.txt", atomically: true, encoding: .utf8)
            let result = try CorpusReader.read("\(folder)/a.txt", name: "train")
            // The mention of which the file repeats the text with two blanks at its end.
            #expect(result.faults.isEmpty)
            let odd = result.corpus.documents.flatMap(\.entities).filter { $0.attributes["pubtator.surface"] != nil }
            #expect(odd.count == 1)
            try expectRoundTrips(Array(result.corpus.documents.prefix(80)), .pubtator)
            return result.corpus.documents
        }
    }

    @Test(
        .enabled(if: SharedData.has("bc5cdr"), "needs bc5cdr below CLINNER_DATA"),
        arguments: [
            ("Training", "train", 9_385, 9_385, 1_038, [], []),
            (
                "Development", "devel", 9_591, 9_593, 1_012,
                [
                    "15075188 Cl -> 2Cl", "19692487 Cl -> 2Cl", "1969772 DA -> DA1", "1969772 DA -> DA2",
                    "20705401 5-HT -> 5-HT6", "20705401 5-HT -> 5-HT6", "20705401 5-HT -> 5-HT6",
                    "20705401 5-HT -> 5-HT6", "20705401 5-HT -> 5-HT6",
                    "2907585 5-hydroxytryptamine -> 5-hydroxytryptamine1a",
                ],
                [
                    "3300918 St.Anthony'sfire -> St. + Anthony'sfire",
                    "3300918 St.Anthony'sfire -> St. + Anthony'sfire",
                ]
            ),
            (
                "Test", "test", 9_809, 9_809, 1_066,
                [
                    "1361574 gamma-aminobutyricacid -> gamma-aminobutyricacidA", "18340638 Ca -> Ca2",
                    "18340638 Ca -> Ca2", "18340638 Ca -> Ca2", "24840785 Ca -> Ca2",
                ], []
            ),
        ] as [(String, String, Int, Int, Int, [String], [String])])
    func bc5cdrIsTheSameInPubTatorAndColumns(
        _ split: String, _ columns: String, _ mentions: Int, _ tagged: Int, _ relations: Int, _ widened: [String],
        _ cut: [String]
    ) throws {
        let offsets = try documents("bc5cdr/pubtator/CDR_\(split)Set.PubTator.txt.gz", .pubtator)
        let tokens = try documents("bc5cdr/iob/\(columns).tsv.gz", .conll)
        #expect(offsets.count == 500)
        #expect(offsets.flatMap(\.entities).count == mentions)
        #expect(offsets.flatMap(\.relations).count == relations)
        #expect(tokens.flatMap(\.entities).count == tagged)
        let found = differences(offsets, tokens)
        #expect(found.widened == widened)
        #expect(found.cut == cut)
        #expect(found.missing.isEmpty)
        try expectRoundTrips(Array(offsets.prefix(50)), .pubtator)
    }

    @Test(.enabled(if: SharedData.has("bc5cdr"), "needs bc5cdr below CLINNER_DATA"))
    func bc5cdrIsTheSameInPubTatorAndBioC() throws {
        let pubtator = try documents("bc5cdr/pubtator/CDR_TestSet.PubTator.txt.gz", .pubtator)
        let result = try CorpusReader.read(SharedData.path("bc5cdr/bioc/CDR_TestSet.BioC.xml.gz"), name: "test")
        #expect(result.format == .biocXML)
        #expect(result.faults.count { $0.kind == .surfaceMismatch } == 0)
        let bioc = result.corpus.documents
        #expect(bioc.flatMap(\.entities).count == 9_928)
        #expect(bioc.map(\.id) == pubtator.map(\.id))
        var parts = 0
        var discontinuous = 0
        for (left, right) in zip(pubtator, bioc) {
            #expect(left.text == right.text)
            let whole = right.entities.filter { $0.attributes["CompositeRole"] != "IndividualMention" }
            parts += right.entities.count - whole.count
            discontinuous += right.entities.count { $0.isDiscontinuous }
            #expect(
                left.entities.map { "\($0.hull) \($0.type)" } == whole.map { "\($0.hull) \($0.type)" },
                "document \(left.id)")
            // BioC says where its codes come from, PubTator does not.
            #expect(
                left.entities.map { $0.codes.map { "MESH:\($0)" } } == whole.map(\.codes), "document \(left.id)")
            #expect(
                left.relations.map { [$0.type, $0.attributes["Arg1"], $0.attributes["Arg2"]] }
                    == right.relations.map { [$0.type, $0.attributes["Chemical"], $0.attributes["Disease"]] })
        }
        #expect(parts == 119)
        #expect(discontinuous == 37)
        try expectRoundTrips(Array(bioc.prefix(80)), .biocXML)
        try expectRoundTrips(Array(bioc.suffix(80)), .biocJSON)
    }

    @Test(.enabled(if: SharedData.has("bc5cdr"), "needs bc5cdr below CLINNER_DATA"))
    func theSampleOfTheScorerReadsAndWritesUnchanged() throws {
        for name in ["pubtator/CDR_sample.PubTator.txt", "scorer-sample/CDR_sample.gold.PubTator"] {
            let documents = try documents("bc5cdr/\(name)", .pubtator)
            let original = try String(contentsOfFile: SharedData.path("bc5cdr/\(name)"), encoding: .utf8)
            #expect(try written(documents, .pubtator) == original.drop { $0 == "\n" })
            try expectRoundTrips(documents, .pubtator)
        }
        let tagged = try documents("bc5cdr/scorer-sample/CDR_sample.test.DNER.PubTator", .pubtator)
        #expect(tagged.flatMap(\.entities).allSatisfy { $0.attributes["score"] != nil })
        try expectRoundTrips(tagged, .pubtator)
        for name in ["gold", "test.DNER"] {
            try expectRoundTrips(try documents("bc5cdr/scorer-sample/CDR_sample.\(name).BioC.xml", .biocXML), .biocXML)
        }
    }

    @Test(
        .enabled(if: SharedData.has("weak-labels"), "needs weak-labels below CLINNER_DATA"),
        arguments: [
            ("NCBI-Disease", 790, 17, ["valid": 780, "test": 947]),
            ("BC5CDR", 1_500, 30, ["valid": 9_508, "test": 9_719]),
        ])
    func weakLabelsKeepTheirFunctions(
        _ name: String, _ count: Int, _ functions: Int, _ gold: [String: Int]
    ) throws {
        let documents = try documents("weak-labels/\(name)", .wrench)
        #expect(documents.count == count)
        for (split, count) in gold {
            let entities = documents.filter { $0.metadata["wrench.split"] == split }.flatMap(\.entities)
            #expect(entities.count { $0.provenance == .gold } == count)
        }
        let names = documents[0].metadata["wrench.functions"].map { Data($0.utf8) }
        let decoded = try JSONDecoder().decode([String].self, from: try #require(names))
        #expect(decoded.count == functions)
        #expect(Set(documents.flatMap(\.entities).flatMap(\.evidence)).isSubset(of: decoded))
        let sample = Array(documents.suffix(30))
        try expectRoundTrips(sample, .wrench)
    }
}
