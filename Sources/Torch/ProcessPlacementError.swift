/// What can be wrong with the environment variables that tell a process its place among others.
public enum ProcessPlacementError: Error, Equatable, CustomStringConvertible {
    /// A variable is missing, though another one says that there are several processes.
    case missing(variable: String, because: String)
    /// A variable that must be a whole number is none.
    case notANumber(variable: String, value: String)
    /// A number does not fit the others, or is no port.
    case outOfRange(variable: String, value: Int, range: ClosedRange<Int>)
    /// Slurm's list of machines is not written as it should be.
    case notAListOfMachines(variable: String, value: String)

    /// What is wrong and what to do, for the person who started the processes.
    public var description: String {
        switch self {
        case .missing(let variable, let cause):
            "\(variable) is not set, though \(cause) is; start the processes with torchrun or srun, which set all they"
                + " need, or unset \(cause) for a single process"
        case .notANumber(let variable, let value):
            "\(variable) is `\(value)`, not a whole number"
        case .outOfRange(let variable, let value, let range):
            "\(variable) is \(value), outside \(range.lowerBound) to \(range.upperBound)"
        case .notAListOfMachines(let variable, let value):
            "\(variable) is `\(value)`, not a list of machines such as `node[01-04]`; set MASTER_ADDR to the machine of"
                + " process 0"
        }
    }
}
