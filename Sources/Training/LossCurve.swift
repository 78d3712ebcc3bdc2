/// The loss over the steps, averaged over runs of steps so that a curve stays short.
public struct LossCurve: Codable, Sendable, Equatable {
    /// A point of the curve.
    public struct Point: Codable, Sendable, Equatable {
        /// The last step of the run.
        public var step: Int
        /// The mean loss of the run.
        public var loss: Double
    }

    /// The finished points.
    public private(set) var points: [Point] = []
    private var sum = 0.0
    private var count = 0

    /// An empty curve.
    public init() {}

    /// Adds a step's loss; a point is made of every `stride` steps.
    public mutating func add(step: Int, loss: Double, stride: Int) {
        sum += loss
        count += 1
        guard count >= stride else { return }
        points.append(Point(step: step, loss: sum / Double(count)))
        sum = 0
        count = 0
    }
}
