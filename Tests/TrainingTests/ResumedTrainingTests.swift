import Essentials
import Foundation
import TestSupport
import Testing

@testable import Training

/// A process of its own each: other tests may set the kernels of products, which differ in the last bits.
@Suite(.serialized) struct ResumedTrainingTests {
    @Test(arguments: [0, 1e9]) func killedAnywhereAndResumedEndsWithTheSameBits(checkpointSeconds: Double) async {
        await #expect(processExitsWith: .success) { [checkpointSeconds] in
            let whole = Killer(at: nil)
            let undisturbed = try withTemporaryFolder { folder in
                try TinyTraining(folder: folder, checkpointSeconds: checkpointSeconds).train(whole)
            }
            // The choice of a best model is put to the test: both stages have one, and it is not the last.
            let history = undisturbed.progress.history
            #expect(history.count == TinyTraining.epochs.reduce(0, +))
            for stage in ["silver", "gold"] {
                #expect(history.contains { $0.stage == stage && $0.isBest })
                #expect(history.last { $0.stage == stage }?.isBest == false)
            }
            #expect(undisturbed.best != nil)
            let saved = history.count { $0.isBest }
            #expect(whole.moments == 2 * (undisturbed.progress.step + history.count + saved))
            for moment in 0..<whole.moments {
                try withTemporaryFolder { folder in
                    let training = TinyTraining(folder: folder, checkpointSeconds: checkpointSeconds)
                    #expect(throws: Killer.Killed.self) { try training.train(Killer(at: moment)) }
                    let resumed = try training.train()
                    #expect(resumed.last == undisturbed.last, "the last weights, killed at moment \(moment)")
                    #expect(resumed.best == undisturbed.best, "the best weights, killed at moment \(moment)")
                    #expect(resumed.progress == undisturbed.progress, "the record, killed at moment \(moment)")
                }
            }
        }
    }

    @Test(arguments: [(0, 0), (0.8, 1)])
    func killedAgainAndAgainEndsWithTheSameBits(averageDecay: Double, frozenEpochs: Int) async {
        await #expect(processExitsWith: .success) { [averageDecay, frozenEpochs] in
            func training(in folder: String) -> TinyTraining {
                var training = TinyTraining(folder: folder, checkpointSeconds: 0)
                training.averageDecay = averageDecay
                training.frozenEpochs = frozenEpochs
                return training
            }
            let undisturbed = try withTemporaryFolder { try training(in: $0).train() }
            var random = SeededGenerator(seed: 12)
            for _ in 0..<5 {
                try withTemporaryFolder { folder in
                    let training = training(in: folder)
                    var deaths = 0
                    var outcome: TinyTraining.Outcome?
                    while outcome == nil {
                        do {
                            outcome = try training.train(Killer(at: Int.random(in: 3..<12, using: &random)))
                        } catch is Killer.Killed {
                            deaths += 1
                        }
                    }
                    #expect(deaths >= 3)
                    #expect(outcome == undisturbed)
                }
            }
        }
    }

    /// The first four moments of an epoch's first two batches, and one in the second stage.
    @Test(arguments: [(0, 1), (1, 1), (2, 2), (3, 2), (24, 8)])
    func anInterruptionStopsAfterTheStepAndLosesNothing(moment: Int, steps: Int) async throws {
        let folder = NSTemporaryDirectory() + "clinner-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // The request to stop cannot be taken back within a process, so the training is resumed in another.
        await #expect(processExitsWith: .success) {
            [folder = folder as String, moment = moment as Int, steps = steps as Int] in
            Interruption.listen()
            while try !ResumedTrainingTests.isListening() { try await Task.sleep(for: .milliseconds(5)) }
            let interrupter = Killer(at: moment) {
                kill(getpid(), SIGINT)
                while !Interruption.isRequested { usleep(1000) }
            }
            #expect(throws: InterruptedError.self) {
                try TinyTraining(folder: folder, checkpointSeconds: 1e9).train(interrupter)
            }
            let progress = try #require(try CheckpointFolder(path: "\(folder)/checkpoint").progress())
            #expect(progress.hasBegun && progress.step == steps)
        }
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            let undisturbed = try withTemporaryFolder { try TinyTraining(folder: $0, checkpointSeconds: 1e9).train() }
            #expect(try TinyTraining(folder: folder, checkpointSeconds: 1e9).train() == undisturbed)
        }
    }

    /// Whether the process has a handler for SIGINT; the event queue installs it a moment after it is asked to.
    static func isListening() throws -> Bool {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
        let caught = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
        return caught & (1 << UInt64(SIGINT - 1)) != 0
    }
}
