import Essentials
import Foundation
import Torch
import Yams

/// A run under way: its configuration, its folder, and how it talks to the user.
public final class Run {
    /// How a command was called.
    public struct Options: Sendable {
        /// Continue where an earlier call stopped.
        public var resume = false
        /// Show nothing but results and errors.
        public var quiet = false
        /// `key=value` pairs laid over the configuration file.
        public var overrides: [String] = []
        /// The variables that tell which of several processes this is.
        public var environment = ProcessInfo.processInfo.environment

        /// No option set.
        public init() {}
    }

    /// The complete configuration.
    public let experiment: Experiment
    /// The configuration's file.
    public let file: String
    /// Turns the configuration's paths into paths of the file system.
    public let resolver: PathResolver
    /// The run's folder.
    public let folder: RunFolder
    /// How the command was called.
    public let options: Options
    /// The run's event log, where this process writes it.
    public let log: EventLog?
    private var manifest: Manifest
    /// Which of several processes this is, if there are several.
    private let placement: ProcessPlacement?
    /// Whether this process is the one that writes: the only one, or the first of several.
    let isLeader: Bool
    private var openGroup: ProcessGroup?

    /// Opens the run of the configuration at `path`, making its folder if it is not there.
    ///
    /// - Throws: ``ConfigurationError`` for a wrong configuration, and when `resume` is asked for a run that was made
    ///   with another configuration or from other inputs.
    public init(configuration path: String, options: Options) throws {
        experiment = try ConfigurationReader.read(Experiment.self, path: path, overrides: options.overrides)
        file = path
        self.options = options
        placement = try ProcessPlacement(environment: options.environment)
        isLeader = placement.map { $0.rank == 0 } ?? true
        resolver = PathResolver(configurationAt: path)
        guard !experiment.name.isEmpty, !experiment.name.contains("/") else {
            throw ConfigurationError.missingKey(
                file: path, key: "name", reason: "the run's name, without a slash, names its folder")
        }
        folder = RunFolder(path: "\(resolver.path(experiment.runs))/\(experiment.name)")
        let threads = experiment.threads > 0 ? experiment.threads : ProcessInfo.processInfo.activeProcessorCount
        manifest = Manifest(
            seed: experiment.seed, threads: threads, inputs: try Self.inputs(of: experiment, resolver: resolver))
        // Starting over must also be possible where what stands there is damaged.
        let previous = options.resume ? try Self.previous(in: folder) : try? Self.previous(in: folder)
        if let previous {
            let differing = try Self.differences(experiment, previous.experiment, manifest, previous.manifest)
            guard !options.resume || differing.isEmpty else {
                throw ConfigurationError.runDiffers(run: folder.path, file: path, keys: differing)
            }
            // What was finished under another configuration or from other inputs is not finished under this one.
            if differing.isEmpty { manifest.steps = previous.manifest.steps }
        }
        guard isLeader else {
            log = nil
            return
        }
        try folder.make()
        log = try EventLog(path: folder.log)
        try AtomicFile.write(YAMLText.of(experiment), to: folder.experiment)
        try JSONFile.write(manifest, to: folder.manifest)
    }

    /// Threads to compute on.
    public var threads: Int { manifest.threads }

    /// The SHA-256 digest of every input, by the key of the configuration that names it.
    var inputs: [String: String] { manifest.inputs }

    /// Computes on the experiment's device from now on; called before a network is made or loaded.
    ///
    /// - Throws: `DeviceError`.
    func useDevice() throws { try Device.use(experiment.device) }

    /// Finds out whether the experiment's device is there.
    ///
    /// - Throws: `DeviceError`.
    func requireDevice() throws { try Device(named: experiment.device).requireAvailable() }

    /// What each finished step took.
    public var steps: [String: Manifest.StepRecord] { manifest.steps }

    /// Tells the user something on standard error.
    public func say(_ message: String) {
        guard !options.quiet, isLeader else { return }
        FileHandle.standardError.write(Data("\(message)\n".utf8))
    }

    /// Runs a step and records what it took; with `resume`, a step that is finished is left as it is.
    public func step(_ step: StepName, _ body: () throws -> Void) throws {
        let name = step.rawValue
        if options.resume, manifest.steps[name] != nil {
            say("\(name): finished in an earlier run")
            return
        }
        guard isLeader else {
            if step.isShared { try body() }
            return
        }
        // What the later steps made is of an earlier state.
        for later in StepName.allCases.drop(while: { $0 != step }) { manifest.steps[later.rawValue] = nil }
        try JSONFile.write(manifest, to: folder.manifest)
        let start = Date()
        try body()
        let record = Manifest.StepRecord(
            seconds: Date().timeIntervalSince(start), peakMemory: peakMemoryMegabytes())
        manifest.steps[name] = record
        try JSONFile.write(manifest, to: folder.manifest)
        try log?.append(StepEvent(event: "step", step: name, seconds: record.seconds, peakMemory: record.peakMemory))
        say("\(name): done in \(Progress.duration(record.seconds)), peak memory \(Int(record.peakMemory)) MB")
    }

