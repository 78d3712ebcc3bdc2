import Models
import Testing

@testable import Training

@Suite struct RepeatedTextTests {
    /// A window of words of one piece each.
    private func window(_ pieces: some Sequence<Int>) -> PackedBatch.Sequence {
        let pieces = pieces.map(Int32.init)
        return PackedBatch.Sequence(pieces: pieces, firstPieces: Array(pieces.indices))
    }

    @Test func aNoteOfItsOwnWeighsOneAlsoWhereItRepeatsItself() {
        var repeated = RepeatedText()
        let own = [window(0..<30), window(0..<30)]
        repeated.add(note: own)
        repeated.add(note: [window(100..<130)])
        #expect(own.allSatisfy { repeated.weight(of: $0) == 1 })
    }

    @Test(arguments: [2, 4, 10]) func equalNotesWeighOneTogether(copies: Int) {
        var repeated = RepeatedText()
        for _ in 0..<copies { repeated.add(note: [window(0..<50)]) }
        #expect(abs(repeated.weight(of: window(0..<50)) * Double(copies) - 1) < 1e-12)
    }

    @Test func whatIsNewInANoteThatCarriesAnotherForwardKeepsItsWeight() {
        var repeated = RepeatedText()
        repeated.add(note: [window(0..<40)])
        repeated.add(note: [window(0..<40), window(200..<240)])
        #expect(repeated.weight(of: window(0..<40)) == 0.5)
        #expect(repeated.weight(of: window(200..<240)) == 1)
        // Half old and half new: of 36 runs 16 are old, and 4 go over the border.
        #expect(abs(repeated.weight(of: window(Array(0..<20) + Array(200..<220))) - (16 * 0.5 + 20) / 36) < 1e-12)
    }

    @Test func aShorterWindowIsOneRun() {
        var repeated = RepeatedText()
        repeated.add(note: [window(0..<3)])
        repeated.add(note: [window(0..<3)])
        repeated.add(note: [window([])])
        #expect(repeated.weight(of: window(0..<3)) == 0.5)
        #expect(repeated.weight(of: window(0..<2)) == 1)
        #expect(repeated.weight(of: window([])) == 1)
    }

    @Test func aCopyThatIsCutElsewhereIsFound() {
        var repeated = RepeatedText()
        repeated.add(note: [window(0..<100), window(100..<200)])
        repeated.add(note: [window(500..<550), window(0..<60), window(60..<160), window(160..<200)])
        // Of 96 runs the four over the border of the first note's windows are new.
        #expect(abs(repeated.weight(of: window(60..<160)) - (92 * 0.5 + 4) / 96) < 1e-12)
    }

    @Test func theShareOfAnotherNotesTextIsCounted() {
        var repeated = RepeatedText()
        repeated.add(note: [window(0..<40)])
        let share = repeated.share(of: window(Array(20..<40) + Array(300..<320)))
        #expect(share.known == 16 && share.all == 36)
    }
}
