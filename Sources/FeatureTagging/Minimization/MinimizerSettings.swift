/// How far and how carefully a loss is minimized; the defaults are CRFsuite's, but for the number of iterations.
public struct MinimizerSettings: Hashable, Sendable, Codable {
    /// How many iterations at most, 0 for as many as it takes.
    public var maximumIterations = 100
    /// How many steps the curvature is judged by.
    public var memory = 6
    /// Enough when the gradient's length over that of the weights (or 1, if that is more) is below this.
    public var epsilon = 1e-5
    /// Enough when over ``period`` iterations the loss fell by less than this share of itself.
    public var delta = 1e-5
    /// Over how many iterations the fall of the loss is judged, 0 for not at all.
    public var period = 10
    /// How many points a line search tries.
    public var maximumTrials = 20

    /// As above.
    public init() {}

    /// What is wrong with the settings; nothing if they can be used.
    var fault: String? {
        if maximumIterations < 0 { return "maximumIterations is \(maximumIterations); supported: from 0" }
        if !(1...1000).contains(memory) { return "memory is \(memory); supported: 1 to 1000" }
        if period < 0 { return "period is \(period); supported: from 0" }
        if !(epsilon >= 0) { return "epsilon is \(epsilon); supported: from 0" }
        if maximumTrials < 1 { return "maximumTrials is \(maximumTrials); supported: from 1" }
        return nil
    }
}
