import ClinicalText
import CorpusIO
import Essentials
import TestSupport
import Testing

@Suite struct CorpusStreamTests {
    private static let lines = """
        {"id":"a","text":"One.","entities":[{"id":"T1","type":"A","spans":[[0,3]]}]}
        {"id":"b","text":"Two."}

        {"id":"a","text":"Three."}
        {"id":"a~2","text":"Four."}

        """

    private func read(_ mode: ReadMode) throws -> ReadResult {
        try CorpusIOTests.read("a.jsonl", Self.lines, ReadOptions(mode: mode))
    }

    @Test func ofRepeatedIDsTheFirstIsTaken() throws {
        let result = try read(.warn)
        #expect(result.corpus.documents.map(\.id) == ["a", "b", "a~2"])
        #expect(result.summary.documents == 3 && result.summary.leftOut == [.document: 1])
        #expect(result.faults.map(\.kind) == [.duplicateDocument])
        #expect(result.faults.allSatisfy { $0.severity == .error && !$0.isRepaired })
    }

    @Test func aRepairGivesThemIDsOfTheirOwn() throws {
        let result = try read(.repair)
        #expect(result.corpus.documents.map(\.id) == ["a", "b", "a~2", "a~2~2"])
        #expect(result.corpus.documents.map(\.text) == ["One.", "Two.", "Three.", "Four."])
        #expect(result.summary.leftOut.isEmpty && !result.summary.hasErrors)
    }

    @Test func otherModesStopAtThem() throws {
        for mode in [ReadMode.strict, .standard] {
            #expect(throws: CorpusError.self) { try read(mode) }
        }
    }

    @Test func placesAreKeptWhenAskedFor() throws {
        try withFile("a.jsonl", Self.lines) { path in
            var options = ReadOptions(mode: .repair)
            options.keepsPlaces = true
            var places: [DocumentPlaces] = []
            try CorpusStream(path, options: options).read { places += $0.places }
            #expect(places.map(\.line) == [1, 2, 4, 5])
            #expect(places.allSatisfy { $0.file == path && $0.annotationFile == path })
            #expect(places[0].entityLines == ["T1": 1])
            options.keepsPlaces = false
            try CorpusStream(path, options: options).read { #expect($0.places.isEmpty && $0.file == path) }
        }
    }

    @Test func annotationsInAnotherFileAreAtItsLines() throws {
        try withTemporaryFolder { folder in
            try write("Has fever.\n", to: "\(folder)/a.txt")
            try write("#1\tAnnotatorNotes T1\tx\nT1\tA 4 9\tfever\n", to: "\(folder)/a.ann")
            var options = ReadOptions()
            options.keepsPlaces = true
            var places: [DocumentPlaces] = []
            try CorpusStream(folder, options: options).read { places += $0.places }
            #expect(
                places == [
                    DocumentPlaces(
                        file: "\(folder)/a.txt", annotationFile: "\(folder)/a.ann", entityLines: ["T1": 2])
                ])
        }
    }

    @Test func faultsNeedNotBeKept() throws {
        try withFile("a.jsonl", Self.lines) { path in
            var handed = 0
            let summary = try CorpusStream(path, options: ReadOptions(mode: .warn)).read(keepsFaults: false) {
                handed += $0.faults.count
            }
            #expect(handed == 1 && summary.faults.isEmpty && summary.leftOut == [.document: 1])
        }
    }

    private func write(_ text: String, to path: String) throws { try AtomicFile.write(text, to: path) }
}