    /// The processes that train together, once all of them are at this point; nothing where there is only this one.
    ///
    /// - Parameter batchesPerStep: what they share, which every one must have as many of.
    /// - Throws: ``ConfigurationError`` or `ProcessGroupError`.
    func group(sharing batchesPerStep: Int, key: String) throws -> ProcessGroup? {
        guard let placement else { return nil }
        guard batchesPerStep % placement.worldSize == 0 else {
            throw ConfigurationError.wrongValue(
                file: file, line: nil, key: key,
                expected: "a multiple of the number of processes, \(placement.worldSize), which share a step's batches")
        }
        let group = try openGroup ?? ProcessGroup(placement, seconds: Self.processTimeout)
        openGroup = group
        try group.barrier()
        return group
    }

    /// For so long processes wait for each other, in seconds: the first one labels and scores alone.
    private static let processTimeout = 7200.0

    /// A loader for this run's notes.
    public func loader() throws -> NoteLoader {
        try NoteLoader(experiment: experiment, file: file, resolver: resolver) { [weak self] in self?.say($0) }
    }

    private struct StepEvent: Encodable {
        var event: String
        var step: String
        var seconds: Double
        var peakMemory: Double
    }

    private static func previous(in folder: RunFolder) throws -> (experiment: Experiment, manifest: Manifest)? {
        guard FileManager.default.fileExists(atPath: folder.manifest),
            FileManager.default.fileExists(atPath: folder.experiment)
        else { return nil }
        return (
            try ConfigurationReader.read(Experiment.self, path: folder.experiment),
            try JSONFile.read(Manifest.self, from: folder.manifest, madeBy: "adapt")
        )
    }

    private static func inputs(of experiment: Experiment, resolver: PathResolver) throws -> [String: String] {
        var digests: [String: String] = [:]
        let corpus = experiment.corpus
        var sources = [("corpus.train", corpus.train), ("corpus.dev", corpus.dev), ("corpus.test", corpus.test)]
        sources += corpus.unlabeled.enumerated().map { ("corpus.unlabeled.\($0)", $1) }
        sources += experiment.pretrain.monitored.enumerated().map { ("pretrain.monitored.\($0)", $1) }
        var paths = sources.filter { !$0.1.path.isEmpty }.map { ($0.0, resolver.path($0.1.path)) }
        paths.append(("encoder", resolver.encoder(experiment.encoder)))
        for (index, lexicon) in experiment.label.lexicons.enumerated() {
            paths.append(("label.lexicons.\(index)", resolver.path(lexicon.path)))
        }
        for (index, modifiers) in experiment.label.modifiers.enumerated() {
            paths.append(("label.modifiers.\(index)", resolver.path(modifiers.path)))
        }
        for (index, rules) in experiment.label.rules.enumerated() {
            paths.append(("label.rules.\(index)", resolver.path(rules)))
        }
        for (index, predictions) in experiment.label.predictions.enumerated() {
            paths.append(("label.predictions.\(index)", resolver.path(predictions.path)))
        }
        for (key, table) in [
            ("label.contextCues", experiment.label.contextCues),
            ("label.neighborCues", experiment.label.neighborCues),
            ("label.abbreviations", experiment.label.abbreviations), ("label.handVotes", experiment.label.handVotes),
        ] {
            if let table { paths.append((key, resolver.path(table))) }
        }
        for (key, path) in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                let hint =
                    key == "encoder"
                    ? "`encoder` must name a model folder; `make setup` brings one" : "named by the key `\(key)`"
                throw FileError.missing(path: path, hint: hint)
            }
            digests[key] = try isFolder.boolValue ? Digest.sha256(folderAt: path) : Digest.sha256(fileAt: path)
        }
        return digests
    }

    /// The keys in which a run differs from the one it should continue; how results are shown does not matter, nor which
    /// of a machine's GPUs computes.
    private static func differences(
        _ new: Experiment, _ old: Experiment, _ newManifest: Manifest, _ oldManifest: Manifest
    ) throws -> [String] {
        func sections(_ experiment: Experiment) throws -> [String: String] {
            let node = try Yams.compose(yaml: YAMLText.of(experiment))
            var texts: [String: String] = [:]
            for (key, value) in node?.mapping ?? [:] { texts[key.string ?? ""] = try Yams.serialize(node: value) }
            texts["device"] = experiment.device == "cpu" ? "cpu" : "cuda"
            return texts
        }
        let shown: Set = ["title", "report", "evaluate", "runs", "ablate", "tune"]
        let newSections = try sections(new)
        let oldSections = try sections(old)
        var keys = Set(newSections.keys).union(oldSections.keys)
            .filter { !shown.contains($0) && newSections[$0] != oldSections[$0] }
        keys.formUnion(
            Set(newManifest.inputs.keys).union(oldManifest.inputs.keys)
                .filter { newManifest.inputs[$0] != oldManifest.inputs[$0] }.map { "the content of \($0)" })
        if newManifest.threads != oldManifest.threads { keys.insert("the number of threads") }
        return keys.sorted()
    }
}
