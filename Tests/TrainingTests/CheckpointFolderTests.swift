import Essentials
import Foundation
import Models
import TestSupport
import Testing
import Torch
import TorchNN

@testable import Training

@Suite struct CheckpointFolderTests {
    /// A model some steps into a training, with the optimizer's state, as bits.
    private struct State {
        let model: TaggerNetwork
        let optimizer: AdamW

        init(seed: UInt64) throws {
            model = try TinyTraining.model(seed: seed)
            optimizer = TinyTraining.optimizer(model.parameters)
        }

        func step(_ number: UInt32) {
            let examples = TinyTraining.examples([5, 3], seed: 2)
            let batch = PackedBatch(examples.map(\.window), special: TinyTraining.special)
            _ = model.addGradients(of: batch, targets: examples.map(\.targets), .training(seed: 1, step: number))
            optimizer.step(maximumGradientNorm: 1)
        }

        var bits: [[UInt32]] { model.parameters.all.map { $0.tensor.floats().map(\.bitPattern) } }
    }

    private static func progress(step: Int) -> TrainingProgress {
        var progress = TrainingProgress()
        progress.hasBegun = true
        progress.step = step
        progress.epochLoss = 0.1 + 0.2
        progress.bestScore = 1.0 / 3
        progress.productPath = "aten"
        progress.history = [.init(stage: "gold", epoch: 1, loss: 1.0 / 7, scores: ["f1": 1.0 / 3], isBest: true)]
        progress.curve.add(step: 1, loss: 0.7, stride: 1)
        progress.curve.add(step: 2, loss: 0.6, stride: 2)
        return progress
    }

    @Test func whatIsSavedIsRestoredToTheBitAndGoesOnTheSame() throws {
        try withTemporaryFolder { folder in
            let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
            #expect(try checkpoint.progress() == nil)
            let first = try State(seed: 1)
            for number in 0..<3 as Range<UInt32> { first.step(number) }
            try checkpoint.save(Self.progress(step: 3), parameters: first.model.parameters, optimizer: first.optimizer)
            let second = try State(seed: 2)
            #expect(second.bits != first.bits)
            try checkpoint.restore(second.model.parameters)
            try checkpoint.restore(second.optimizer)
            #expect(try checkpoint.progress() == Self.progress(step: 3))
            #expect(second.bits == first.bits)
            #expect(second.optimizer.stepCount == 3)
            checkpoint.remove()
            #expect(try checkpoint.progress() == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test func aNewCheckpointReplacesTheOldOneAndLeavesNothingBeside() throws {
        try withTemporaryFolder { folder in
            let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
            let state = try State(seed: 1)
            for step in 1...2 {
                state.step(UInt32(step))
                try checkpoint.save(
                    Self.progress(step: step), parameters: state.model.parameters, optimizer: state.optimizer)
            }
            #expect(try checkpoint.progress()?.step == 2)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["checkpoint"])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: checkpoint.path).sorted()
                    == ["model.safetensors", "optimizer.safetensors", "progress.json"])
        }
    }

    @Test func aCrashBetweenTheRenamesLosesNothing() throws {
        try withTemporaryFolder { folder in
            let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
            let state = try State(seed: 1)
            try checkpoint.save(Self.progress(step: 1), parameters: state.model.parameters, optimizer: state.optimizer)
            try FileManager.default.moveItem(atPath: checkpoint.path, toPath: "\(checkpoint.path).old")
            #expect(try checkpoint.progress()?.step == 1)
            try checkpoint.restore(state.model.parameters)
        }
    }

    @Test(arguments: ["", "{", "[]", "{\"stage\": 1}", "{\"stage\": \"one\"}", "\u{0}\u{1}"])
    func aDamagedRecordOfProgressSaysWhereAndWhatToDo(content: String) throws {
        try withTemporaryFolder { folder in
            let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
            let state = try State(seed: 1)
            try checkpoint.save(Self.progress(step: 1), parameters: state.model.parameters, optimizer: state.optimizer)
            try Data(content.utf8).write(to: URL(fileURLWithPath: "\(checkpoint.path)/progress.json"))
            let error = #expect(throws: TrainingError.self) { try checkpoint.progress() }
            #expect(
                error?.description == "\(checkpoint.path)/progress.json: not the progress of a training; "
                    + "run without --resume to start over")
            #expect(error?.exitCode == .badData)
        }
    }

    @Test(arguments: ["model.safetensors", "optimizer.safetensors"], [0, 7, 200, -4])
    func aFileCutShortIsRefused(name: String, keep: Int) throws {
        try withTemporaryFolder { folder in
            let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
            let state = try State(seed: 1)
            state.step(0)
            try checkpoint.save(Self.progress(step: 1), parameters: state.model.parameters, optimizer: state.optimizer)
            let file = URL(fileURLWithPath: "\(checkpoint.path)/\(name)")
            let content = try Data(contentsOf: file)
            try (keep < 0 ? content.dropLast(-keep) : content.prefix(keep)).write(to: file)
            let error = #expect(throws: CheckpointError.self) {
                try checkpoint.restore(state.model.parameters)
                try checkpoint.restore(state.optimizer)
            }
            #expect(error?.description.hasPrefix("\(file.path): not a usable safetensors file: ") == true)
            #expect(error?.exitCode == .badData)
        }
    }

    /// A limit on the size of files stands in for a full disk: `write` fails in the middle in the same way.
    @Test(arguments: [100, 60_000, 150_000]) func aFullDiskLeavesTheOldCheckpoint(bytes: Int) async {
        await #expect(processExitsWith: .success) { [bytes] in
            signal(SIGXFSZ, SIG_IGN)
            try withTemporaryFolder { folder in
                let checkpoint = CheckpointFolder(path: "\(folder)/checkpoint")
                let state = try State(seed: 1)
                state.step(1)
                try checkpoint.save(
                    Self.progress(step: 1), parameters: state.model.parameters, optimizer: state.optimizer)
                let old = state.bits
                let sizes = try ["model", "optimizer"].map {
                    try Data(contentsOf: URL(fileURLWithPath: "\(checkpoint.path)/\($0).safetensors")).count
                }
                // Of the limits one stops the first file at its start, one in its middle, one the second file.
                #expect(sizes[0] > 60_000 && sizes[0] < 150_000 && sizes[1] > 150_000)
                state.step(2)
                var limit = rlimit(rlim_cur: UInt(bytes), rlim_max: UInt(bytes))
                try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
                let error = #expect(throws: FileError.self) {
                    try checkpoint.save(
                        Self.progress(step: 2), parameters: state.model.parameters, optimizer: state.optimizer)
                }
                #expect(error?.exitCode == .inputOutput)
                #expect(error?.description.hasSuffix("File too large; what was there before is unchanged") == true)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["checkpoint"])
                #expect(try checkpoint.progress() == Self.progress(step: 1))
                let again = try State(seed: 2)
                try checkpoint.restore(again.model.parameters)
                try checkpoint.restore(again.optimizer)
                #expect(again.bits == old && again.optimizer.stepCount == 1)
            }
        }
    }
}
