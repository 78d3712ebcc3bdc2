import Foundation

/// Which of several processes this one is, and where the first one listens: from the environment variables that
/// `torchrun` or Slurm sets.
public struct ProcessPlacement: Hashable, Sendable {
    /// An environment that does not say clearly what it should.
    public struct Fault: Error, Hashable {
        /// The variable.
        public var variable: String
        /// What is wrong with it, and what to do.
        public var reason: String

        /// Makes a fault.
        public init(variable: String, reason: String) {
            self.variable = variable
            self.reason = reason
        }
    }

    /// This process's number, from 0.
    public var rank: Int
    /// How many processes there are.
    public var size: Int
    /// The machine of the first process.
    public var host: String
    /// Where the first process listens.
    public var port: Int

    /// What `torchrun` and Slurm leave to us.
    private static let defaultPort = 29_500

    /// Reads the variables; nothing where there is one process only.
    ///
    /// `RANK`, `WORLD_SIZE`, `MASTER_ADDR` and `MASTER_PORT` are `torchrun`'s; without them `SLURM_PROCID`,
    /// `SLURM_NTASKS` and the first of the machines of `SLURM_JOB_NODELIST` count, where Slurm's `srun` started more
    /// than one task of a step.
    ///
    /// - Throws: ``Fault``.
    public static func current(_ environment: [String: String]) throws -> ProcessPlacement? {
        if environment["RANK"] != nil || environment["WORLD_SIZE"] != nil {
            return try placement(environment, rank: "RANK", size: "WORLD_SIZE", host: nil)
        }
        // A batch script itself has the number of tasks too, but is no task of a step.
        if environment["SLURM_PROCID"] != nil, environment["SLURM_STEP_ID"] != nil {
            let nodes = environment["SLURM_STEP_NODELIST"] ?? environment["SLURM_JOB_NODELIST"]
            let size = environment["SLURM_STEP_NUM_TASKS"] == nil ? "SLURM_NTASKS" : "SLURM_STEP_NUM_TASKS"
            return try placement(
                environment, rank: "SLURM_PROCID", size: size, host: nodes.flatMap(firstHost(of:)))
        }
        return nil
    }

    private static func placement(
        _ environment: [String: String], rank rankName: String, size sizeName: String, host: String?
    ) throws -> ProcessPlacement? {
        let size = try number(environment, sizeName, in: 1...65_536)
        let rank = try number(environment, rankName, in: 0...(size - 1))
        if size == 1 { return nil }
        guard let host = environment["MASTER_ADDR"].flatMap({ $0.isEmpty ? nil : $0 }) ?? host else {
            throw Fault(
                variable: "MASTER_ADDR", reason: "is not set; set it to the machine of the process with \(rankName) 0")
        }
        let port =
            environment["MASTER_PORT"] == nil
            ? defaultPort : try number(environment, "MASTER_PORT", in: 1...65_535)
        return ProcessPlacement(rank: rank, size: size, host: host, port: port)
    }

    private static func number(
        _ environment: [String: String], _ name: String, in range: ClosedRange<Int>
    ) throws -> Int {
        guard let text = environment[name] else {
            throw Fault(variable: name, reason: "is not set, though the variables that go with it are")
        }
        guard let value = Int(text), range.contains(value) else {
            throw Fault(
                variable: name,
                reason: "must be a whole number from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
        }
        return value
    }

    /// The first machine of a list such as `node[07-09,12],login1`.
    private static func firstHost(of list: String) -> String? {
        guard let open = list.firstIndex(of: "["), !list[..<open].contains(",") else {
            return list.split(separator: ",").first.map(String.init)
        }
        let number = list[list.index(after: open)...].prefix { !"-,]".contains($0) }
        let rest = list[open...].firstIndex(of: "]").map { list[list.index(after: $0)...].prefix { $0 != "," } } ?? ""
        return number.isEmpty ? nil : String(list[..<open] + number + rest)
    }
}
