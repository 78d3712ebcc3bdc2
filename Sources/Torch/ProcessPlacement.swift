/// Which one this process is of several that train one model together, and where they meet.
public struct ProcessPlacement: Hashable, Sendable {
    /// The port where processes meet if Slurm started them and `MASTER_PORT` names no other; PyTorch's own default.
    public static let defaultPort = 29_500

    /// The number of this process, from 0.
    public let rank: Int
    /// How many processes there are, two or more.
    public let worldSize: Int
    /// The number of this process among those on its machine, from 0.
    public let localRank: Int
    /// The machine where the processes meet.
    public let host: String
    /// The port where they meet.
    public let port: Int
    /// Whether the program that started the processes listens there, as `torchrun` does, and not process 0.
    public let launcherListens: Bool

    /// Places a process; `rank` and `localRank` lie in 0 ..< `worldSize`.
    public init(rank: Int, worldSize: Int, localRank: Int, host: String, port: Int, launcherListens: Bool = false) {
        precondition(worldSize > 1 && (0..<worldSize).contains(rank) && (0..<worldSize).contains(localRank))
        precondition(!host.isEmpty && Self.ports.contains(port))
        self.rank = rank
        self.worldSize = worldSize
        self.localRank = localRank
        self.host = host
        self.port = port
        self.launcherListens = launcherListens
    }

    /// Reads where `torchrun` or Slurm's `srun` put this process; nothing if it is the only one.
    ///
    /// `torchrun` sets `RANK`, `WORLD_SIZE`, `LOCAL_RANK`, `MASTER_ADDR` and `MASTER_PORT`, and comes first: Slurm may
    /// have started it. `srun` sets `SLURM_PROCID`, `SLURM_NTASKS` and `SLURM_LOCALID`; its processes meet at
    /// `MASTER_ADDR` or else on the first machine of `SLURM_STEP_NODELIST` or `SLURM_JOB_NODELIST`, at `MASTER_PORT` or
    /// else ``defaultPort``. A batch script has a `SLURM_PROCID` too, so that alone means nothing. A variable that is
    /// empty counts as not set.
    ///
    /// - Parameter environment: the names and values of the environment's variables.
    /// - Throws: ``ProcessPlacementError`` for an environment that is set by halves or makes no sense.
    public init?(environment: [String: String]) throws {
        let variables = EnvironmentVariables(environment)
        let place: Place
        if let first = variables.first(of: ["RANK", "WORLD_SIZE", "LOCAL_RANK"]) {
            guard let torchrun = try Place(variables, Place.torchrun, because: first) else { return nil }
            place = torchrun
            host = try variables.text("MASTER_ADDR", because: first)
            port = try variables.number("MASTER_PORT", in: Self.ports, because: first)
        } else if let first = variables.first(of: ["SLURM_NTASKS"]) {
            guard let slurm = try Place(variables, Place.slurm, because: first) else { return nil }
            place = slurm
            host = try variables["MASTER_ADDR"] ?? variables.firstMachine(because: first)
            let isGiven = variables["MASTER_PORT"] != nil
            port = isGiven ? try variables.number("MASTER_PORT", in: Self.ports, because: first) : Self.defaultPort
        } else {
            if let first = variables.first(of: ["MASTER_ADDR", "MASTER_PORT"]) {
                throw ProcessPlacementError.missing(variable: "RANK", because: first)
            }
            return nil
        }
        rank = place.rank
        worldSize = place.worldSize
        localRank = place.localRank
        launcherListens = environment["TORCHELASTIC_USE_AGENT_STORE"] == "True"
    }

    private static let ports = 1...65_535
}

/// The three numbers that `torchrun` and Slurm both set, under names of their own.
private struct Place {
    typealias Names = (rank: String, worldSize: String, localRank: String)
    static let torchrun: Names = ("RANK", "WORLD_SIZE", "LOCAL_RANK")
    static let slurm: Names = ("SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID")

    var rank: Int
    var worldSize: Int
    var localRank: Int

    /// Nothing if there is one process: it needs no number.
    init?(_ variables: EnvironmentVariables, _ names: Names, because cause: String) throws {
        worldSize = try variables.number(names.worldSize, in: 1...100_000, because: cause)
        if worldSize == 1 { return nil }
        rank = try variables.number(names.rank, in: 0...worldSize - 1, because: cause)
        localRank = try variables.number(names.localRank, in: 0...worldSize - 1, because: cause)
    }
}

/// Variables of the environment, with errors that name them.
private struct EnvironmentVariables {
    private let values: [String: String]

    init(_ values: [String: String]) { self.values = values.filter { !$0.value.isEmpty } }

    subscript(name: String) -> String? { values[name] }

    func first(of names: [String]) -> String? { names.first { values[$0] != nil } }

    func text(_ name: String, because cause: String) throws -> String {
        guard let value = values[name] else {
            throw ProcessPlacementError.missing(variable: name, because: cause)
        }
        return value
    }

    func number(_ name: String, in range: ClosedRange<Int>, because cause: String) throws -> Int {
        let value = try text(name, because: cause)
        guard let number = Int(value) else { throw ProcessPlacementError.notANumber(variable: name, value: value) }
        guard range.contains(number) else {
            throw ProcessPlacementError.outOfRange(variable: name, value: number, range: range)
        }
        return number
    }

    /// The first machine of Slurm's list, where process 0 runs: `gpu[03-07,11],login` begins with `gpu03`.
    func firstMachine(because cause: String) throws -> String {
        let name = values["SLURM_STEP_NODELIST"] == nil ? "SLURM_JOB_NODELIST" : "SLURM_STEP_NODELIST"
        let list = try text(name, because: cause)
        let error = ProcessPlacementError.notAListOfMachines(variable: name, value: list)
        var machine = ""
        var rest = list[...]
        while let next = rest.popFirst(), next != "," {
            if next == "]" { throw error }
            guard next == "[" else {
                machine.append(next)
                continue
            }
            let number = rest.prefix { $0.isNumber }
            guard let close = rest.firstIndex(of: "]"), !number.isEmpty else { throw error }
            machine += number
            rest = rest[rest.index(after: close)...]
        }
        guard !machine.isEmpty else { throw error }
        return machine
    }
}
