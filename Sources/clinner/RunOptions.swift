import ArgumentParser
import Workflows

/// What every command that works in a run folder takes.
struct RunOptions: ParsableArguments {
    @Argument(help: "The configuration of the run, a YAML file.", completion: .file(extensions: ["yml", "yaml"]))
    var configuration: String

    @OptionGroup var shared: SharedOptions

    @Flag(help: "Continue where an earlier call with the same configuration stopped.")
    var resume = false

    /// Opens the run.
    func open() throws -> Run { try shared.open(configuration: configuration, resume: resume) }
}

/// What every command takes.
struct SharedOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: "Lay a value over the configuration, such as train.lstmSize=100; may be repeated.")
    var overrides: [String] = []

    @Flag(help: "Show nothing but results and errors.")
    var quiet = false

    /// Opens the run of a configuration.
    func open(configuration: String, resume: Bool) throws -> Run {
        var options = Run.Options()
        options.resume = resume
        options.quiet = quiet
        options.overrides = overrides
        return try Run(configuration: configuration, options: options)
    }
}
