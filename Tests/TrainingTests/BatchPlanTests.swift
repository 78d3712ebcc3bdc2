import Essentials
import Testing

@testable import Training

@Suite struct BatchPlanTests {
    private let lengths = (0..<200).map { 10 + ($0 * 37) % 90 }

    private func plan(seed: UInt64, maxPieces: Int = 512) -> BatchPlan {
        BatchPlan(lengths: lengths, maxPieces: maxPieces, generator: SeededGenerator(seed: seed))
    }

    @Test(arguments: 0..<5) func everyWindowStandsInExactlyOneBatch(epoch: Int) {
        let batches = plan(seed: 1).batches(epoch: epoch)
        #expect(batches.flatMap { $0 }.sorted() == Array(lengths.indices))
    }

    @Test func noBatchHasMorePiecesThanAsked() {
        for batch in plan(seed: 1).batches(epoch: 0) {
            #expect(batch.reduce(0) { $0 + lengths[$1] } <= 512)
        }
    }

    @Test func aWindowThatIsTooLongIsABatchOfItsOwn() {
        let plan = BatchPlan(lengths: [5, 900, 5], maxPieces: 100, generator: SeededGenerator(seed: 1))
        #expect(plan.batches(epoch: 0).contains([1]))
    }

    @Test func epochsDifferAndRepeatThemselves() {
        #expect(plan(seed: 1).batches(epoch: 0) == plan(seed: 1).batches(epoch: 0))
        #expect(plan(seed: 1).batches(epoch: 0) != plan(seed: 1).batches(epoch: 1))
        #expect(plan(seed: 1).batches(epoch: 0) != plan(seed: 2).batches(epoch: 0))
    }

    @Test func noWindowsMakeNoBatches() {
        #expect(BatchPlan(lengths: [], maxPieces: 8, generator: SeededGenerator(seed: 1)).batches(epoch: 0).isEmpty)
    }
}
