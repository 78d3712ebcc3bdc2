import Testing

@testable import Models

struct PackedBatchTests {
    @Test("sequences stand one after the other between [CLS] and [SEP], filled up with padding at the end")
    func packing() {
        let batch = PackedBatch(
            [
                .init(pieces: [7, 8, 9], firstPieces: [0, 2], endsDocument: false),
                .init(pieces: [], firstPieces: [], startsDocument: false),
                .init(pieces: [5], firstPieces: [0]),
            ], special: SpecialPieces(classifier: 2, separator: 3, padding: 1))
        #expect(batch.ids.prefix(10) == [2, 7, 8, 9, 3, 2, 3, 2, 5, 3])
        #expect(batch.positions.prefix(10) == [0, 1, 2, 3, 4, 0, 1, 0, 1, 2])
        #expect(batch.ids.count == 32 && batch.ids.dropFirst(10).allSatisfy { $0 == 1 })
        #expect(batch.positions.count == 32)
        #expect(batch.lengths == [5, 2, 3] && batch.pieceCount == 10)
        #expect(batch.starts == [0, 5, 7])
        #expect(batch.firstPieces == [1, 3, 8] && batch.wordCounts == [2, 0, 1] && batch.wordCount == 3)
        #expect(batch.startsDocument == [true, false, true] && batch.endsDocument == [false, true, true])
        #expect(batch.row(ofPiece: 0, inSequence: 2) == 8)
    }

    @Test("a full multiple gets no padding")
    func noPadding() {
        let batch = PackedBatch(
            [.init(pieces: [Int32](repeating: 9, count: 62), firstPieces: [0])],
            special: SpecialPieces(classifier: 2, separator: 3, padding: 1))
        #expect(batch.ids.count == 64)
    }
}
