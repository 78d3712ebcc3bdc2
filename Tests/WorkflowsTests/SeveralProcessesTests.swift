import Essentials
import Foundation
import TestSupport
import Testing
import TorchNN

@testable import Workflows

/// Two processes on loopback that train one model.
@Suite(
    .serialized, .enabled(if: ClinnerProcess.isBuilt, "needs .build/debug/clinner, which swift build makes"),
    .timeLimit(.minutes(3)))
struct SeveralProcessesTests {
    private static let overrides = [
        "pretrain.epochs=3", "pretrain.batchesPerStep=2", "pretrain.batchPieces=60", "pretrain.patience=2",
        "train.batchesPerStep=2", "train.stages=[{data: gold, epochs: 3, batchPieces: 60}]",
    ]

    private static let endless = [
        "pretrain.enabled=false", "train.checkpointSeconds=0",
        "train.stages=[{data: gold, epochs: 20, batchPieces: 40}]",
    ]

    private func process(
        _ command: String, _ hospital: TinyHospital, environment: [String: String] = [:], resume: Bool = false,
        _ more: [String] = []
    ) throws -> ClinnerProcess {
        try ClinnerProcess(
            [command, hospital.configuration, "--quiet"] + (resume ? ["--resume"] : [])
                + (Self.overrides + more).flatMap { ["--set", $0] },
            environment: environment)
    }

    private func environment(rank: Int, port: Int) -> [String: String] {
        [
            "RANK": "\(rank)", "WORLD_SIZE": "2", "LOCAL_RANK": "\(rank)", "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": "\(port)",
        ]
    }

    private func pair(
        _ command: String, _ hospital: TinyHospital, resume: Bool = false, _ more: [String] = []
    ) throws -> [ClinnerProcess] {
        let port = Int.random(in: 20_000..<30_000)
        return try [0, 1].map {
            try process(command, hospital, environment: environment(rank: $0, port: port), resume: resume, more)
        }
    }

    private func run(_ command: String, _ hospital: TinyHospital, inTwo: Bool) throws {
        for process in inTwo ? try pair(command, hospital) : [try process(command, hospital)] {
            let (status, _, errors) = try process.end()
            try #require(status == 0, "\(errors)")
        }
    }

    /// The largest difference of two files' values, and how many values there are.
    private func difference(_ first: String, _ second: String) throws -> (largest: Float, count: Int) {
        let (left, right) = (try SafetensorsFile(path: first), try SafetensorsFile(path: second))
        #expect(left.names == right.names)
        var (largest, count) = (Float(0), 0)
        for name in left.names {
            let (one, other) = (try left.tensor(named: name).floats(), try right.tensor(named: name).floats())
            #expect(one.count == other.count)
            largest = zip(one, other).reduce(largest) { max($0, abs($1.0 - $1.1)) }
            count += one.count
        }
        return (largest, count)
    }

    @Test func twoProcessesEndWithTheWeightsOfOneWithTheSameBatches() throws {
        try withHospital { hospital in
            try withHospital { alone in
                for command in ["pretrain", "train"] {
                    try run(command, hospital, inTwo: true)
                    try run(command, alone, inTwo: false)
                }
                for name in ["encoder", "tagger/model-best", "tagger/model-last"] {
                    let (largest, count) = try difference(
                        "\(hospital.run.path)/\(name)/model.safetensors", "\(alone.run.path)/\(name)/model.safetensors")
                    // The kernels of products are chosen by timing, by each process for itself.
                    #expect(largest < 2e-5 && count > 10_000, "\(name): \(largest)")
                }
                func summary(_ hospital: TinyHospital) throws -> PretrainSummary {
                    try JSONFile.read(PretrainSummary.self, from: hospital.run.pretraining, madeBy: "pretrain")
                }
                let (together, one) = (try summary(hospital), try summary(alone))
                #expect(together.pieces == one.pieces && together.history.count == one.history.count)
                for (first, second) in zip(together.history, one.history) {
                    #expect(abs(first.loss - second.loss) < 1e-4)
                    #expect(abs((first.scores["perplexity"] ?? 0) - (second.scores["perplexity"] ?? 1)) < 1e-2)
                }
            }
        }
    }

    @Test func theWholePathInTwoProcessesWritesEveryFileOnce() throws {
        try withHospital { hospital in
            try run("adapt", hospital, inTwo: true)
            let expected = TinyHospital.runFileNames.filter { !$0.hasPrefix("silver/") }
            #expect(Set(try hospital.runFiles().keys) == expected)
        }
    }

    @Test func bothStopAfterTheSameStepAndGoOnTogether() throws {
        try withHospital { hospital in
            let processes = try pair("train", hospital, Self.endless)
            _ = processes[0].waitForCheckpoint(hospital.run.taggerCheckpoint, after: 1)
            // Only the second one is asked; it tells the first.
            processes[1].send(SIGINT)
            for process in processes { #expect(try process.end().status == 130) }
            for process in try pair("train", hospital, resume: true, Self.endless) {
                let (status, _, errors) = try process.end()
                #expect(status == 0, "\(errors)")
            }
            #expect(FileManager.default.fileExists(atPath: "\(hospital.run.lastTagger)/model.safetensors"))
        }
    }

    @Test func whoIsLeftAloneIsToldSo() throws {
        try withHospital { hospital in
            let processes = try pair("train", hospital, Self.endless)
            _ = processes[0].waitForCheckpoint(hospital.run.taggerCheckpoint, after: 1)
            processes[1].send(SIGKILL)
            #expect(try processes[1].end().status == -SIGKILL)
            let (status, _, errors) = try processes[0].end()
            #expect(status == 74)
            #expect(errors.hasPrefix("clinner: process 0 of 2: "))
            #expect(errors.hasSuffix("look at what the other processes said, then start all of them again\n"))
        }
    }

    @Test(arguments: [
        (
            ["RANK": "0", "WORLD_SIZE": "2"],
            "clinner: LOCAL_RANK is not set, though RANK is; start the processes with torchrun or srun, which set all "
                + "they need, or unset RANK for a single process\n"
        ),
        (
            ["RANK": "0", "WORLD_SIZE": "3", "LOCAL_RANK": "0", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "29499"],
            "clinner: @/run.yml: `train.batchesPerStep` must be a multiple of the number of processes, 3, which share "
                + "a step's batches\n"
        ),
    ])
    func aPlacementThatCannotBeIsRefused(environment: [String: String], message: String) throws {
        try withHospital { hospital in
            let (status, _, errors) = try process(
                "train", hospital, environment: environment, ["pretrain.enabled=false"]
            ).end()
            #expect(status == 64)
            #expect(errors == message.replacing("@", with: hospital.folder))
        }
    }
}
