import Essentials

/// How the windows of an epoch are put into batches: shuffled, near in length, bounded by pieces.
///
/// The plan of an epoch is a function of the lengths, the seed and the epoch alone, so a resumed run finds the batches
/// that it would have had.
public struct BatchPlan: Sendable {
    /// How many batches' worth of windows are sorted by length together; the order of batches stays random.
    private static let sortedBatches = 8

    private let lengths: [Int]
    private let maxPieces: Int
    private let generator: SeededGenerator

    /// Plans for windows of the given lengths in pieces.
    public init(lengths: [Int], maxPieces: Int, generator: SeededGenerator) {
        self.lengths = lengths
        self.maxPieces = maxPieces
        self.generator = generator
    }

    /// The batches of an epoch as indices of windows; every window stands in exactly one batch.
    ///
    /// A window longer than the bound makes a batch of its own.
    public func batches(epoch: Int) -> [[Int]] { batches(epoch: epoch, of: Array(lengths.indices)) }

    /// The batches of an epoch that sees the given windows only.
    public func batches(epoch: Int, of windows: [Int]) -> [[Int]] {
        var random = generator.derived("epoch \(epoch)")
        var order = windows
        order.shuffle(using: &random)
        var batches: [[Int]] = []
        var chunk: [Int] = []
        var chunkPieces = 0
        for (place, window) in order.enumerated() {
            chunk.append(window)
            chunkPieces += lengths[window]
            guard chunkPieces >= Self.sortedBatches * maxPieces || place == order.count - 1 else { continue }
            batches += packed(chunk.sorted { (lengths[$1], $0) < (lengths[$0], $1) })
            chunk.removeAll(keepingCapacity: true)
            chunkPieces = 0
        }
        batches.shuffle(using: &random)
        return batches
    }

    private func packed(_ windows: [Int]) -> [[Int]] {
        var batches: [[Int]] = []
        var pieces = 0
        for window in windows {
            if batches.isEmpty || pieces + lengths[window] > maxPieces {
                batches.append([])
                pieces = 0
            }
            batches[batches.count - 1].append(window)
            pieces += lengths[window]
        }
        return batches
    }
}
